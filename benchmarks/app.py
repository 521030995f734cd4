"""What the app costs its learner, against the smallest Streamlit app there is (one slider, one st.write).

    python benchmarks/app.py [--data FOLDER] [--repetitions 3] [--only slider] [--short]

Every row is a median, or the percentile it names, with the lowest … highest, and its ratio to a baseline measured in
the same run, in turns. FOLDER holds MNIST's files; without it the app trains on as many offline digits. Linux, macOS,
Windows; needs requirements-dev.txt and a Chromium. Measure on a machine that does nothing else, for all share it.
"""

import os
import platform
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from importlib.metadata import version

import servers
from arguments import parser
from editing import editing
from hover import hover
from playwright.sync_api import Page
from steering import clicks, steering
from table import HEAD, Row

PRESSES = 20  # of a key, in one repetition
BETWEEN_MS = 250  # a press meets a page at rest
EPOCHS = 3  # of a run after which the memory is measured
LONG_RUN = 50  # epochs that last longer than they are watched
DIGIT_LINK = "/convolution?conv_input=digit&conv_height=28&conv_width=28"


def slider(bench: servers.Bench) -> Iterator[Row]:
    """From a key on the Stride slider to the painted result: at rest, and while a run trains in another tab."""
    with ExitStack() as stack:
        smallest, app = (stack.enter_context(servers.serve(script)) for script in (bench.smallest, bench.app))
        shown = {"the smallest app": servers.WRITTEN, "5×5": servers.OUTPUT, "28×28 digit": servers.OUTPUT}
        places = zip(shown, (smallest, app, app), ("", "/convolution", DIGIT_LINK), strict=True)
        pages = {
            name: stack.enter_context(servers.looking_at(bench, server, path, shown[name]))
            for name, server, path in places
        }
        idle, busy = ({name: [] for name in pages} for _ in range(2))
        for _ in range(bench.repetitions):
            _press(pages, shown, idle, bench.times(PRESSES))
            with servers.training_page(bench, app, LONG_RUN) as train:
                _press(pages, shown, busy, bench.times(PRESSES))
                if not train.get_by_text(re.compile("Training · ")).is_visible():
                    raise SystemExit(f"{LONG_RUN} epochs ended before the slider was measured.")
                train.get_by_role("button", name="Stop", exact=True).click()
                train.get_by_text(servers.ENDED).wait_for()
    base = idle.pop("the smallest app")
    for name, found in idle.items():
        yield Row(f"slider → painted, {name}", "ms", found, "the smallest app", base, "≤ 1.25 ×")
    for name, found in busy.items():
        bar = "" if name == "the smallest app" else "≤ 2 ×"
        yield Row(f"slider → painted while a run trains, {name}", "ms", found, "the smallest app at rest", base, bar)


def _press(pages: dict[str, Page], shown: dict[str, str], found: dict[str, list[float]], presses: int) -> None:
    """There and back, the pages in turns; the first two presses only warm up."""
    for number in range(presses + 2):
        for name, page in pages.items():
            page.get_by_role("slider", name="Stride").focus()
            page.wait_for_timeout(BETWEEN_MS)
            milliseconds = servers.press_until_painted(page, ("ArrowRight", "ArrowLeft")[number % 2], shown[name])
            if number >= 2:
                found[name].append(milliseconds)


def first_page(bench: servers.Bench) -> Iterator[Row]:
    """From ``streamlit run`` to the visible result, in a Chromium that is already there."""
    found = {bench.smallest: [], bench.app: []}
    for _ in range(bench.repetitions + 1):
        for script, seconds in found.items():
            with servers.tab(bench.browser) as page:
                began = time.perf_counter()
                with servers.serve(script) as server:
                    path, drawn = ("/convolution", servers.OUTPUT) if script == bench.app else ("", servers.WRITTEN)
                    servers.open_page(page, server, path)
                    page.locator(drawn).wait_for()
                    seconds.append(time.perf_counter() - began)
    base, app = (seconds[1:] for seconds in found.values())  # the first start fetches files from the disk
    yield Row("start → first page interactive", "s", app, "the smallest app", base, "≤ 2 s")


def memory(bench: servers.Bench) -> Iterator[Row]:
    """Resident memory of the server's own process, and whether torch is in it; and of all that a demo runs."""
    base, first, after, whole, torch = [], [], [], [], ""
    for _ in range(bench.repetitions):
        with servers.serve(bench.smallest) as server, servers.looking_at(bench, server, "", servers.WRITTEN):
            base.append(server.megabytes())
        with servers.serve(bench.app) as server, servers.looking_at(bench, server, "/convolution", servers.OUTPUT):
            first.append(server.megabytes())
            with servers.training_page(bench, server, EPOCHS) as train:
                train.get_by_text(servers.ENDED).wait_for()
                after.append(server.megabytes())
                whole.append(server.whole_megabytes())
            torch = server.holds_torch()
    bar = "≤ 150 MB, no torch"
    yield Row("the app's process after the first page", "MB", first, "the smallest app", base, bar)
    what = f"the app's process after a run, Train page open (torch in it: {torch})"
    yield Row(what, "MB", after, "the smallest app", base, bar)
    yield Row("the whole demo then: server, a worker, its data", "MB", whole, "the smallest app", base, "≤ 1000 MB")


ROWS = {row.__name__.replace("_", "-"): row for row in (slider, editing, hover, first_page, memory, steering, clicks)}


def main() -> None:
    """Parse, measure, print each row as soon as it is known."""
    options = parser(__doc__)
    options.add_argument("--repetitions", type=int, default=3)
    options.add_argument("--only", choices=ROWS, action="append")
    chosen = options.parse_args()
    with servers.bench(chosen.data, chosen.repetitions, short=chosen.short) as bench:
        bench.smallest.write_text(servers.SMALLEST_APP, "utf-8")
        python, chromium = platform.python_version(), bench.browser.version
        print(f"Python {python}, Streamlit {version('streamlit')}, Chromium {chromium}, {os.cpu_count()} cores, "
              f"{bench.data} digits, {bench.repetitions} repetitions\n")  # fmt: skip
        print(HEAD, flush=True)
        for row in chosen.only or ROWS:
            for line in ROWS[row](bench):
                print(line, flush=True)


if __name__ == "__main__":
    main()
