"""What changing a layer costs on the Network page. Used by app.py, which says against what."""

from collections.abc import Iterator
from contextlib import ExitStack

import servers
from playwright.sync_api import Page
from table import Row

PRESSES = 20
SIZES = ("4", "2")  # of the kernel, typed in turns
BETWEEN_MS = 250  # a press meets a page at rest
CHOSEN = "tbody.chosen code:not([hidden])"  # the layer's line in the ledger, which names its kernel size
THIRTY = "1_3x224x224_c3-8-3p1" + "_c8-8-3p1_b8_r" * 9 + "_m4_f"
LINKS = {
    "the simple CNN": "/network?network_at=3_4_4",
    "30 layers at 224×224": f"/network?network_stack={THIRTY}&network_at=1_4_4",
}


def editing(bench: servers.Bench) -> Iterator[Row]:
    """From Enter in the Kernel size field to the painted ledger; the smallest app's slider in turns with it."""
    found = {name: [] for name in ("the smallest app", *LINKS)}
    with ExitStack() as stack:
        smallest, app = (stack.enter_context(servers.serve(script)) for script in (bench.smallest, bench.app))
        pages = {"the smallest app": stack.enter_context(servers.looking_at(bench, smallest, "", servers.WRITTEN))}
        for name, link in LINKS.items():
            pages[name] = stack.enter_context(servers.looking_at(bench, app, link, CHOSEN))
        for number in range(bench.repetitions * bench.times(PRESSES) + 2):
            for name, page in pages.items():
                milliseconds = _press(page, name in LINKS, number)
                if number >= 2:  # the first two only warm up
                    found[name].append(milliseconds)
    base = found.pop("the smallest app")
    for name, milliseconds in found.items():
        yield Row(f"a layer changed → painted, {name}", "ms", milliseconds, "the smallest app", base, "≤ 1.5 ×")


def _press(page: Page, layer: bool, number: int) -> float:
    field = page.get_by_label("Kernel size") if layer else page.get_by_role("slider", name="Stride")
    field.focus()
    page.wait_for_timeout(BETWEEN_MS)
    if layer:
        field.fill(SIZES[number % 2])
        return servers.press_until_painted(page, "Enter", CHOSEN)
    return servers.press_until_painted(page, ("ArrowRight", "ArrowLeft")[number % 2], servers.WRITTEN)
