"""The Train page: every button is pressed, on the offline digits, with a real worker."""

import csv
from collections.abc import Callable, Iterator

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from explorer.core.run.metrics_csv import metrics_csv
from explorer.exchange.run_folder import read_records, read_run
from explorer.runs.run import Run
from explorer.ui import train_settings
from explorer.ui.session_runs import server_runs
from tests.pages.app import field, link_of, open_train, sent

SECONDS = 240
RUNS: list[Run] = []  # of this test


@pytest.fixture(scope="module", autouse=True)
def _workers_end() -> Iterator[None]:
    yield
    st.cache_resource.clear()  # ends the workers too


@pytest.fixture(autouse=True)
def _runs_end() -> Iterator[None]:
    yield
    for run in RUNS:  # a failed test must not keep the only worker from the next one
        if run.unfinished:
            server_runs().steer(run, "stop", run.owner)
    RUNS.clear()


def the_run(at: AppTest) -> Run:
    RUNS.append(server_runs().find(at.session_state["run"]))
    return RUNS[-1]


def wait(run: Run, until: Callable[[], bool]) -> None:
    with run.changed:
        assert run.changed.wait_for(until, SECONDS), f"still {run.state} at step {run.step}"


def press(at: AppTest, name: str, run: Run | None = None, until: Callable[[], bool] = lambda: True) -> None:
    """Presses a button of the page, and waits for what it does to the run."""
    at.button(key=f"train_{name}").click().run()
    if run:
        wait(run, until)
        at.run()
    assert not at.exception


def test_a_run_is_started_steered_stopped_and_resumed_by_its_buttons() -> None:
    """Each button does what it says; stopped and resumed it is the same run, at the step where it was."""
    at = open_train(train_recipe="lecture", train_data="offline", train_epochs="50")
    press(at, "start")
    run = the_run(at)
    wait(run, lambda: run.step > 5)
    at.run()
    assert len(sent(at)["charts"][0]["curves"][0]["y"]) > 5
    press(at, "pause", run, lambda: run.state == "paused")
    paused_at = run.step
    press(at, "step", run, lambda: run.step == paused_at + 1 and run.state == "paused")
    press(at, "epoch", run, lambda: run.step > paused_at + 1 and run.state == "paused")
    assert 0 == run.step % run.started.steps_per_epoch
    field(at, "train_lr").set_value("0.02").run()
    wait(run, lambda: len(run.config.changes) == 1)
    assert (run.step, 0.02) == (run.config.changes[0].step, run.config.changes[0].lr)
    stepped_to = run.step
    press(at, "pause", run, lambda: run.step > stepped_to)
    press(at, "stop", run, lambda: not run.unfinished)
    assert "Stopped; the weights are kept" in at.get("progress")[0].proto.text
    assert "stopped" == read_run(run.folder)["state"]
    stopped_at = run.step
    assert "Resume" == at.button(key="train_pause").label
    press(at, "pause", run, lambda: run.step > stopped_at)
    assert the_run(at) is run
    press(at, "stop", run, lambda: not run.unfinished)
    kept = csv.DictReader(metrics_csv(read_records(run.folder)).splitlines())
    assert [str(step) for step in range(1, run.step + 1)] == [row["step"] for row in kept]  # none lost, none twice


def test_one_step_begins_a_run_that_waits_for_the_next() -> None:
    """A learner may walk from the first step on; the digits are looked at after each."""
    at = open_train(train_recipe="lecture", train_data="offline", train_epochs="50")
    press(at, "step")
    run = the_run(at)
    wait(run, lambda: run.state == "paused" and run.probe is not None)
    assert 1 == run.step
    assert 10 == len(sent(at.run(), 1)["probabilities"])
    press(at, "step", run, lambda: run.step == 2)
    press(at, "stop", run, lambda: not run.unfinished)
    assert 2 == read_run(run.folder)["step"]


def test_a_runs_files_can_be_had() -> None:
    """Weights as torch saves them, metrics as a table, and the log for TensorBoard, made in a worker."""
    at = open_train(train_data="offline", train_epochs="1")
    press(at, "start")
    run = the_run(at)
    wait(run, lambda: not run.unfinished)
    files = {"weights.safetensors", "state_dict.pt", "run.json", "metrics.csv", "metrics.jsonl", "TensorBoard"}
    offered = {button.proto.label for button in at.run().get("download_button")}
    assert offered == files | {"train.py", "Download"}  # the run's script, and that of the settings on the page
    assert b"PK" == server_runs().convert(run, "state_dict")[:2]  # torch.save's file is a zip
    lines = metrics_csv(read_records(run.folder)).splitlines()
    assert run.step == int(lines[-1].split(",")[0]) == len(lines) - 1


def test_a_reload_finds_the_run_again() -> None:
    """Another session with the same link shows the same run; its page's link carries it on."""
    at = open_train(train_data="offline", train_epochs="1")
    at.button(key="train_start").click().run()
    run = the_run(at)
    wait(run, lambda: not run.unfinished)
    reloaded = open_train(run=run.id)
    assert the_run(reloaded) is run
    assert link_of(reloaded)["run"] == run.id
    assert "Finished" in reloaded.get("progress")[0].proto.text


def test_a_refused_start_names_a_way_that_leads_out() -> None:
    """BatchNorm on single pixels and a last batch of one image: refused before a run is made, and 63 is taken."""
    link = {"train_network": "1_1x28x28_c1-10-28_b10_f_l10-10", "train_images": "65", "train_batch_size": "64"}
    at = open_train(train_recipe="lecture", train_epochs="1", train_data="offline", **link)
    at.button(key="train_start").click().run()
    assert "65 images in batches of 64 leave one by itself" in at.error[0].value
    assert "Choose a batch size of 63." in at.error[0].value
    assert "train_offline" not in {button.key for button in at.button}
    field(at, "train_batch_size").set_value("63").run()
    at.button(key="train_start").click().run()
    run = the_run(at)
    wait(run, lambda: not run.unfinished)
    assert run.state == "finished"


def test_a_missing_data_folder_is_explained_and_the_offline_digits_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """MNIST files that are not there: a sentence that names the folder, and one click to train all the same."""
    monkeypatch.setattr(train_settings, "is_local", lambda: True)  # as on the learner's own machine
    at = open_train(train_epochs="1")
    at.text_input(key="train_mnist_folder").set_value("/nowhere/at all").run()
    at.button(key="train_start").click().run()
    run = the_run(at)
    wait(run, lambda: not run.unfinished)
    at.run()
    assert "/nowhere/at all" in at.error[0].value
    at.button(key="train_offline").click().run()
    other = the_run(at)
    assert other.config.data == "offline"
    wait(other, lambda: not other.unfinished)
    assert other.state == "finished"


def test_the_page_speaks_chinese() -> None:
    """?lang=zh: buttons, settings and the curves' words."""
    at = open_train(lang="zh")
    assert at.button(key="train_start").label == "开始"
    assert sent(at)["charts"][0]["title"] == "损失（loss）"
