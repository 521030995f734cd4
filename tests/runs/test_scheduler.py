"""What is asked for when a run begins, or goes on, reaches its worker before the first step."""

from pathlib import Path
from typing import Any

import pytest

from explorer.runs import scheduler
from explorer.runs.runs import Runs
from tests.runs.following import ME
from tests.runs.no_workers import CONFIG, NoWorkers, saved


class WorkerAtOnce(NoWorkers):
    """Asks what a run is to go on from at the moment when it is given to it."""

    def __init__(self, *hearers: Any) -> None:
        super().__init__(*hearers)
        self.record_report, self.answers = hearers[0], []

    def submit(self, run_id: str, submission: str, *assignment: object) -> None:
        self.record_report([run_id, submission, "attempt", "begun", {}])

    def answer(self, attempt: str, answer: dict[str, Any]) -> None:
        self.answers.append(answer["commands"])


@pytest.mark.parametrize("command", ["step", "epoch"])
def test_one_step_is_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    """Of a new run, and of one that goes on; a run that is simply started hears nothing."""
    monkeypatch.setattr(scheduler, "Cluster", WorkerAtOnce)
    saved(tmp_path, "stopped", ME, "stopped")
    runs = Runs(tmp_path)
    runs.start(CONFIG, ME, command)
    runs.resume(runs.find("stopped"), ME, command)
    runs.start(CONFIG, ME)
    cluster = runs._scheduler._cluster
    for active in list(runs._scheduler._active.values())[1:]:  # one worker: it is their turn
        cluster.submit(active.run.id, active.submission)
    assert [[(command, {})], [(command, {})], []] == cluster.answers
    runs.close()
