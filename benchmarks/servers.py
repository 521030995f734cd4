"""What the app is measured with: Streamlit servers, the smallest app there is, and a Chromium to look at them.

Nothing here knows a number that is reported.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Error, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.browser.chromium import CHROMIUM_FLAGS, system_chromium

ROOT = Path(__file__).resolve().parents[1]
SMALLEST_APP = 'import streamlit as st\n\nst.write(st.slider("Stride", 1, 5))\n'
MNIST_SIZE = "60000"
FEW = 3  # times that a trial does what a measurement does often
LONGEST_MS = 600_000  # that anything on a page may take
START_SECONDS = 60.0  # a server that has not answered by then is broken
REST_SHARE = 0.1  # of a core: less than that, and a server with its workers is at rest

# CSS, which Playwright also follows into a component's shadow root: what the two Stride sliders change. The output's
# picture has a width as soon as it is painted; the grid over it, for keyboards, has its text later, and is not seen.
OUTPUT = '.cells:has([aria-label="Output"]) > canvas[width]:first-child'
WRITTEN = '[data-testid="stMarkdown"]'
ENDED = re.compile("^(Finished|Stopped)")  # the progress line of a run that is over

# From the key, or the click, to the frame that shows another text, or a canvas of another width: the output's size
# follows the stride. A text may be waited for: what a pattern describes.
# A task posted in a frame runs when that frame is painted.
# The element is asked for anew at each change: a slow rerun replaces it.
WATCH = """(element, [event, selector, pattern]) => {
  const root = element.getRootNode();
  const shown = () => {
    const found = root.querySelector(selector);
    return found?.width ?? found?.textContent;
  };
  const wanted = new RegExp(pattern);
  window.painted = new Promise((resolve, reject) => {
    window.addEventListener(event, () => {
      setTimeout(() => reject(new Error("nothing changed within 30 s")), 30000);
      const [began, before] = [performance.now(), shown()];
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve(performance.now() - began);
      new MutationObserver((_, observer) => {
        if ([before, undefined].includes(shown()) || !wanted.test(shown())) return;
        observer.disconnect();
        requestAnimationFrame(() => channel.port2.postMessage(0));
      }).observe(root, { childList: true, characterData: true, subtree: true, attributeFilter: ["width"] });
    }, { capture: true, once: true });
  });
}"""


@dataclass(frozen=True)
class Server:
    """A Streamlit server: its address, and its process without the workers it may start."""

    url: str
    process: psutil.Process

    def megabytes(self) -> float:
        """Resident memory of the process itself."""
        return self.process.memory_info().rss / 1e6

    def whole_megabytes(self) -> float:
        """Resident memory of the process and all that it started; what they share counts once where Linux tells."""
        members = (self.process, *self.process.children(recursive=True))
        found = (member.memory_full_info() for member in members if member.is_running())
        return sum(getattr(memory, "pss", memory.rss) for memory in found) / 1e6

    def wait_for_rest(self) -> None:
        """Returns when the server and its workers, who begin by importing torch, do nothing any more."""
        used = self._processor_seconds()
        while True:
            time.sleep(1)
            before, used = used, self._processor_seconds()
            if used - before < REST_SHARE:
                return

    def _processor_seconds(self) -> float:
        children = (child for child in self.process.children(recursive=True) if child.is_running())
        return sum(sum(member.cpu_times()[:2]) for member in (self.process, *children))

    def holds_torch(self) -> str:
        """ "yes" or "no": whether a library of torch is mapped; "not checked" where the system does not tell."""
        maps = Path(f"/proc/{self.process.pid}/maps")
        if not maps.exists():
            return "not checked"
        return "yes" if "torch" in maps.read_text("utf-8") else "no"


@contextmanager
def serve(script: Path) -> Iterator[Server]:
    """``streamlit run script``, as its reader would start it; gone afterwards, with all processes it started."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script.name, "--server.headless=true"]
    command += [f"--server.port={port}", "--server.address=127.0.0.1", "--browser.gatherUsageStats=false"]
    process = psutil.Popen(command, cwd=script.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield Server(f"http://127.0.0.1:{port}", process)
    finally:
        _end(process)


def _end(process: psutil.Popen) -> None:
    family = [process, *(process.children(recursive=True) if process.is_running() else [])]
    process.terminate()
    _, left = psutil.wait_procs(family, timeout=10)
    for late in left:
        late.kill()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, else Playwright's own."""
    with sync_playwright() as playwright:
        system = system_chromium()
        browser = playwright.chromium.launch(executable_path=system, args=CHROMIUM_FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def tab(browser: Browser) -> Iterator[Page]:
    """An empty tab of a visitor who has nothing cached."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, locale="en-US")
    try:
        context.set_default_timeout(LONGEST_MS)
        yield context.new_page()
    finally:
        context.close()


def open_page(page: Page, server: Server, path: str = "") -> None:
    """Asks for the address again and again until the server answers."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            page.goto(server.url + path, wait_until="commit")
            return
        except Error:
            if time.monotonic() > deadline or not server.process.is_running():
                raise
            page.wait_for_timeout(10)


def press_until_painted(page: Page, key: str, changing: str) -> float:
    """Milliseconds from ``key`` on the focused widget to the frame in which ``changing`` shows something else."""
    page.locator(changing).evaluate(WATCH, ["keydown", changing, ""])
    page.keyboard.press(key)
    return page.evaluate("window.painted")


def click_until_painted(page: Page, button: str, changing: str, pattern: str) -> float:
    """Milliseconds from the click on ``button`` to the frame in which ``changing`` shows what ``pattern`` describes.

    They begin when the browser has the click: the driver's own way to the button (30 to 150 ms) is no learner's.
    """
    page.locator(changing).evaluate(WATCH, ["click", changing, pattern])
    page.get_by_role("button", name=button, exact=True).click()
    return page.evaluate("window.painted")


@dataclass(frozen=True)
class Bench:
    """Where and how often to measure: ``data`` is "mnist" or "offline", ``folder`` is thrown away afterwards.

    ``short``: only to see that it runs.
    """

    browser: Browser
    folder: Path
    data: str
    repetitions: int
    short: bool = False
    app: Path = ROOT / "app.py"

    def times(self, count: int) -> int:
        """How often to do what is done ``count`` times in one repetition: a few times where it is only a trial."""
        return min(count, FEW) if self.short else count

    @property
    def smallest(self) -> Path:
        """The baseline's script."""
        return self.folder / "smallest.py"


@contextmanager
def bench(data: Path | None, repetitions: int = 1, *, short: bool = False) -> Iterator[Bench]:
    """A Chromium, and a folder for all that the servers to come keep; for one repetition where it is ``short``.

    ``data`` holds MNIST's files; without it they train on as many offline digits.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, chromium() as browser:
        os.environ |= {"XDG_CACHE_HOME": name, "WIN_PD_OVERRIDE_LOCAL_APPDATA": name}
        os.environ |= {"CNN_EXPLORER_CHECKPOINTS": f"{name}/checkpoints"}
        os.environ |= {"CNN_EXPLORER_OFFLINE_DIGITS": MNIST_SIZE}
        os.environ |= {"CNN_EXPLORER_DATA": str(data.resolve())} if data else {}
        yield Bench(browser, Path(name), "mnist" if data else "offline", 1 if short else repetitions, short)


@contextmanager
def looking_at(bench: Bench, server: Server, path: str, shown: str) -> Iterator[Page]:
    """A tab at ``path`` in which ``shown`` is visible, and a server that has come to rest."""
    with tab(bench.browser) as page:
        open_page(page, server, path)
        page.locator(shown).wait_for()
        server.wait_for_rest()
        yield page


@contextmanager
def training_page(bench: Bench, server: Server, epochs: int, **settings: float) -> Iterator[Page]:
    """The open Train page, on which a run of ``epochs`` of the lecture's recipe, but for ``settings``, is training."""
    settings = {"data": bench.data, "recipe": "lecture", "epochs": epochs, **settings}
    path = "/train?" + "&".join(f"train_{name}={value}" for name, value in settings.items())
    with looking_at(bench, server, path, "h4 >> text=The same without the app") as page:
        page.get_by_role("button", name="Start").click()
        page.get_by_text(re.compile(r"(Training|Finished) · ")).wait_for()
        yield page
