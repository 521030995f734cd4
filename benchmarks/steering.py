"""How soon a run does what its learner wants: from the command to the run's new state, from the click to the screen."""

import random
import re
import time
from collections.abc import Callable, Iterator

import servers
from playwright.sync_api import Page
from table import Row

from explorer.core.train_config import TrainConfig
from explorer.runs import workers
from explorer.runs.run import Run
from explorer.runs.runs import Runs

PRESSES = 20  # of pause and resume in one repetition
LONG_RUN = 50  # epochs that last longer than they are steered
LEARNER = "benchmark"
STEP = re.compile(r"step ([\d,]+) of")  # in the progress line


def steering(bench: servers.Bench) -> Iterator[Row]:
    """From the learner's command to the run's new state, without a browser."""
    client = workers.connect()
    empty = [_milliseconds(lambda: client.submit(int, pure=False).result()) for _ in range(PRESSES)]
    workers.close(client)
    runs, found = Runs(bench.folder / "steered"), {"pause": [], "step": [], "resume": [], "stop": []}
    try:
        for _ in range(bench.repetitions):
            run = runs.start(TrainConfig(data=bench.data, epochs=LONG_RUN), LEARNER)
            _reach(run, "running")
            presses = [("pause", "paused"), ("step", "paused"), ("resume", "running")] * PRESSES
            for command, state in [*presses, ("stop", "stopped")]:
                time.sleep(random.uniform(0.05, 0.15))  # no fixed place between two of the worker's reports
                found[command].append(_milliseconds(_steered, runs, run, command, state))
    finally:
        runs.close()
    for command, milliseconds in found.items():
        p95 = 95 if len(milliseconds) >= PRESSES else None
        yield Row(f"{command} → new state", "ms", milliseconds, "an empty Dask task", empty, "≤ 200 ms", p95)


def _steered(runs: Runs, run: Run, command: str, state: str) -> None:
    before = run.step
    runs.steer(run, command, LEARNER)
    if command == "step":
        with run.changed:
            run.changed.wait_for(lambda: run.step > before, 120)
    _reach(run, state)


def clicks(bench: servers.Bench) -> Iterator[Row]:
    """From a click on the Train page to its effect on screen, the browser driver's own time included."""
    found: dict[str, list[float]] = {"Pause": [], "One step": [], "Resume": [], "Stop": []}
    with servers.serve(bench.app) as server, servers.training_page(bench, server, LONG_RUN) as page:
        empty = [_milliseconds(page.get_by_text("Training · ").wait_for) for _ in range(PRESSES)]
        for _ in range(PRESSES * bench.repetitions):
            page.wait_for_timeout(random.uniform(100, 600))  # no fixed place between two polls
            found["Pause"].append(_milliseconds(_clicked, page, "Pause", re.compile("^Paused · ")))
            step = int(STEP.search(page.get_by_text(STEP).inner_text())[1].replace(",", ""))
            found["One step"].append(_milliseconds(_clicked, page, "One step", f"step {step + 1:,} of"))
            page.get_by_text(re.compile("^Paused · ")).wait_for()
            found["Resume"].append(_milliseconds(_clicked, page, "Resume", re.compile("^Training · ")))
        found["Stop"].append(_milliseconds(_clicked, page, "Stop", re.compile("^Stopped")))
    for name, milliseconds in found.items():
        p95 = 95 if len(milliseconds) > 1 else None
        yield Row(
            f"click on {name} → its effect on screen", "ms", milliseconds, "looking at the page", empty, "≤ 200 ms", p95
        )


def _clicked(page: Page, name: str, text: str | re.Pattern) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.get_by_text(text).wait_for()


def _reach(run: Run, state: str) -> None:
    with run.changed:
        if not run.changed.wait_for(lambda: run.state == state or not run.unfinished, 120) or run.state != state:
            raise SystemExit(f"The run is {run.state} instead of {state}: {run.error}")


def _milliseconds(function: Callable, *arguments: object) -> float:
    began = time.perf_counter()
    function(*arguments)
    return (time.perf_counter() - began) * 1000
