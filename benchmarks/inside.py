"""What the Inside page takes: from the pen's move, and from a click on a unit, to the frame that shows what follows.

    python benchmarks/inside.py [--repetitions 3] [--short]

Rows are 95th percentiles, against an empty page's moves in the same run. The largest network that trains has no page of
its own here: of it the forward pass alone is measured, on the page, with random weights. A message to the server ends
the benchmark. Needs requirements-dev.txt and a Chromium.
"""

import math
import re
from collections.abc import Iterator

import servers
from arguments import parser
from hover import EMPTY_PAGE, WATCH_MOVE
from playwright.sync_api import Page, WebSocket, expect
from table import HEAD, Row

from explorer.components.files import address
from explorer.components.forward import layer_messages
from explorer.core import limits
from explorer.core.network.layers import NetworkSpec, layer, numbered
from explorer.core.network.trainable import require_trainable

MOVES, CLICKS = 100, 20
UNITS = ("conv1", "pool1", "relu1", "conv2", "pool2", "fc")
# From the press to the end of the first frame after it, in which another unit is open.
WATCH_CLICK = WATCH_MOVE.replace('"pointermove"', '"click"')
FORWARD = """async ([address, layers, sizes, count]) => {
  const { forward } = (await import(new URL(address, document.baseURI))).default["forward/forward.js"];
  const numbers = (size) => Float32Array.from({ length: size }, () => Math.random() - 0.5);
  const tensors = Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, numbers(size)]));
  const image = numbers(28 * 28);
  return Array.from({ length: count }, () => {
    const began = performance.now();
    forward(layers, tensors, image);
    return performance.now() - began;
  });
}"""
# PyTorch's own example for MNIST: within limits.py by a hair.
LARGEST = numbered(
    [
        layer("conv", "Conv2d", in_channels=1, out_channels=32, kernel_size=3),
        layer("relu", "ReLU"),
        layer("conv", "Conv2d", in_channels=32, out_channels=64, kernel_size=3),
        layer("relu", "ReLU"),
        layer("pool", "MaxPool2d", kernel_size=2),
        layer("flatten", "Flatten"),
        layer("fc", "Linear", in_features=9216, out_features=128),
        layer("relu", "ReLU"),
        layer("fc", "Linear", in_features=128, out_features=10),
    ]
)


def pen(page: Page, moves: int) -> list[float]:
    """Milliseconds of each of the pen's moves, on a page that reads what it draws."""
    page.get_by_role("button", name="Clear", exact=True).click()
    box = page.get_by_role("img", name="Drawing pad").bounding_box()
    turns = (turn / 16 for turn in range(moves + 1))
    x, y, side = box["x"], box["y"], box["width"]
    places = [(x + side * (0.5 + 0.3 * math.cos(turn)), y + side * (0.5 + 0.3 * math.sin(turn))) for turn in turns]
    page.mouse.move(*places[0])
    page.mouse.down()
    canvas = page.get_by_role("img", name=re.compile("28×28"))
    taken = []
    for place in places[1:]:
        canvas.evaluate(WATCH_MOVE.replace("element.textContent", "element.toDataURL()"))
        page.mouse.move(*place)
        taken.append(page.evaluate("painted"))
    page.mouse.up()
    return taken


def opened(page: Page, name: str, clicks: int) -> list[float]:
    """Milliseconds from a click on a unit of that layer to its picture: one map after the other, another place each."""
    sheet = page.get_by_role("grid", name=name, exact=True)
    channels, *map_size = map(int, sheet.locator("xpath=preceding-sibling::small").inner_text().split("×"))
    maps = min(channels, math.ceil(math.sqrt(2 * channels)) if map_size else channels)  # below one another
    box = sheet.bounding_box()
    title = page.get_by_role("heading", name=re.compile(" = "))
    taken = []
    for number in range(clicks):
        within = 0.2 + 0.6 * number / clicks if map_size else 0.5
        title.evaluate(WATCH_CLICK)
        sheet.click(position={"x": box["width"] * 0.2, "y": (number % maps + within) * box["height"] / maps})
        taken.append(page.evaluate("painted"))
    return taken


def largest(page: Page, times: int) -> list[float]:
    """Milliseconds of the forward pass of the largest network that trains."""
    ledger = require_trainable(NetworkSpec(LARGEST))
    assert ledger.mult_adds // ledger.batch > 0.9 * limits.MAX_MULT_ADDS
    sizes = {}
    for row in ledger.rows:
        if row.num_params:
            bias = row.output[1]
            sizes |= {f"{row.spec.name}.weight": row.num_params - bias, f"{row.spec.name}.bias": bias}
    return page.evaluate(FORWARD, [address(), layer_messages(ledger.rows), sizes, times])


def _listen(socket: WebSocket, said: list[object]) -> None:
    socket.on("framesent", lambda frame: said.append(frame))


def rows(bench: servers.Bench) -> Iterator[Row]:
    """All of them, the pen's first."""
    empty: list[float] = []
    drawn: dict[str, list[float]] = {"simple": [], "exercise": []}
    units: dict[str, list[float]] = {name: [] for name in UNITS}
    first: list[float] = []
    passes: list[float] = []
    with servers.serve(bench.app) as server:
        with servers.tab(bench.browser) as page:
            servers.open_page(page, server)
        for _ in range(bench.repetitions):
            with servers.tab(bench.browser) as page:
                page.set_content(EMPTY_PAGE)
                for number in range(bench.times(MOVES)):
                    page.locator("p").evaluate(WATCH_MOVE)
                    page.mouse.move(10 + number, 10)
                    empty.append(page.evaluate("painted"))
            for network, taken in drawn.items():
                with servers.tab(bench.browser) as page:
                    said: list[object] = []
                    page.on("websocket", lambda socket, said=said: _listen(socket, said))
                    page.goto(f"{server.url}/inside?inside_network={network}")
                    expect(page.get_by_role("status", name="Answer")).to_have_text(re.compile("^Read as"))
                    expect(page.get_by_test_id("stCode")).to_be_visible()  # the page has told what its code prints
                    server.wait_for_rest()
                    if not said:
                        raise RuntimeError("the page's messages were not seen: it has to send one to be drawn")
                    said.clear()
                    taken += pen(page, bench.times(MOVES))
                    if network == "simple":
                        for name, clicks in units.items():
                            milliseconds = opened(page, name, bench.times(CLICKS))
                            first += milliseconds[:1]
                            clicks += milliseconds[1:]
                        passes += largest(page, bench.times(CLICKS))
                    if said:
                        raise RuntimeError(f"{len(said)} messages to the server")
    baseline = ("an empty page", empty)
    yield Row("pen moves → painted, simple CNN", "ms", drawn["simple"], *baseline, "≤ 33 ms", 95)
    yield Row("pen moves → painted, exercise", "ms", drawn["exercise"], *baseline, "≤ 33 ms", 95)
    for name, clicks in units.items():
        yield Row(f"click → unit of {name} painted", "ms", clicks, *baseline, "≤ 33 ms", 95)
    yield Row("click → unit of another layer than before painted", "ms", first, *baseline, "≤ 33 ms", 95)
    yield Row("forward pass of 12.0 million mult-adds", "ms", passes, *baseline, "≤ 150 ms", 95)


def main() -> None:
    """Parse, measure, print."""
    options = parser(__doc__)
    options.add_argument("--repetitions", type=int, default=3)
    chosen = options.parse_args()
    with servers.bench(None, chosen.repetitions, short=chosen.short) as bench:
        print(HEAD)
        for row in rows(bench):
            print(row, flush=True)


if __name__ == "__main__":
    main()
