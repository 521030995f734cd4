"""The whole server, as a stranger finds it: another site's page, a script, somebody who is slow on purpose."""

import http.client
import platform
import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import streamlit
import streamlit as st

ROOT = Path(__file__).parents[2]
APP = ROOT / "app.py"
CONNECTION = {
    "upgrade": "websocket",
    "connection": "Upgrade",
    "sec-websocket-version": "13",
    "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
}
PAGES = ("", "convolution", "channels", "pooling", "network", "train", "inside", "compare", "task", "gpu", "help")
PAGES += ("lecturer", "class")


@pytest.fixture
def address(serve) -> tuple[str, int]:
    """Where the app's server listens."""
    url = urlsplit(serve(APP))
    return url.hostname, url.port


def ask(address: tuple[str, int], path: str, method: str = "GET", body: bytes = b"", **headers: str) -> tuple[int, str]:
    """The status and the text of one answer."""
    line = http.client.HTTPConnection(*address, timeout=60)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    line.request(method, path, body or None, named)
    answer = line.getresponse()
    text = "" if answer.status == 101 else answer.read().decode(errors="replace")
    line.close()
    return answer.status, text


def test_a_name_turned_to_this_machine_reaches_nothing(address: tuple[str, int]) -> None:
    """DNS rebinding: evil.example leads here, and its page asks as one of ours would."""
    evil = f"evil.example:{address[1]}"
    for path in ("/", "/train", "/_stcore/host-config", "/static/js/x.js", "/weights/simple/step-0", "/digits"):
        status, text = ask(address, path, host=evil)
        assert (403, True) == (status, "CNN_EXPLORER_HOSTS=evil.example" in text)
    script = next((Path(streamlit.__file__).parent / "static/static/js").glob("index.*.js")).name
    assert ask(address, f"/static/js/{script}", host=evil, accept_encoding="gzip")[0] == 403
    assert ask(address, "/_stcore/stream", **CONNECTION, host=evil, origin=f"http://{evil}")[0] == 403


def test_another_sites_page_gets_no_connection(address: tuple[str, int]) -> None:
    """Nor does what runs on another port; the app's own page does."""
    host, port = address
    for origin in ("http://evil.example", f"http://{host}:{port + 1}", "null"):
        assert ask(address, "/_stcore/stream", **CONNECTION, host=f"{host}:{port}", origin=origin)[0] == 403
    own = f"http://{host}:{port}"
    assert ask(address, "/_stcore/stream", **CONNECTION, host=f"{host}:{port}", origin=own)[0] == 101


def test_a_file_from_another_sites_page_is_not_taken(address: tuple[str, int]) -> None:
    """It lacks what only a page of the app can read, and say again (XSRF)."""
    for headers in ({}, {"cookie": "_streamlit_xsrf=2|1f|2a|1"}, {"x_xsrftoken": "2|1f|2a|1"}):
        status, text = ask(address, "/_stcore/upload_file/session/file", "PUT", b"x", **headers)
        assert (403, "XSRF token missing or invalid") == (status, text)


def test_the_servers_figures_are_not_public(address: tuple[str, int]) -> None:
    """However one asks for them."""
    for path in (
        "/_stcore/metrics",
        "/_stcore/metrics?families=active_sessions",
        "/_stcore/metrics/",
        "/_stcore/%6detrics",
    ):
        assert ask(address, path) == (404, "not found")


@pytest.mark.parametrize(
    "path",
    [
        "/../app.py",
        "/static/../../config.py",
        "/..%2f..%2fapp.py",
        "/weights/..%2f..%2fsimple/step-0",
        "/media/../app.py",
        "/component/x/../../app.py",
        "/_stcore/bidi-components/x/../../../app.py",
        "/%5c%5chost/share",
        "/components/..js",
    ],
)
def test_no_path_leads_out_of_what_is_served(address: tuple[str, int], path: str) -> None:
    """Neither to the app's own files nor to others."""
    status, text = ask(address, path)
    assert "import streamlit" not in text
    assert status in (400, 404) or "<title>Streamlit</title>" in text or "export" in text


def test_who_is_slow_keeps_nobody_waiting(address: tuple[str, int]) -> None:
    """A hundred requests that are never finished, and as many connections whose messages are never read."""
    with ExitStack() as held:
        for number in range(200):
            line = held.enter_context(socket.create_connection(address, timeout=60))
            request = "GET / HTTP/1.1\r\nHost: localhost\r\n"
            if number % 2:
                request = request.replace("/ ", "/_stcore/stream ", 1)
                request += "".join(f"{name}: {value}\r\n" for name, value in CONNECTION.items()) + "\r\n"
            line.sendall(request.encode())
        assert ask(address, "/_stcore/health") == (200, "ok")
        assert ask(address, "/train", accept="text/html")[0] == 200


@pytest.fixture
def told(page) -> Iterator[list[bytes]]:
    """Everything that the server sends on a page's connection."""
    heard: list[bytes] = []
    page.on("websocket", lambda line: line.on("framereceived", lambda text: heard.append(as_bytes(text))))
    return heard


def as_bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def test_no_page_says_where_and_on_what_the_server_runs(page, serve, told: list[bytes], console: list[str]) -> None:
    """All pages, with the browser's console silent: so they live with what the headers allow them, too."""
    for path in PAGES:
        page.goto(f"{serve(APP)}/{path}")
        page.locator(".st-key-page").wait_for(state="attached")
        page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
        page.wait_for_load_state("networkidle")
    everything = b"".join(told)
    assert len(told) > 10 * len(PAGES)
    for secret in (str(ROOT), str(Path.home()), st.__version__, platform.python_version(), socket.gethostname()):
        assert not re.search(rb"(?<![\w.])" + re.escape(secret.encode()) + rb"(?![\w.])", everything), secret
    assert [] == console
