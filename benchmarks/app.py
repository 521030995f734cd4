"""What the app costs its learner, against the smallest Streamlit app there is (one slider, one st.write).

    python benchmarks/app.py [--data FOLDER] [--repetitions 3] [--only slider]

Every row is a median with the lowest … highest, and its ratio to a baseline measured in the same run, in turns.
FOLDER holds MNIST's files; without it the app trains on as many offline digits. Linux, macOS, Windows; needs
requirements-dev.txt and a Chromium. Measure on a machine that does nothing else: server, browser and worker share it.
"""

import argparse
import json
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Locator, Page
from servers import ROOT, SMALLEST_APP, Server, chromium, open_page, output, press_until_painted, serve, tab, written

sys.path.insert(0, str(ROOT))
from explorer.core.run_folder import read_run
from explorer.core.train_config import TrainConfig
from explorer.runs import cluster
from explorer.runs.run import Run
from explorer.runs.runs import Runs

PRESSES = 20  # of a key, or of pause and resume, in one repetition
BETWEEN_MS = 250  # a press meets a page at rest
EPOCHS = 3  # of a watched run; the first one is left out of its speed
LONG_RUN = 50  # epochs that last longer than they are watched
LONGEST_MS = 60_000  # that anything on a page may take
MNIST_SIZE = "60000"
DIGIT_LINK = "/?conv_input=digit&conv_height=28&conv_width=28"
DIGITS = {"s": ".2f", "ms": ".0f", "MB": ".0f", "images/s": ",.0f"}


@dataclass(frozen=True)
class Row:
    """A line of the table: the values in ``unit``, and those of the baseline it is compared with."""

    what: str
    unit: str
    values: list[float]
    baseline: str
    baseline_values: list[float]
    bar: str

    def __str__(self) -> str:
        form = DIGITS[self.unit]
        middle, base = median(self.values), median(self.baseline_values)
        spread = f"{min(self.values):{form}} … {max(self.values):{form}}"
        ratio = f"{middle / base:.2f} × {self.baseline} ({base:{form}})"
        return f"| {self.what} | {middle:{form}} {self.unit} | {spread} | {ratio} | {self.bar} |"


@dataclass(frozen=True)
class Bench:
    """Where and how often to measure: ``data`` is "mnist" or "offline", ``folder`` is thrown away afterwards."""

    browser: Browser
    folder: Path
    data: str
    repetitions: int
    app: Path = ROOT / "app.py"

    @property
    def smallest(self) -> Path:
        """The baseline's script."""
        return self.folder / "smallest.py"


@contextmanager
def looking_at(bench: Bench, server: Server, path: str, find: Callable[[Page], Locator]) -> Iterator[Page]:
    """A tab at ``path`` in which what ``find`` finds is visible, and a server that has come to rest."""
    with tab(bench.browser) as page:
        page.set_default_timeout(LONGEST_MS)
        open_page(page, server, path)
        find(page).wait_for()
        server.wait_for_rest()
        yield page


@contextmanager
def training_page(bench: Bench, server: Server, epochs: int) -> Iterator[Page]:
    """The open Train page, on which a run of ``epochs`` has begun to train."""
    path = f"/train?train_data={bench.data}&train_epochs={epochs}"
    with looking_at(bench, server, path, lambda page: page.get_by_role("heading", name="without the app")) as page:
        page.get_by_role("button", name="Start").click()
        page.get_by_text(re.compile(r"(Training|Finished) · ")).wait_for()
        yield page


def slider(bench: Bench) -> Iterator[Row]:
    """From a key on the Stride slider to the painted result: at rest, and while a run trains in another tab."""
    with ExitStack() as stack:
        smallest, app = (stack.enter_context(serve(script)) for script in (bench.smallest, bench.app))
        finds = {"the smallest app": written, "5×5": output, "28×28 digit": output}
        places = zip(finds, (smallest, app, app), ("", "", DIGIT_LINK), strict=True)
        pages = {
            name: stack.enter_context(looking_at(bench, server, path, finds[name])) for name, server, path in places
        }
        idle, busy = ({name: [] for name in pages} for _ in range(2))
        for _ in range(bench.repetitions):
            _press(pages, finds, idle)
            with training_page(bench, app, LONG_RUN) as train:
                _press(pages, finds, busy)
                if not train.get_by_text(re.compile("Training · ")).is_visible():
                    raise SystemExit(f"{LONG_RUN} epochs ended before the slider was measured.")
                train.get_by_role("button", name="Stop").click()
                train.get_by_text(re.compile("^Kept in ")).wait_for()
    base = idle.pop("the smallest app")
    for name, found in idle.items():
        yield Row(f"slider → painted, {name}", "ms", found, "the smallest app", base, "≤ 1.5 ×")
    for name, found in busy.items():
        bar = "" if name == "the smallest app" else "≤ 2 ×"
        yield Row(f"slider → painted while a run trains, {name}", "ms", found, "the smallest app at rest", base, bar)


def _press(pages: dict[str, Page], finds: dict[str, Callable], found: dict[str, list[float]]) -> None:
    """There and back, the pages in turns; the first two presses only warm up."""
    for number in range(PRESSES + 2):
        for name, page in pages.items():
            page.get_by_role("slider", name="Stride").focus()
            page.wait_for_timeout(BETWEEN_MS)
            milliseconds = press_until_painted(page, ("ArrowRight", "ArrowLeft")[number % 2], finds[name](page))
            if number >= 2:
                found[name].append(milliseconds)


