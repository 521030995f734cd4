"""The app in the frame of a course page on another site, over https: known again, and uploads arrive."""

import io
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from distributed.security import Security
from PIL import Image

APP = Path(__file__).parents[2] / "app.py"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """One that its own authority has signed, and its key: the library that makes those of workers makes it."""
    made, folder = Security.temporary(), tmp_path_factory.mktemp("certificate")
    files = folder / "certificate.pem", folder / "key.pem"
    for file, text in zip(files, (made.tls_scheduler_cert, made.tls_scheduler_key), strict=True):
        file.write_text(text)
    return files


@pytest.fixture
def course(certificate: tuple[Path, Path], serve) -> Iterator[str]:
    """The address of a course page: localhost is another site than 127.0.0.1, where the app is."""
    frame = f"{serve(APP, certificate=certificate)}/convolution?embed=true&conv_input=upload"

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(f"<title>Course</title><iframe src='{frame}' width=1200 height=900></iframe>".encode())

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


def digit() -> bytes:
    """A picture of 8×8."""
    file = io.BytesIO()
    Image.new("L", (8, 8), 200).save(file, "png")
    return file.getvalue()


def test_in_a_course_pages_frame_a_learner_is_known_and_uploads(new_page, course: str, console: list[str]) -> None:
    """Browsers keep the cookies of the frame in a partition of that site: after a reload they are still there."""
    page = new_page(once=True, ignore_https_errors=True)
    for _ in range(2):
        page.goto(course)
        frame = page.frame_locator("iframe")
        frame.locator("input[type=file]").set_input_files(
            {"name": "digit.png", "mimeType": "image/png", "buffer": digit()}
        )
        frame.get_by_text("digit.png").wait_for()
        frame.locator(".cells canvas[width]").first.wait_for()
        assert frame.get_by_text("keeps no cookie").count() == 0
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    for name in ("cnn_explorer_learner", "_streamlit_xsrf"):
        assert (cookies[name]["sameSite"], cookies[name]["secure"]) == ("None", True)
        assert cookies[name]["partitionKey"] == "https://localhost"
    assert [] == console
