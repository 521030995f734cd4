"""Whatever the Train page shows of a run that is not one of the settings beside it says so."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from explorer.core import limits
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.link import encode
from explorer.core.network.networks import EXERCISE, PRESETS, SIMPLE_CNN
from explorer.core.run.recipes import RECIPES
from explorer.core.run.records import Change
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.run_folder import STOPPED
from explorer.runs.run import UNFINISHED, Run
from explorer.ui.setting_text import setting_text
from tests.pages.app import field, link_of, open_page, open_train, sent, shown_text, widget
from tests.pages.made_runs import MadeRuns, config, probe, trained, went_nan

OTHERWISE = "The settings say otherwise"
CHANGED = {  # another value of every setting that the page has
    "network": encode(NetworkSpec(EXERCISE)),
    "data": "fashion",
    "images": 5000,
    "shuffled_pixels": True,
    "epochs": 2.5,
    "batch_size": 48,
    "optimizer": "adamw",
    "lr": 0.02,
    "momentum": 0.25,
    "nesterov": False,
    "weight_decay": 0.001,
    "label_smoothing": 0.05,
    "schedule": "cosine",
    "target_accuracy": 0.9,
    "max_seconds": 30.0,
    "evaluate_every": 70,
    "seed": 11,
    "device": "cpu",
    "threads": 2,
    "precision": "bf16",
}
ENDED = (*STOPPED, "finished", "target", "time", "diverged", "failed", "cancelled")
FAST = TrainConfig(**RECIPES["fast"])


def seen(run: Run, state: str) -> Run:
    """The run in that state, with figures as far as it can have them."""
    if state not in ("queued", "fetching", "cancelled"):
        (went_nan if state == "diverged" else trained)(run)
        run.probe = run.probe or probe(100, list(range(10)))
    run.state = state
    return run


def whose(at: AppTest) -> str:
    """The line that says of which run the picture is."""
    said = [caption.value for caption in at.caption]
    return shown_text(next(one for one in said if one.startswith(("**", "The picture"))))


def shows_figures(at: AppTest) -> bool:
    curves = [curve for chart in sent(at)["charts"] for curve in chart["curves"]]
    return any(curve["y"] for curve in curves) or any(sent(at, 1)["answers"])


def start(made: MadeRuns) -> tuple[AppTest, Run]:
    at = open_train()
    at.button(key="train_start").click().run()
    return at, made.all[-1]


def changed_one_by_one(at: AppTest, names: Iterator[str]) -> Iterator[tuple[str, object]]:
    """The page after each setting alone was made another one."""
    for name in names:
        usual = at.session_state[f"train_{name}"]
        at.session_state[f"train_{name}"] = CHANGED[name]
        yield name, at.run()
        at.session_state[f"train_{name}"] = usual


@pytest.mark.parametrize("owner", ["mine", "somebody"])
def test_every_setting_that_was_changed_since_is_named(made: MadeRuns, owner: str) -> None:
    """Each alone: the picture's line says whose it is, and what that run had; changed back it says no more."""
    at, run = start(made)
    if owner != "mine":
        run.owner = owner
    seen(run, "finished")
    assert OTHERWISE not in whose(at.run())
    for name, page in changed_one_by_one(at, CHANGED):
        assert shows_figures(page)
        assert f"it had {setting_text(run.config, name)}" in whose(page), name
    assert OTHERWISE not in whose(at.run())


@pytest.mark.parametrize("state", [*UNFINISHED, *ENDED])
@pytest.mark.parametrize("owner", ["mine", "somebody"])
def test_no_state_of_a_run_hides_whose_it_is(made: MadeRuns, state: str, owner: str) -> None:
    """Own and under way, the fields are the run's, and locked; else a run of other settings says so."""
    at, run = start(made)
    if owner != "mine":
        run.owner = owner
    seen(run, state)
    for _, page in changed_one_by_one(at.run(), ("network", "lr", "data", "seed")):
        locked = owner == "mine" and run.unfinished
        assert field(page, "train_seed").disabled == locked
        if not locked:
            assert OTHERWISE in whose(page)
    if owner == "mine" and run.unfinished:
        assert encode(NetworkSpec(SIMPLE_CNN)) == at.session_state["train_network"]
        assert ("mnist", 0) == (at.session_state["train_data"], at.session_state["train_seed"])


def test_many_differences_are_counted(made: MadeRuns) -> None:
    """Three are spelled."""
    at, run = start(made)
    seen(run, "finished")
    for name in ("images", "shuffled_pixels", "target_accuracy", "max_seconds", "seed"):
        at.session_state[f"train_{name}"] = CHANGED[name]
    assert "it had all training images, pixels in order, no target accuracy, 2 more." in whose(at.run())


@pytest.mark.parametrize("name", ["exercise", "dense", "lenet", "simple"])
def test_train_it_shows_a_network_that_is_not_trained_yet(made: MadeRuns, name: str) -> None:
    """The old run's figures do not stand under the new network's name; back at the old network they may."""
    at, run = start(made)
    seen(run, "finished")
    at.run().switch_page("explorer/pages/network.py").run()
    at.session_state["network_stack"] = encode(NetworkSpec(PRESETS[name]))
    at.run().button(key="network_train").click().run()
    at.switch_page("explorer/pages/train.py").run()
    assert encode(NetworkSpec(PRESETS[name])) == at.session_state["train_network"]
    if name == "simple":
        assert shows_figures(at)
        return
    assert not shows_figures(at)
    assert "run" not in link_of(at)
    assert "not trained yet" in whose(at)
    at.button(key=f"train_open_{run.id}").click().run()
    assert shows_figures(at)
    assert "it had simple CNN." in whose(at)


