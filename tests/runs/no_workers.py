"""Servers whose runs get no worker: what they write, read and hear can be tested at once. Reports are made up."""

from pathlib import Path

import pytest

from explorer.core.run.records import Record, Started, Steps, as_message
from explorer.core.run.train_config import TrainConfig
from explorer.runs import scheduler
from explorer.runs.run import Run
from explorer.runs.run_writer import RunWriter
from explorer.runs.runs import Runs

CONFIG = TrainConfig(data="offline", epochs=3, seed=7)
STARTED = Started("cpu", 1, 8490, 640, 10, 20, {"torch": "2"})


class NoWorkers:
    """In the place of the cluster: nothing begins, and the server may be killed at any moment."""

    slots, begun = 1, ()

    def __init__(self, *hearers: object) -> None:
        self.begun, self.told = [], []

    def submit(self, run_id: str, *assignment: object) -> None:
        self.begun.append(run_id)

    def command(self, submission: str, number: int, command: str, values: dict) -> None:
        """Nobody hears it."""
        self.told.append((command, values))

    def cancel(self, *submission: object) -> None:
        """There is nothing to be taken back."""

    close = forget = answer = cancel


def install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until the test ends."""
    monkeypatch.setattr(scheduler, "Cluster", NoWorkers)


def begun(runs: Runs) -> list[str]:
    """Which runs were given to workers."""
    return runs._scheduler._cluster.begun


def told(runs: Runs) -> list[tuple[str, dict]]:
    """What workers were told."""
    return runs._scheduler._cluster.told


def tick(*servers: Runs) -> None:
    """What each does about once a second."""
    for runs in servers:
        runs._scheduler._look_after_runs()


def begin(runs: Runs, run: Run, started: Started = STARTED) -> None:
    """A worker has the run now."""
    _report(runs, run, "begun")
    record(runs, run, started)


def record(runs: Runs, run: Run, *records: Record) -> None:
    """The worker has trained."""
    for one in records:
        kind, values = as_message(one)
        _report(runs, run, kind, **values)


def save(runs: Runs, run: Run) -> None:
    """The worker saves its state, and all that was recorded is on disk."""
    _report(runs, run, "saved", epoch=None, state=b"state", weights=b"weights", predictions=None)


def end(runs: Runs, run: Run, state: str = "finished") -> None:
    """The worker has trained to this end."""
    _report(runs, run, "ended", state=state, error=None, lacks_data=False)


def steps(number: int) -> Steps:
    """Two steps, of which ``number`` is the second."""
    return Steps(number, [2.0, 1.5], number / 2, 128.0, accuracies=[0.1, 0.2])


def saved(root: Path, run_id: str, owner: str, state: str, config: TrainConfig = CONFIG) -> Run:
    """A run in its folder after two steps, in that state."""
    run = Run(run_id, config, owner)
    writer = RunWriter(run, root)
    writer.start(STARTED)
    run.add_record(steps(2))
    writer.add(steps(2))
    writer.save(None, b"state", b"weights", None)
    if state != "running":
        writer.end(state)
    return run


def _report(runs: Runs, run: Run, kind: str, **values: object) -> None:
    active = runs._scheduler._active[run.id]
    runs._scheduler._record_report([run.id, active.submission, "attempt", kind, values])
