"""The row "hover" of app.py: from a move of the pointer to the frame in which its cell's highlight is painted."""

import random
from collections.abc import Iterator
from contextlib import contextmanager

import servers
from playwright.sync_api import Page
from table import Row

MOVES = 100  # over each picture, in one repetition
INPUTS = {5: "example", 12: "random", 28: "digit", 64: "digit"}  # rows and columns of the input -> where it is from
KERNEL = 3  # rows and columns; with the padding of 1 the output is as large as the input
STRIP = ".strip"  # the words under the pictures: written by the function that paints the highlight, right after it
QUIET_MS = 1000  # within which a message that a move has caused would be sent
EMPTY_PAGE = """<p style="width: 300px; height: 300px"></p><script>
  addEventListener("pointermove", (move) => (document.querySelector("p").textContent = `${move.x}, ${move.y}`));
</script>"""

# From the move to the end of the first frame after it, which has to show another text. The listener is the first that
# the move meets; a task posted in a frame runs when that frame is painted.
WATCH_MOVE = """(element) => {
  window.painted = new Promise((resolve, reject) => {
    const before = element.textContent;
    window.addEventListener("pointermove", () => {
      const began = performance.now();
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        const took = performance.now() - began;
        if (element.textContent === before) reject(new Error("the first frame after the move shows nothing new"));
        resolve(took);
      };
      requestAnimationFrame(() => channel.port2.postMessage(0));
    }, { capture: true, once: true });
  });
}"""


def hover(bench: servers.Bench) -> Iterator[Row]:
    """From the pointer's move to its painted highlight, over the slowest of input, kernel and output.

    Chromium hands a move over right before a frame: what is timed is the main thread's whole work, the listeners and
    that frame's layout and painting, without the wait for the screen (0 … 16.7 ms), which is the same on every page.
    A highlight that misses the first frame, or a message to the server, ends the benchmark.
    """
    empty, found = [], {side: {"Input": [], "Kernel": [], "Output": []} for side in INPUTS}
    with servers.serve(bench.app) as server:
        for _ in range(bench.repetitions):
            with servers.tab(bench.browser) as page:
                page.set_content(EMPTY_PAGE)
                empty += _moves(page, "p", 5, "p", bench.times(MOVES))
            for side, pictures in found.items():
                with _page(bench, server, side) as page:
                    for name, milliseconds in pictures.items():
                        cells = f'[role="grid"][aria-label="{name}"]'  # unpainted, and exactly over the painted ones
                        milliseconds += _moves(
                            page, cells, KERNEL if name == "Kernel" else side, STRIP, bench.times(MOVES)
                        )
    for side, pictures in found.items():
        bar = "≤ 33.3 ms" if side == 64 else "≤ 16.7 ms"
        rows = [
            Row(f"pointer → painted, {side}×{side}, {name}", "ms", milliseconds, "an empty page", empty, bar, 95)
            for name, milliseconds in pictures.items()
        ]
        yield max(rows, key=lambda row: row.value)


@contextmanager
def _page(bench: servers.Bench, server: servers.Server, side: int) -> Iterator[Page]:
    """The Convolution page at rest, which ends the benchmark if it sends a message from now on."""
    sent = []
    with servers.tab(bench.browser) as page:
        page.on("websocket", lambda socket: socket.on("framesent", lambda text: sent.append(text)))
        servers.open_page(page, server, f"/convolution?conv_input={INPUTS[side]}&conv_height={side}&conv_width={side}")
        page.locator(servers.OUTPUT).wait_for()
        server.wait_for_rest()
        if not sent:
            raise SystemExit("The page's messages were not seen: it has to send one to be drawn.")
        sent.clear()
        yield page
        page.wait_for_timeout(QUIET_MS)
        if sent:
            raise SystemExit(f"The pointer over {side}×{side} cells sent {len(sent)} messages to the server.")


def _moves(page: Page, over: str, side: int, watched: str, count: int) -> list[float]:
    """Milliseconds of ``count`` moves, each to the middle of another of ``side`` × ``side`` cells."""
    box, words = page.locator(over).bounding_box(), page.locator(watched)
    chance, milliseconds, last = random.Random(side), [], None
    while len(milliseconds) < count:
        row, column = chance.randrange(side), chance.randrange(side)
        if (row, column) == last:
            continue
        last = row, column
        words.evaluate(WATCH_MOVE)
        page.mouse.move(box["x"] + (column + 0.5) * box["width"] / side, box["y"] + (row + 0.5) * box["height"] / side)
        milliseconds.append(page.evaluate("window.painted"))
    return milliseconds
