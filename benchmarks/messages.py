"""What the server sends a page that is open: for one move of a slider, and in a second of a run that trains.

    python benchmarks/messages.py [--data FOLDER] [--repetitions 3] [--short]

Bytes of the websocket's frames, which hardly depend on what else the machine does. The baseline is the same messages
with their components' scripts and styles in them, as Streamlit sends them where a component is given its files as
text. FOLDER holds MNIST's files; without it the app trains on as many offline digits. Needs requirements-dev.txt and a
Chromium.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import chain

import servers
from arguments import parser
from playwright.sync_api import Page
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from table import HEAD, Row

sys.path.insert(0, str(servers.ROOT))

PRESSES = 2  # a visitor: the stride of 5×5 numbers has three values
SETTLED_MS = 1500  # after a press: by then its last message has come
WATCHED_MS = 15_000  # of a run
FILES = servers.ROOT / "explorer" / "components"
FOLDERS = {"cell_inspector": "inspector"}  # of the components whose folder has another name
LINKS = {"5×5": "/convolution", "28×28 digit": "/convolution?conv_input=digit&conv_height=28&conv_width=28"}


class Received:
    """Frames that a page's websocket has got since the last ``take``."""

    def __init__(self, page: Page) -> None:
        self._frames: list[bytes] = []
        page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: self._frames.append(frame)))

    def take(self) -> tuple[float, float]:
        """Their kB, and what they would be with the scripts and styles of the components in them."""
        frames, self._frames[:] = list(self._frames), []
        sent = sum(len(frame) for frame in frames)
        return sent / 1e3, (sent + sum(_code(frame) for frame in frames)) / 1e3


def _code(frame: bytes) -> int:
    """Bytes of scripts and styles of the component that a frame draws."""
    name = ForwardMsg.FromString(frame).delta.new_element.bidi_component.component_name
    folder = FILES / FOLDERS.get(name, name)
    if not name or not folder.is_dir():
        return 0
    files = [*folder.glob("*.js"), *folder.glob(f"{folder.name}.css")]
    return sum(file.stat().st_size for file in files)


def slider(bench: servers.Bench, server: servers.Server) -> Iterator[Row]:
    """Presses of an arrow key on the Stride slider, to settings that this visitor has not seen: what a page has had
    before, Streamlit only names."""
    for name, link in LINKS.items():
        found = []
        for _ in range(bench.repetitions):
            with servers.tab(bench.browser) as page:
                received = Received(page)
                servers.open_page(page, server, link)
                page.locator(servers.OUTPUT).wait_for()
                server.wait_for_rest()
                received.take()
                page.get_by_role("slider", name="Stride").focus()
                for _ in range(PRESSES):
                    servers.press_until_painted(page, "ArrowRight", servers.OUTPUT)
                    page.wait_for_timeout(SETTLED_MS)
                    found.append(received.take())
        sent, with_code = zip(*found, strict=True)
        bar = "≤ 10 kB" if name == "5×5" else ""
        yield Row(f"a slider's move, {name}", "kB", list(sent), "with scripts and styles", list(with_code), bar)


def live_page(bench: servers.Bench, server: servers.Server) -> Iterator[Row]:
    """The open Train page while a run of the lecture's recipe trains."""
    found = []
    for _ in range(bench.repetitions):
        with servers.tab(bench.browser) as page:
            received = Received(page)
            servers.open_page(page, server, f"/train?train_data={bench.data}&train_recipe=lecture&train_epochs=50")
            page.locator("h4 >> text=The same without the app").wait_for()
            page.get_by_role("button", name="Start").click()
            page.get_by_text(re.compile("Training · ")).wait_for()
            page.wait_for_timeout(SETTLED_MS)
            received.take()
            milliseconds = WATCHED_MS // 5 if bench.short else WATCHED_MS
            page.wait_for_timeout(milliseconds)
            found.append([kilobytes * 1000 / milliseconds for kilobytes in received.take()])
            page.get_by_role("button", name="Stop", exact=True).click()
            page.get_by_text(servers.ENDED).wait_for()
    sent, with_code = zip(*found, strict=True)
    what = "a second of the live Train page"
    yield Row(what, "kB", list(sent), "with scripts and styles", list(with_code), "≤ 0.5 ×")


def main() -> None:
    """Parse, measure, print each row as soon as it is known."""
    options = parser(__doc__)
    options.add_argument("--repetitions", type=int, default=3)
    chosen = options.parse_args()
    with ExitStack() as stack:
        bench = stack.enter_context(servers.bench(chosen.data, chosen.repetitions, short=chosen.short))
        server = stack.enter_context(servers.serve(bench.app))
        print(HEAD, flush=True)
        for row in chain(slider(bench, server), live_page(bench, server)):
            print(row, flush=True)


if __name__ == "__main__":
    main()
