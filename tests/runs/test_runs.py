"""Runs in a real worker process: they go on, they listen, they end, and nothing of theirs is lost."""

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy

from explorer.core import limits
from explorer.core.errors import SettingError
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.run_folder import PREDICTIONS, read_run
from explorer.exchange.snapshots import PREDICTED, SNAPSHOTS
from explorer.runs.run import Run
from explorer.runs.runs import Runs
from explorer.training.checkpoint import load_run
from tests.runs.following import LONG, LONGER, ME, SHORT, SOMEBODY, ended, finish, outcome, pause, stop, wait

pytestmark = pytest.mark.processes


def test_a_run_reports_every_step_and_saves_its_weights(runs: Runs) -> None:
    """Each step's loss arrives once, each epoch's figures too, and the saved network is the one that was asked for."""
    run = finish(runs, SHORT)
    assert run.step == run.started.total_steps == 2 * 32  # 2,000 digits: 31 batches of 64 and one of 16
    assert run.losses.points()[0] == list(range(1, 65))
    assert [epoch.epoch for epoch in run.epochs] == [1, 2]
    config, network = load_run(run.folder)
    assert config == SHORT
    assert sum(weight.numel() for weight in network.parameters()) == 8490
    assert read_run(run.folder)["epochs"][-1]["test_accuracy"] == run.epochs[-1].test_accuracy
    for name, epochs in ((SNAPSHOTS, (0, 1, 2)), (PREDICTED, (1, 2))):
        kept = [path.name for path in sorted((run.folder / name).iterdir())]
        assert kept == [f"epoch-000{epoch}.safetensors" for epoch in epochs]
    newest = safetensors.numpy.load((run.folder / PREDICTIONS).read_bytes())
    assert np.mean(newest["pair"] // 10 == newest["pair"] % 10) == run.epochs[-1].test_accuracy


def test_a_run_pauses_goes_on_and_stops_with_its_weights(runs: Runs) -> None:
    """Paused, no step is added but those that are asked for; resumed, steps come again; stopped, the weights stay."""
    run = runs.start(LONG, ME)
    wait(run, lambda: run.step > 0)
    runs.steer(run, "pause", ME)
    wait(run, lambda: run.state == "paused")
    paused_at = run.step
    runs.watch(run)  # somebody looks; the answer is that nothing happens
    with run.changed:
        assert not run.changed.wait_for(lambda: run.step > paused_at, 0.3)
    runs.steer(run, "step", ME)
    wait(run, lambda: run.step == paused_at + 1 and run.state == "paused")
    runs.steer(run, "epoch", ME)
    wait(run, lambda: run.step % 32 == 0 and run.state == "paused")
    runs.steer(run, "resume", ME)
    wait(run, lambda: run.step > paused_at + 32)
    stop(runs, run)
    assert run.state == "stopped"
    assert run.resumable
    assert read_run(run.folder)["step"] == run.step < run.started.total_steps


def test_a_stopped_run_goes_on_as_if_it_had_not_been(runs: Runs, twin: Run) -> None:
    """Stopped and resumed twice, its weights and every step's figures are those of the run never stopped."""
    run = runs.start(LONGER, ME)
    for step in (40, 200):
        wait(run, lambda step=step: run.step > step)
        stop(runs, run)
        assert run.state == "stopped"
        assert runs.resume(run, ME) is run
    assert ended(run) == "finished"
    assert outcome(run.folder) == outcome(twin.folder)
    assert run.losses.points() == twin.losses.points()


def test_a_learning_rate_changes_without_a_reset(runs: Runs) -> None:
    """The change is among the run's settings, and a new run with these settings ends in the same weights."""
    run = runs.start(LONGER, ME)
    wait(run, lambda: run.step > 0)
    runs.steer(run, "change", ME, lr=0.05, momentum=0.9)
    assert ended(run) == "finished"
    (change,) = run.config.changes
    assert (change.lr, change.momentum) == (0.05, 0.9)
    assert 0 < change.step < run.step
    repeated = finish(runs, run.config)
    assert repeated.config.changes == (change,)
    assert outcome(repeated.folder) == outcome(run.folder)


def test_a_change_outside_its_bounds_is_refused(runs: Runs) -> None:
    """Before it reaches the worker: the run goes on."""
    run = runs.start(LONG, ME)
    with pytest.raises(SettingError, match="learning rate is 11"):
        runs.steer(run, "change", ME, lr=11)
    stop(runs, run)


def test_a_waiting_run_is_cancelled_at_once(runs: Runs) -> None:
    """Behind another run it says its place; cancelled, it leaves the queue and no folder."""
    first = runs.start(LONG, ME)
    wait(first, lambda: first.step > 0)
    second, third = runs.start(SHORT, ME), runs.start(SHORT, SOMEBODY)
    assert (runs.place(third), runs.place(second), runs.place(first)) == ((1, 2), (2, 2), None)
    runs.steer(second, "stop", ME)
    assert (second.state, second.folder, runs.place(third)) == ("cancelled", None, (1, 1))
    stop(runs, first)
    assert ended(third) == "finished"


def test_what_is_asked_of_a_waiting_run_is_done_when_its_turn_comes(runs: Runs) -> None:
    """Paused while it waited, it pauses before its first step."""
    first, second = runs.start(LONG, ME), runs.start(SHORT, SOMEBODY)
    runs.steer(second, "pause", SOMEBODY)
    stop(runs, first)
    wait(second, lambda: second.state == "paused")
    assert second.step == 0
    runs.steer(second, "resume", SOMEBODY)
    assert ended(second) == "finished"


def test_a_paused_run_gives_its_worker_to_those_who_wait(runs: Runs, twin: Run, monkeypatch) -> None:
    """It stays paused meanwhile; resumed, it queues, and ends in the weights of a run that was never paused."""
    run = runs.start(LONGER, ME)
    pause(runs, run)
    monkeypatch.setattr(limits, "MAX_PAUSE_SECONDS", 0)
    finish(runs, SHORT, SOMEBODY)
    assert run.state == "paused"
    runs.steer(run, "resume", ME)
    assert ended(run) == "finished"
    assert outcome(run.folder) == outcome(twin.folder)


def test_a_run_is_its_learners_own(runs: Runs) -> None:
    """Others find it by its name and watch; they can neither steer nor resume it, nor is it among theirs."""
    run = runs.start(LONG, ME)
    assert runs.find(run.id) is run
    with pytest.raises(PermissionError):
        runs.steer(run, "stop", SOMEBODY)
    stop(runs, run)
    with pytest.raises(PermissionError):
        runs.resume(run, SOMEBODY)
    assert run in runs.of(ME)
    assert run not in runs.of(SOMEBODY)


def test_a_finished_run_does_not_go_on(runs: Runs, twin: Run) -> None:
    """The refusal says what to do instead."""
    with pytest.raises(SettingError, match="Start a new one"):
        runs.resume(twin, ME)


def test_a_device_that_is_not_there_is_explained(runs: Runs) -> None:
    """The run fails with a sentence that names the device and what there is, not with a traceback."""
    run = runs.start(TrainConfig(data="offline", device="cuda" if sys.platform == "darwin" else "mps"), ME)
    assert ended(run) == "failed"
    assert "device" in run.error.text
    assert "cpu" in run.error.numbers["present"]


def test_a_broken_data_folder_is_explained(runs: Runs, tmp_path: Path) -> None:
    """The sentence of the data check crosses from the worker to the page with its numbers."""
    run = runs.start(TrainConfig(data_folder=str(tmp_path)), ME)
    assert ended(run) == "failed"
    assert run.error.numbers["folder"] == str(tmp_path)


def test_a_loss_that_is_no_number_ends_the_run(runs: Runs) -> None:
    """The sentence names the learning rate and one to try; the last good state is there to go on from."""
    run = runs.start(replace(LONG, lr=10.0, weight_decay=1.0), ME)
    assert ended(run) == "diverged"
    assert run.error.numbers["better"] == "0.01"


def test_a_disk_that_refuses_ends_the_run(runs: Runs) -> None:
    """With the sentence that names the folder; the next run is not harmed."""
    run = runs.start(LONG, ME)
    pause(runs, run)  # or a file that is written meanwhile would keep the folder, or make it anew
    shutil.rmtree(run.folder)
    runs.steer(run, "resume", ME)
    assert ended(run) == "failed"
    assert "cannot be saved" in run.error.text
    finish(runs, SHORT)


def test_a_run_that_nobody_watches_ends_by_itself(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a page that says it looks, the run ends after the configured time and keeps its weights."""
    run = begun(runs)
    monkeypatch.setattr(limits, "IDLE_SECONDS", 0.5)
    runs.resume(run, ME)
    assert ended(run) == "idle"
    assert run.resumable


def test_a_runs_time_is_bounded(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's limit ends it, with its weights."""
    run = begun(runs)
    monkeypatch.setattr(limits, "MAX_RUN_SECONDS", 0.5)
    runs.resume(run, ME)
    assert ended(run) == "timeout"


def begun(runs: Runs) -> Run:
    """Stopped after some steps: however late it goes on, it has trained."""
    run = runs.start(LONG, ME)
    wait(run, lambda: run.step > 0)
    stop(runs, run)
    return run


def test_what_is_over_leaves_nothing_in_the_schedulers_memory(runs: Runs) -> None:
    """Dask keeps a book of each kind of task, and logs of messages, which may be whole curves: a class's would fill it.

    A kind is read from the task's name, and an id of letters alone would be one.
    """
    for run_id in ("lettersalone", "othersalone"):
        assert ended(runs._scheduler.queue(Run(run_id, SHORT, ME))) == "finished"
    scheduler = runs._scheduler._cluster._client.cluster.scheduler
    assert ["run"] == list(scheduler.task_prefixes)
    logs = [comm.recent_message_log for comm in (*scheduler.stream_comms.values(), *scheduler.client_comms.values())]
    logs += [scheduler.transition_log, *(topic.events for topic in scheduler._broker._topics.values())]
    assert {20} == {log.maxlen for log in logs}


def test_weights_and_curves_in_other_formats(runs: Runs, twin: Run, tmp_path: Path) -> None:
    """torch.load reads the one, without trusting it; TensorBoard the other: each step's loss, each test's accuracy."""
    import torch
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    (tmp_path / "net.pt").write_bytes(runs.convert(twin, "state_dict"))
    weights = torch.load(tmp_path / "net.pt", weights_only=True)
    _, network = load_run(twin.folder)
    assert all(torch.equal(weights[name], value) for name, value in network.state_dict().items())
    (tmp_path / "events.out.tfevents.twin").write_bytes(runs.convert(twin, "tensorboard"))
    events = EventAccumulator(str(tmp_path), {"scalars": 0}).Reload()  # 0: all of them
    assert list(range(1, twin.step + 1)) == [event.step for event in events.Scalars("loss/step")]
    found = [(event.step, event.value) for event in events.Scalars("accuracy/test")]
    assert [(epoch.step, pytest.approx(epoch.test_accuracy)) for epoch in twin.epochs] == found
