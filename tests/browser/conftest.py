"""A real Chromium and real servers, for what only a browser can show."""

import itertools
import os
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.chromium import CHROMIUM_FLAGS, system_chromium

ROOT = Path(__file__).parents[2]
OPTIONS = [
    *("--server.address", "127.0.0.1"),
    *("--server.headless", "true"),
    *("--server.fileWatcherType", "none"),
    *("--browser.gatherUsageStats", "false"),
]
# On a page below the root Streamlit asks for these at the wrong place once; nothing is missing.
KNOWN_404 = ("/_stcore/health", "/_stcore/host-config")
ANY_CERTIFICATE = ssl.create_default_context()
ANY_CERTIFICATE.check_hostname, ANY_CERTIFICATE.verify_mode = False, ssl.CERT_NONE
# Streamlit's remark where a number is typed and a button of another fragment pressed within one moment. It sends both
# in one message, and ours act in callbacks, which run whichever fragment the message names.
KNOWN_WARNING = "Multiple different fragmentIds detected in a single batch of widget updates"
THROUGHPUT_SECONDS = "90"  # of measuring the machine, torch's start included
PATIENCE_MS = 120_000  # the machine may be busy, and start torch meanwhile; what never comes fails all the same

# Playwright's words where a name that is the page's only one is seen twice.
SEEN_TWICE = "strict mode violation"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begins a test of the browser anew if it saw a widget and its successor in one frame, and for no other reason.

    Streamlit takes the old one out of the page a moment after it put the new one in, and Playwright, which waits for
    whatever is not yet there, gives up at once where there are two. What stands there twice for good fails three times.
    """
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.flaky(reruns=2, only_rerun=[SEEN_TWICE]))


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    """One Chromium for all tests; without one they are skipped, but on CI they fail."""
    try:
        from playwright.sync_api import Error, expect, sync_playwright
    except ImportError:
        _no_browser("playwright is not installed")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        try:
            system = system_chromium()
            browser = playwright.chromium.launch(executable_path=system, args=CHROMIUM_FLAGS)
        except Error as error:
            _no_browser(f"no Chromium: {error.message.splitlines()[0]}")
        yield browser
        browser.close()


def _no_browser(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def console() -> list[str]:
    """Warnings, errors and uncaught exceptions of every page of this test, without the known two 404s."""
    return []


@pytest.fixture(scope="session")
def visitors(chromium):
    """Everybody who has been here."""
    from tests.browser.visitors import Visitors

    return Visitors(chromium)


@pytest.fixture
def new_page(visitors, console: list[str]) -> Iterator[Callable]:
    """Call it for a new learner's page; options are Playwright's (viewport, color_scheme …), and ``once``."""

    listeners = {
        "console": lambda message: _note(console, message),
        "pageerror": lambda error: console.append(f"uncaught: {error}"),
    }
    pages = []

    def open_page(**options):
        pages.append(page := visitors.come(**options))
        page.set_default_timeout(PATIENCE_MS)
        for event, listener in listeners.items():
            page.on(event, listener)
        return page

    yield open_page
    for page, (event, listener) in itertools.product(pages, listeners.items()):
        page.remove_listener(event, listener)
    visitors.leave()


@pytest.fixture
def page(new_page: Callable):
    """A page 1400 px wide, light."""
    return new_page(color_scheme="light")


def _note(console: list[str], message) -> None:
    url = message.location.get("url", "")
    known = "404" in message.text and url.endswith(KNOWN_404) and url.count("/") > 4
    if message.type in ("warning", "error") and not known and KNOWN_WARNING not in message.text:
        console.append(f"{message.type}: {message.text} ({url})")


class Servers:
    """Streamlit servers: call it with a script for its URL; ``log(script)`` is what its server printed.

    With a ``base`` the pages are below that path, as behind a proxy; with a ``certificate``, its file and its key's,
    they come over https.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.running: dict[tuple, tuple[subprocess.Popen, str]] = {}

    def __call__(self, script: str | Path, base: str = "", certificate: tuple[Path, Path] | None = None) -> str:
        key = (Path(script).resolve(), base, certificate)
        if key not in self.running:
            self.running[key] = self._start(*key)
        return self.running[key][1]

    def log(self, script: str | Path) -> str:
        return self._log_file(Path(script).resolve()).read_text("utf-8")

    def close(self) -> None:
        for process, _ in self.running.values():
            process.terminate()
        for process, _ in self.running.values():
            try:
                process.wait(timeout=60)
            except subprocess.TimeoutExpired:  # how a server ends is not these tests' affair
                process.kill()

    def _start(self, script: Path, base: str, certificate: tuple[Path, Path] | None) -> tuple[subprocess.Popen, str]:
        port = _free_port()
        command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}", *OPTIONS]
        command += [f"--server.baseUrlPath={base}"] if base else []
        names = ("sslCertFile", "sslKeyFile")
        command += [f"--server.{name}={file}" for name, file in zip(names, certificate or (), strict=False)]
        with self._log_file(script).open("a") as log:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT), "CNN_EXPLORER_MAX_THROUGHPUT_SECONDS": THROUGHPUT_SECONDS},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        url = f"http{'s' if certificate else ''}://127.0.0.1:{port}{base and f'/{base}'}"
        _wait_for(f"{url}/_stcore/health", process)
        return process, url

    def _log_file(self, script: Path) -> Path:
        return self.folder / f"{script.stem}.log"


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """``serve(script)`` starts the script's server at its first call and returns the URL."""
    servers = Servers(tmp_path_factory.mktemp("servers"))
    yield servers
    servers.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(url: str, process: subprocess.Popen, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=10, context=ANY_CERTIFICATE):
                return
        except OSError:
            time.sleep(0.1)
    process.kill()
    raise RuntimeError(f"no answer from {url} within {seconds} s, exit code {process.poll()}")
