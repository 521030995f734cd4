"""Workers are killed under runs; the runs go on from where they were saved, without a gap or a repeat."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from distributed import LocalCluster

from explorer.core import limits
from explorer.runs.run import Run
from explorer.runs.runs import Runs
from tests.runs.following import (
    LONG,
    LONGER,
    ME,
    SHORT,
    SOMEBODY,
    ended,
    finish,
    kill_workers,
    outcome,
    pause,
    stop,
    wait,
    workers_of,
)

pytestmark = pytest.mark.processes

MOMENTS: dict[str, Callable[[Run], bool]] = {
    "before it has saved anything": lambda run: run.started is not None,
    "late": lambda run: run.step > 200,
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_run_survives_its_worker(runs: Runs, twin: Run, moment: str) -> None:
    """It ends in the weights, with every step's and every evaluation's figures, of the run that nothing disturbed."""
    run = runs.start(LONGER, ME)
    wait(run, lambda: run.state == "running")
    kill_workers(runs, when=lambda: wait(run, lambda: MOMENTS[moment](run)))
    assert ended(run) == "finished"
    assert run.deaths == 1
    assert "died" in run.notices[-1].text
    assert outcome(run.folder) == outcome(twin.folder)
    assert run.losses.points() == twin.losses.points()


def test_a_paused_run_is_paused_after_its_worker_died(runs: Runs, twin: Run) -> None:
    """At the step at which it was; the step that had been asked for before is not trained twice."""
    run = runs.start(LONGER, ME)
    pause(runs, run)
    paused_at = run.step
    runs.steer(run, "step", ME)
    wait(run, lambda: run.step == paused_at + 1 and run.state == "paused")
    kill_workers(runs)
    wait(run, lambda: run.deaths == 1 and run.state == "paused")
    assert run.step == paused_at + 1
    runs.steer(run, "resume", ME)
    assert ended(run) == "finished"
    assert outcome(run.folder) == outcome(twin.folder)


def test_a_change_survives_the_worker(runs: Runs) -> None:
    """Made once, at its step: the run equals one that is given the change as a setting."""
    run = runs.start(LONGER, ME)
    wait(run, lambda: run.step > 40)
    runs.steer(run, "change", ME, lr=0.05)
    wait(run, lambda: bool(run.config.changes))
    kill_workers(runs)
    assert ended(run) == "finished"
    assert len(run.config.changes) == 1
    assert outcome(finish(runs, run.config).folder) == outcome(run.folder)


def test_a_stop_between_two_workers_ends_the_run(runs: Runs) -> None:
    """Asked for while no worker listens, it is heard by the next one."""
    run = runs.start(LONG, ME)
    wait(run, lambda: run.step > 40)
    kill_workers(runs)
    stop(runs, run)
    assert run.state == "stopped"
    assert run.resumable


def test_a_run_whose_workers_keep_dying_fails_with_the_reason(
    runs: Runs, twin: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other runs are not harmed, and it can be resumed."""
    monkeypatch.setattr(limits, "MAX_DEATHS", 1)
    run, other = runs.start(LONGER, ME), runs.start(SHORT, SOMEBODY)
    for deaths in range(2):
        wait(run, lambda deaths=deaths: run.deaths == deaths and run.step > 40 * (deaths + 1))
        kill_workers(runs)
    assert ended(run) == "failed"
    assert run.error.numbers["count"] == 2
    assert "memory" in run.error.text
    assert ended(other) == "finished"
    runs.resume(run, ME)
    assert ended(run) == "finished"
    assert outcome(run.folder) == outcome(twin.folder)


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalCluster]:
    """A scheduler with two worker processes that the app did not start."""
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster:
        monkeypatch.setenv("CNN_EXPLORER_SCHEDULER", cluster.scheduler_address)
        yield cluster


def test_runs_on_a_cluster_elsewhere_survive_its_workers(elsewhere: LocalCluster, twin: Run, tmp_path: Path) -> None:
    """Two runs at a time on two workers, one of them killed; folders are on the app's disk, as ever."""
    runs = Runs(tmp_path)
    one, other = runs.start(LONGER, ME), runs.start(LONGER, SOMEBODY)
    for run in (one, other):
        runs.steer(run, "pause", run.owner)  # or the first would end before the second began, on a busy machine
    for run in (one, other):
        wait(run, lambda run=run: run.state == "paused")
    for run in (one, other):
        runs.steer(run, "resume", run.owner)
    kill_workers(runs, 1, when=lambda: [wait(run, lambda run=run: run.state == "running") for run in (one, other)])
    for run in (one, other):
        assert ended(run) == "finished"
        assert run.folder.parent == tmp_path
        assert outcome(run.folder) == outcome(twin.folder)
    assert one.deaths + other.deaths == 1
    runs.close()


def test_a_scheduler_that_goes_away_interrupts_its_runs(
    runs: Runs, elsewhere: LocalCluster, twin: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a sentence; resumed on whatever workers there are then, a run ends as if nothing had happened."""
    mine = Runs(tmp_path)
    run = mine.start(LONGER, ME)
    pause(mine, run, epochs=4)  # or it would end while the scheduler does
    elsewhere.close()
    assert ended(run) == "interrupted"
    assert "cannot be reached" in run.error.text
    for name, value in workers_of(runs, tmp_path).items():
        monkeypatch.setenv(name, value)
    mine.resume(run, ME)
    assert ended(run) == "finished"
    assert outcome(run.folder) == outcome(twin.folder)
    mine.close()


def test_a_scheduler_that_does_not_answer_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page gets a sentence instead of waiting for ever."""
    monkeypatch.setenv("CNN_EXPLORER_SCHEDULER", "tcp://127.0.0.1:9")  # the discard port: nothing listens
    runs = Runs(tmp_path)
    run = runs.start(LONGER, ME)
    assert ended(run) == "failed"
    assert "cannot be reached" in run.error.text
    runs.close()
