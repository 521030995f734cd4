"""How soon a run does what its learner wants: from the command to the run's new state, from the click to the screen."""

import random
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import servers
from table import Row

from explorer.core.run.train_config import TrainConfig
from explorer.runs import workers
from explorer.runs.run import Run
from explorer.runs.runs import Runs

PRESSES = 20  # of pause and resume in one repetition
LONG_RUN = 50  # epochs that last longer than they are steered
LEARNER = "benchmark"
PROGRESS = '[data-testid="stProgress"]'
STEP = re.compile(r"step ([\d,]+) of")  # in the progress line
SETTLED_MS = 700  # a poll after the pause: the step on screen is the one that it paused after


def steering(bench: servers.Bench) -> Iterator[Row]:
    """From the learner's command to the run's new state, without a browser."""
    client = workers.connect()
    empty = [_milliseconds(lambda: client.submit(int, pure=False).result()) for _ in range(bench.times(PRESSES))]
    workers.close(client)
    runs, found = Runs(bench.folder / "steered"), {"pause": [], "step": [], "resume": [], "stop": []}
    try:
        for _ in range(bench.repetitions):
            run = runs.start(TrainConfig(data=bench.data, epochs=LONG_RUN), LEARNER)
            _reach(run, "running")
            presses = [("pause", "paused"), ("step", "paused"), ("resume", "running")] * bench.times(PRESSES)
            for command, state in [*presses, ("stop", "stopped")]:
                time.sleep(random.uniform(0.05, 0.15))  # no fixed place between two of the worker's reports
                found[command].append(_milliseconds(_steered, runs, run, command, state))
    finally:
        runs.close()
    for command, milliseconds in found.items():
        p95 = 95 if len(milliseconds) >= bench.times(PRESSES) else None
        yield Row(f"{command} → new state", "ms", milliseconds, "an empty Dask task", empty, "≤ 200 ms", p95)


def _steered(runs: Runs, run: Run, command: str, state: str) -> None:
    before = run.step
    runs.steer(run, command, LEARNER)
    if command == "step":
        with run.changed:
            run.changed.wait_for(lambda: run.step > before, 120)
    _reach(run, state)


def clicks(bench: servers.Bench) -> Iterator[Row]:
    """From a click on the Train page to its painted effect; the smallest app's slider in turns with it."""
    found: dict[str, list[float]] = {"Pause": [], "One step": [], "Resume": [], "Stop": []}
    empty: list[float] = []
    with ExitStack() as stack:
        smallest, app = (stack.enter_context(servers.serve(script)) for script in (bench.smallest, bench.app))
        slider = stack.enter_context(servers.looking_at(bench, smallest, "", servers.WRITTEN))
        slider.get_by_role("slider", name="Stride").focus()
        page = stack.enter_context(servers.training_page(bench, app, LONG_RUN))

        def click(name: str, effect: str) -> None:
            page.wait_for_timeout(random.uniform(100, 600))  # no fixed place between two polls
            found[name].append(servers.click_until_painted(page, name, PROGRESS, effect))

        for number in range(bench.times(PRESSES) * bench.repetitions):
            empty.append(servers.press_until_painted(slider, ("ArrowRight", "ArrowLeft")[number % 2], servers.WRITTEN))
            click("Pause", "^Paused · ")
            page.wait_for_timeout(SETTLED_MS)
            step = int(STEP.search(page.locator(PROGRESS).inner_text())[1].replace(",", ""))
            click("One step", f"^Paused · .*step {step + 1:,} of")
            click("Resume", "^Training · ")
            click("Stop", "^Stopped")
            page.wait_for_timeout(SETTLED_MS)
            page.get_by_role("button", name="Resume", exact=True).click()  # by a worker, from the saved state
            page.get_by_text(re.compile("^Training · .*step")).wait_for()
    base = "the smallest app's slider, beside the same run"
    for name, milliseconds in found.items():
        yield Row(f"click on {name} → its painted effect", "ms", milliseconds, base, empty, "≤ 200 ms", 95)


def _reach(run: Run, state: str) -> None:
    with run.changed:
        if not run.changed.wait_for(lambda: run.state == state or not run.unfinished, 120) or run.state != state:
            raise SystemExit(f"The run is {run.state} instead of {state}: {run.error}")


def _milliseconds(function: Callable, *arguments: object) -> float:
    began = time.perf_counter()
    function(*arguments)
    return (time.perf_counter() - began) * 1000
