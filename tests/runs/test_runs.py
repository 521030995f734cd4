"""Runs in real worker processes: they go on, they listen, they end, and nothing of theirs is lost."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from distributed import LocalCluster

from explorer.core.run_folder import read_run
from explorer.core.train_config import TrainConfig
from explorer.runs.run import Run
from explorer.runs.runs import Runs
from explorer.training.checkpoint import load_run

SECONDS = 60  # a generous bound, for a machine that is busy with other things
SHORT = TrainConfig(data="offline", epochs=2, threads=1)
LONG = TrainConfig(data="offline", epochs=50, threads=1)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runs]:
    runs = Runs(tmp_path_factory.mktemp("checkpoints"))
    yield runs
    runs.close()


def wait(run: Run, until: Callable[[], bool]) -> None:
    with run.changed:
        assert run.changed.wait_for(until, SECONDS), f"still {run.state} at step {run.step}"


def test_a_run_reports_every_step_and_saves_its_weights(runs: Runs) -> None:
    """Each step's loss arrives once, each epoch's figures too, and the saved network is the one that was asked for."""
    run = runs.start(SHORT)
    wait(run, lambda: not run.unfinished)
    assert run.state == "finished"
    assert len(run.losses) == run.started.total_steps == 2 * 32  # 2,000 digits: 31 batches of 64 and one of 16
    assert [epoch.epoch for epoch in run.epochs] == [1, 2]
    assert run.losses[-1] < run.losses[0]
    config, network = load_run(run.folder)
    assert config == SHORT
    assert sum(weight.numel() for weight in network.parameters()) == 8490
    assert read_run(run.folder)["epochs"][-1]["test_accuracy"] == run.epochs[-1].test_accuracy


def test_a_run_pauses_goes_on_and_stops_with_its_weights(runs: Runs) -> None:
    """Paused, no step is added; resumed, steps come again; stopped, the weights so far are kept."""
    run = runs.start(LONG)
    wait(run, lambda: run.step > 0)
    runs.steer(run, "pause")
    wait(run, lambda: run.state == "paused")
    paused_at = run.step
    runs.steer(run, "watch")  # somebody looks; the answer is that nothing happens
    with run.changed:
        assert not run.changed.wait_for(lambda: run.step > paused_at, 0.5)
    runs.steer(run, "resume")
    wait(run, lambda: run.step > paused_at)
    runs.steer(run, "stop")
    wait(run, lambda: not run.unfinished)
    assert run.state == "stopped"
    assert read_run(run.folder)["step"] == run.step < run.started.total_steps


def test_a_stop_before_the_first_step_cancels(runs: Runs) -> None:
    """Behind another run, a waiting one is cancelled at once and leaves no folder."""
    first = runs.start(LONG)
    wait(first, lambda: first.step > 0)
    waiting = runs.start(SHORT)
    while waiting.id not in runs._futures:  # handed to the scheduler by a thread of its own
        pass
    runs.steer(waiting, "stop")
    wait(waiting, lambda: not waiting.unfinished)
    assert (waiting.state, waiting.folder) == ("cancelled", None)
    runs.steer(first, "stop")
    wait(first, lambda: not first.unfinished)


def test_a_device_that_is_not_there_is_explained(runs: Runs) -> None:
    """The run fails with a sentence that names the device and what there is, not with a traceback."""
    run = runs.start(TrainConfig(data="offline", device="cuda" if sys.platform == "darwin" else "mps"))
    wait(run, lambda: not run.unfinished)
    sentence, numbers = run.error
    assert run.state == "failed"
    assert "device" in sentence
    assert "cpu" in numbers["present"]


def test_a_broken_data_folder_is_explained(runs: Runs, tmp_path: Path) -> None:
    """The sentence of the data check crosses from the worker to the page with its numbers."""
    run = runs.start(TrainConfig(data_folder=str(tmp_path)))
    wait(run, lambda: not run.unfinished)
    assert run.state == "failed"
    assert run.error[1]["folder"] == str(tmp_path)


def test_a_killed_worker_is_replaced_and_its_run_begins_anew(runs: Runs) -> None:
    """The learner's run survives its worker; its curves hold no step twice."""
    run = runs.start(SHORT)
    wait(run, lambda: run.step > 0)
    client = runs._client.result()
    client.run(_die, on_error="ignore", wait=False)
    wait(run, lambda: not run.unfinished)
    assert run.state == "finished"
    assert len(run.losses) == run.started.total_steps


def test_a_run_that_nobody_watches_ends_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a page that says it looks, the run ends after the configured time and keeps its weights."""
    monkeypatch.setenv("CNN_EXPLORER_IDLE_SECONDS", "1")
    runs = Runs(tmp_path)
    run = runs.start(LONG)
    wait(run, lambda: not run.unfinished)
    assert run.state == "idle"
    assert run.folder
    runs.close()


def test_an_existing_cluster_serves_the_same_calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """CNN_EXPLORER_SCHEDULER names a scheduler started elsewhere; weights come back over the wire."""
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address="127.0.0.1:0") as elsewhere:
        monkeypatch.setenv("CNN_EXPLORER_SCHEDULER", elsewhere.scheduler_address)
        runs = Runs(tmp_path)
        run = runs.start(SHORT)
        wait(run, lambda: not run.unfinished)
        assert run.state == "finished"
        assert run.folder.parent == tmp_path
        runs.close()


def test_a_scheduler_that_does_not_answer_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page gets a sentence instead of waiting for ever."""
    monkeypatch.setenv("CNN_EXPLORER_SCHEDULER", "tcp://127.0.0.1:9")  # the discard port: nothing listens
    runs = Runs(tmp_path)
    run = runs.start(SHORT)
    wait(run, lambda: not run.unfinished)
    assert run.state == "failed"
    assert "cannot be reached" in run.error[0]


def _die() -> None:
    os._exit(1)