def test_train_it_beside_a_run_under_way_leads_back_to_it(made: MadeRuns) -> None:
    """The new network is not trained yet; the run goes on, is named, and is one click away."""
    at, run = start(made)
    seen(run, "running")
    at.run().switch_page("explorer/pages/network.py").run()
    at.session_state["network_stack"] = encode(NetworkSpec(EXERCISE))
    at.run().button(key="network_train").click().run()
    at.switch_page("explorer/pages/train.py").run()
    assert not shows_figures(at)
    assert any("is under way" in shown_text(info.value) for info in at.info)
    assert not at.button(key="train_start").disabled
    at.button(key="train_show_going").click().run()
    assert shows_figures(at)
    assert encode(NetworkSpec(SIMPLE_CNN)) == at.session_state["train_network"]


# ---- one's running run is shown


def mine(made: MadeRuns, at: AppTest, **settings: object) -> Run:
    """One more run of the learner of that page, under way."""
    return seen(made.add(Run(f"run-{len(made.all)}", TrainConfig(**settings), made.all[0].owner)), "running")


def again(at: AppTest, **link: str) -> AppTest:
    """The same learner in another tab."""
    return open_page("train", at.session_state["learner"], **link)


def test_a_bare_address_shows_ones_run_that_is_under_way(made: MadeRuns) -> None:
    """Whatever its settings: the fields take them, and the link; an ended or a stranger's run is not taken."""
    at, run = start(made)
    seen(run, "finished")
    assert "run" not in link_of(again(at))
    going = mine(made, at, lr=0.5, network=EXERCISE, seed=7)
    made.add(Run("strangers", config(), "somebody"))
    page = again(at)
    assert going.id == link_of(page)["run"]
    assert shows_figures(page)
    assert (0.5, 7) == (float(field(page, "train_lr").value), float(field(page, "train_seed").value))
    assert encode(NetworkSpec(EXERCISE)) == link_of(page)["train_network"]
    assert OTHERWISE not in whose(page)


def test_an_address_with_settings_shows_these(made: MadeRuns) -> None:
    """And a run under way only where it is of just these settings; else it is said that there is one."""
    at, run = start(made)
    seen(run, "finished")
    going = mine(made, at, **RECIPES["fast"] | {"seed": 7})
    page = again(at, train_seed="8")
    assert not shows_figures(page)
    assert any("is under way" in info.value for info in page.info)
    assert going.id == link_of(again(at, train_seed="7"))["run"]


def test_a_run_changed_in_another_tab_is_shown_as_it_is(made: MadeRuns) -> None:
    """Its rate was changed there: the field follows; what was typed here and not yet taken stays."""
    at, run = start(made)
    seen(run, "running")
    run.add_record(Change(50, lr=0.5))
    assert 0.5 == float(field(at.run(), "train_lr").value)
    field(at, "train_lr").set_value("0.25").run()
    assert 0.25 == float(field(at.run(), "train_lr").value)
    run.add_record(Change(60, momentum=0.75))
    at.run()
    assert (0.5, 0.75) == (float(field(at, "train_lr").value), float(field(at, "train_momentum").value))


def test_resume_and_step_say_whose_settings_they_go_on_with(made: MadeRuns) -> None:
    """After a setting was changed they still go on with the old run; Start takes the new ones."""
    at, run = start(made)
    made.end(seen(run, "running"))
    at.run()
    assert not at.button(key="train_step").help
    field(at, "train_seed").set_value("5").run()
    for name in ("pause", "step", "epoch"):
        assert "that run's settings" in at.button(key=f"train_{name}").help
    at.button(key="train_pause").click().run()
    assert 0 == float(field(at, "train_seed").value)
    assert widget(at.selectbox, "train_recipe").value == "fast"


@pytest.mark.parametrize("state", ["queued", "running", "stopped", "finished"])
@pytest.mark.parametrize("owner", ["mine", "somebody"])
def test_a_run_beyond_todays_limits_is_shown_as_it_is(made: MadeRuns, state: str, owner: str) -> None:
    """The server allowed more when it was started; what is asked for now, it refuses with a sentence."""
    at, run = start(made)
    run.config = config(epochs=limits.MAX_EPOCHS + 10, batch_size=limits.MAX_BATCH_SIZE + 1)
    if owner != "mine":
        run.owner = owner
    seen(run, state)
    if state == "stopped":
        made.end(run)
    assert not at.run().exception
    if run.unfinished:
        return
    at.button(key="train_take_settings").click().run()
    pressed = ["train_pause", "train_start"] if owner == "mine" and run.resumable else ["train_start"]
    for key in pressed:  # the first resumes it
        at.button(key=key).click().run()
        assert [f"outside 0.01 … {limits.MAX_EPOCHS}" in error.value for error in at.error] == [True], key
    assert [run] == made.all
