"""The Train page: every button is pressed, on the offline digits, with a real worker."""

from collections.abc import Callable, Iterator

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from explorer.core.explained import SettingError
from explorer.core.run_folder import read_run
from explorer.runs.run import Run
from explorer.runs.runs import Runs
from explorer.ui import train_controls
from explorer.ui.session_runs import server_runs
from tests.pages.app import APP, link_of, sent

SECONDS = 60


@pytest.fixture(scope="module", autouse=True)
def _workers_end() -> Iterator[None]:
    yield
    st.cache_resource.clear()  # ends the workers too


@pytest.fixture(autouse=True)
def _runs_end() -> Iterator[None]:
    yield
    for run in server_runs()._runs.values():  # a failed test must not keep the only worker from the next one
        if run.unfinished:
            server_runs().steer(run, "stop")


def open_train(**link: str) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60)
    for name, value in link.items():
        at.query_params[name] = value
    return at.run().switch_page("explorer/pages/train.py").run()


def the_run(at: AppTest) -> Run:
    return server_runs().find(at.session_state["run"])


def wait(run: Run, until: Callable[[], bool]) -> None:
    with run.changed:
        assert run.changed.wait_for(until, SECONDS), f"still {run.state} at step {run.step}"


def test_a_run_is_started_paused_resumed_and_stopped_by_its_buttons() -> None:
    """Each button does what it says, a button that can't is disabled, and what is left can be downloaded."""
    at = open_train(train_data="offline", train_epochs="50")
    assert at.button(key="train_pause").disabled
    assert at.button(key="train_stop").disabled
    at.button(key="train_start").click().run()
    run = the_run(at)
    wait(run, lambda: run.step > 5)
    at.run()
    assert at.button(key="train_start").disabled
    assert at.number_input(key="train_epochs").disabled
    assert len(sent(at)["charts"][0]["curves"][0]["y"]) > 5
    at.button(key="train_pause").click().run()
    wait(run, lambda: run.state == "paused")
    at.run()
    assert at.button(key="train_pause").label == "Resume"
    at.button(key="train_pause").click().run()
    wait(run, lambda: run.state == "running")
    at.run()
    at.button(key="train_stop").click().run()
    wait(run, lambda: not run.unfinished)
    at.run()
    assert "Stopped; the weights are kept" in at.get("progress")[0].proto.text
    assert read_run(run.folder)["state"] == "stopped"
    assert {button.proto.label for button in at.get("download_button")} == {"Weights", "Settings and figures"}
    assert not at.button(key="train_start").disabled
    assert not at.exception


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


def test_a_missing_data_folder_is_explained_and_the_offline_digits_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """MNIST files that are not there: a sentence that names the folder, and one click to train all the same."""
    monkeypatch.setattr(train_controls, "_is_local", lambda: True)  # as on the learner's own machine
    at = open_train(train_epochs="1")
    at.text_input(key="train_data_folder").set_value("/nowhere/at all").run()
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


def test_a_full_server_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no further run is taken, the learner reads why and when to try again."""

    def refuse(self: Runs, config: object) -> Run:
        raise SettingError(
            "{count} runs are waiting or under way, all that this server takes. Try again in a few minutes.", count=20
        )

    monkeypatch.setattr(Runs, "start", refuse)
    at = open_train(train_data="offline")
    at.button(key="train_start").click().run()
    assert at.error[0].value.startswith("20 runs are waiting")


def command(at: AppTest) -> str:
    return next(code.value for code in at.code if code.language == "bash")


def test_the_settings_come_from_the_link_and_go_into_the_command() -> None:
    """The default is the lecture's recipe; a link changes it; the command line says the same."""
    assert "--epochs 10 --batch-size 64 --lr 0.01 --momentum 0.5" in command(open_train())
    at = open_train(train_lr="0.1", train_momentum="0.9", train_batch_size="128", train_seed="7", train_device="cpu")
    assert "--batch-size 128 --lr 0.1 --momentum 0.9 --seed 7 --device cpu" in command(at)


def test_the_page_speaks_chinese() -> None:
    """?lang=zh: buttons, settings and the curves' words."""
    at = open_train(lang="zh")
    assert at.button(key="train_start").label == "开始"
    assert sent(at)["charts"][0]["title"] == "损失 (loss)"