def live(bench: Bench) -> Iterator[Row]:
    """What watching a run on the open Train page takes from its speed."""
    watched, alone = [], []
    with serve(bench.app) as server:
        for _ in range(bench.repetitions):
            alone += _command_line(bench)
            with training_page(bench, server, EPOCHS) as page:
                page.get_by_text(re.compile("^Kept in ")).wait_for()
            *_, newest = sorted(Path(os.environ["CNN_EXPLORER_CHECKPOINTS"]).iterdir())
            watched += [epoch["images_per_second"] for epoch in read_run(newest)["epochs"][1:]]
    yield Row("training, watched on the open page", "images/s", watched, "the command line", alone, "≥ 0.95 ×")


def _command_line(bench: Bench) -> list[float]:
    """Images a second of each epoch but the first."""
    command = [sys.executable, "-m", "explorer.training", "--json", "--data", bench.data, "--epochs", str(EPOCHS)]
    command += ["--out", str(bench.folder / "command-line")]
    lines = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    return [json.loads(line)["images_per_second"] for line in lines[1:]]


def first_page(bench: Bench) -> Iterator[Row]:
    """From ``streamlit run`` to the visible result, in a Chromium that is already there."""
    found = {bench.smallest: [], bench.app: []}
    for _ in range(bench.repetitions + 1):
        for script, seconds in found.items():
            with tab(bench.browser) as page:
                began = time.perf_counter()
                with serve(script) as server:
                    open_page(page, server)
                    (output if script == bench.app else written)(page).wait_for(timeout=60_000)
                    seconds.append(time.perf_counter() - began)
    base, app = (seconds[1:] for seconds in found.values())  # the first start fetches files from the disk
    yield Row("start → first page interactive", "s", app, "the smallest app", base, "≤ 2 s")


def memory(bench: Bench) -> Iterator[Row]:
    """Resident memory of the server's own process, and whether torch is in it."""
    base, first, after, torch = [], [], [], ""
    for _ in range(bench.repetitions):
        with serve(bench.smallest) as server, looking_at(bench, server, "", written) as page:
            base.append(server.megabytes())
        with serve(bench.app) as server, looking_at(bench, server, "", output) as page:
            first.append(server.megabytes())
            with training_page(bench, server, EPOCHS) as train:
                train.get_by_text(re.compile("^Kept in ")).wait_for()
                after.append(server.megabytes())
            torch = server.holds_torch()
    bar = "≤ 150 MB, no torch"
    yield Row("the app's process after the first page", "MB", first, "the smallest app", base, bar)
    what = f"the app's process after a run, Train page open (torch in it: {torch})"
    yield Row(what, "MB", after, "the smallest app", base, bar)


def steering(bench: Bench) -> Iterator[Row]:
    """From the learner's command to the run's new state, without a browser."""
    client = cluster.connect()
    empty = [_milliseconds(lambda: client.submit(int, pure=False).result()) for _ in range(PRESSES)]
    cluster.close(client)
    runs, found = Runs(bench.folder / "steered"), {"pause": [], "resume": [], "stop": []}
    try:
        for _ in range(bench.repetitions):
            run = runs.start(TrainConfig(data=bench.data, epochs=LONG_RUN))
            _reach(run, "running")
            for command, state in [("pause", "paused"), ("resume", "running")] * PRESSES + [("stop", "stopped")]:
                time.sleep(random.uniform(0.05, 0.15))  # no fixed place between two of the worker's reports
                found[command].append(_milliseconds(_steered, runs, run, command, state))
    finally:
        runs.close()
    for command, milliseconds in found.items():
        yield Row(f"{command} → new state", "ms", milliseconds, "an empty Dask task", empty, "≤ 200 ms")


def _steered(runs: Runs, run: Run, command: str, state: str) -> None:
    runs.steer(run, command)
    _reach(run, state)


def _reach(run: Run, state: str) -> None:
    with run.changed:
        if not run.changed.wait_for(lambda: run.state == state or not run.unfinished, 120) or run.state != state:
            raise SystemExit(f"The run is {run.state} instead of {state}: {run.error}")


def _milliseconds(function: Callable, *arguments: object) -> float:
    began = time.perf_counter()
    function(*arguments)
    return (time.perf_counter() - began) * 1000


ROWS = {"slider": slider, "live": live, "first-page": first_page, "memory": memory, "steering": steering}


def main() -> None:
    """Parse, measure, print each row as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="the folder of MNIST's files")
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--only", choices=ROWS, action="append")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, chromium() as browser:
        folder = Path(name)
        kept = {"XDG_CACHE_HOME": folder, "LOCALAPPDATA": folder, "CNN_EXPLORER_CHECKPOINTS": folder / "checkpoints"}
        data = {"CNN_EXPLORER_DATA": options.data.resolve()} if options.data else {}
        os.environ.update({key: str(value) for key, value in (kept | data).items()})
        os.environ["CNN_EXPLORER_OFFLINE_DIGITS"] = MNIST_SIZE
        bench = Bench(browser, folder, "mnist" if options.data else "offline", options.repetitions)
        bench.smallest.write_text(SMALLEST_APP, "utf-8")
        print(
            f"Python {platform.python_version()}, Streamlit {version('streamlit')}, Chromium {browser.version},", end=""
        )
        print(f" {os.cpu_count()} cores, {options.data or 'offline digits'}, {options.repetitions} repetitions\n")
        print("| | median | lowest … highest | ratio (baseline) | bar |\n|---|---|---|---|---|", flush=True)
        for row in options.only or ROWS:
            for line in ROWS[row](bench):
                print(line, flush=True)


if __name__ == "__main__":
    main()
