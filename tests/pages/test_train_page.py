"""The Train page with made-up runs: every setting, every button, what is said of every state."""

import json
import re
import shutil
from collections.abc import Callable

import numpy as np
import pytest
from safetensors.numpy import load, save
from streamlit.testing.v1 import AppTest

from explorer.core import limits
from explorer.core.errors import say
from explorer.core.run.recipes import RECIPES
from explorer.core.run.records import Change, Steps
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.run_folder import PREDICTIONS
from explorer.runs.run import Run
from explorer.ui.train import my_runs, run_files
from explorer.ui.train.run_files import USES, content_or_apology
from explorer.ui.train_recipes import RECIPE_NAMES
from tests.pages.app import field, link_of, open_train, sent, shown_text, steps_of, values_of, widget
from tests.pages.made_runs import STARTED, MadeRuns, config, probe, trained, went_nan

CONFUSION = 3  # the page's component of that number
BUTTONS = ("start", "pause", "step", "epoch", "stop")


def click(at: AppTest, name: str) -> AppTest:
    return at.button(key=f"train_{name}").click().run()


def started(made: MadeRuns, **link: str) -> tuple[AppTest, Run]:
    """A page that has just started a run, and the run."""
    at = click(open_train(**link), "start")
    return at, made.all[-1]


def enabled(at: AppTest) -> set[str]:
    return {name for name in BUTTONS if not at.button(key=f"train_{name}").disabled}


def said(at: AppTest) -> str:
    """Everything that is written on the page outside of components."""
    boxes = [*at.info, *at.error, *at.warning, *at.markdown, *at.caption]
    return "\n".join([*(box.value for box in boxes), *(bar.proto.text for bar in at.get("progress"))])


def figures(at: AppTest) -> list[str]:
    """What stands beneath the names of the learner's runs."""
    return [one.value for one in at.caption if "under way" in one.value or re.search(r"\d:\d", one.value)]


# ---- settings and the link


def asked(at: AppTest, made: MadeRuns) -> TrainConfig:
    """What Start asks for."""
    click(at, "start")
    return made.all[-1].config


def test_a_first_visitor_gets_the_fast_recipe(made: MadeRuns) -> None:
    """98 % within seconds of the first click; nothing of it stands in the link."""
    at = open_train()
    assert {} == link_of(at)
    first = asked(at, made)
    assert TrainConfig(**RECIPES["fast"]) == first
    assert first.epochs < 1


def test_a_number_typed_just_before_the_click_counts(made: MadeRuns) -> None:
    """Leaving the field by clicking Start sends both in one message: the page was last drawn with the old number."""
    at = open_train()
    field(at, "train_seed").set_value("3")
    assert 3 == asked(at, made).seed


def test_the_lectures_recipe_is_one_choice_away(made: MadeRuns) -> None:
    """Every setting of the recipe follows, the others stay; the link says which recipe."""
    at = open_train(train_seed="7")
    widget(at.selectbox, "train_recipe").set_value("lecture").run()
    assert {"train_recipe": "lecture", "train_seed": "7"} == link_of(at)
    assert TrainConfig(seed=7) == asked(at, made)


def test_a_changed_setting_makes_the_recipe_ones_own_and_changed_back_not(made: MadeRuns) -> None:
    """The link keeps the recipe from which it began, and the difference."""
    at = open_train(train_recipe="lecture")
    field(at, "train_lr").set_value("0.1").run()
    assert "own" == widget(at.selectbox, "train_recipe").value
    assert {"train_recipe": "lecture", "train_lr": "0.1"} == link_of(at)
    field(at, "train_lr").set_value("0.01").run()
    assert "lecture" == widget(at.selectbox, "train_recipe").value
    field(at, "train_lr").set_value("0.1").run()
    widget(at.selectbox, "train_recipe").set_value("fast").run()
    assert RECIPES["fast"]["lr"] == float(field(at, "train_lr").value)
    assert {} == link_of(at)


NUMBERS = {
    "images": 5000,
    "epochs": 2.5,
    "batch_size": 48,
    "lr": 0.02,
    "momentum": 0.25,
    "weight_decay": 0.001,
    "label_smoothing": 0.05,
    "target_accuracy": 0.9,
    "max_seconds": 30.0,
    "evaluate_every": 70,
    "seed": 11,
    "threads": 2,
}
CHOICES = {"data": "offline", "schedule": "cosine", "device": "cpu", "precision": "bf16"}


def test_every_setting_reaches_the_run_and_a_link_restores_it(made: MadeRuns) -> None:
    """Set one by one on the page, then read from the link alone by another session."""
    at = open_train(train_recipe="lecture")
    at.selectbox(key="train_optimizer").set_value("adamw").run()
    for name, value in CHOICES.items():
        at.selectbox(key=f"train_{name}").set_value(value).run()
    for name, value in NUMBERS.items():
        field(at, f"train_{name}").set_value(f"{value}").run()
    at.toggle(key="train_shuffled_pixels").set_value(True).run()
    expected = config(**NUMBERS, **CHOICES, optimizer="adamw", shuffled_pixels=True)
    link = link_of(at)
    assert expected == asked(at, made)
    assert {f"train_{name}" for name in (*NUMBERS, *CHOICES, "optimizer", "shuffled_pixels", "recipe")} == set(link)
    assert expected == asked(open_train(**link), made)


def test_an_optimizer_brings_the_rate_that_suits_it(made: MadeRuns) -> None:
    """Adam with SGD's rate of 0.0715 would learn nothing; Nesterov's momentum is SGD's."""
    at = open_train()
    at.selectbox(key="train_optimizer").set_value("adam").run()
    assert (0.001, 0.9) == (float(field(at, "train_lr").value), float(field(at, "train_momentum").value))
    nesterov = at.toggle(key="train_nesterov")
    assert (True, False) == (nesterov.disabled, nesterov.value)
    assert "adam" == asked(at, made).optimizer


def test_nesterov_without_momentum_is_off_and_says_why(made: MadeRuns) -> None:
    """Torch would refuse it."""
    at = open_train(train_momentum="0")
    assert at.toggle(key="train_nesterov").disabled
    assert "Without momentum" in at.toggle(key="train_nesterov").help
    assert not asked(at, made).nesterov


def test_nonsense_in_a_link_is_the_default(made: MadeRuns) -> None:
    """A recipe that is none, a rate below 0, half a seed."""
    at = open_train(train_recipe="slow", train_lr="-1", train_seed="1.5", train_optimizer="lion")
    assert {} == link_of(at)
    assert TrainConfig(**RECIPES["fast"]) == asked(at, made)


def test_the_command_line_says_the_same(made: MadeRuns) -> None:
    """Whatever is set stands in the command that does it without the app."""
    at = open_train(train_recipe="lecture", train_schedule="cosine", train_shuffled_pixels="true")
    command = next(code.value for code in at.code if code.language == "bash")
    assert "--epochs 10 --batch-size 64 --lr 0.01 --momentum 0.5" in command
    assert "--schedule cosine" in command
    assert "--shuffled-pixels" in command


def test_the_rate_at_which_the_picture_is_drawn_is_in_the_link(made: MadeRuns) -> None:
    """A slow line, or a phone's battery, may want less."""
    at = open_train(train_update="5")
    assert "5" == at.selectbox(key="train_update").value
    at.selectbox(key="train_update").set_value("1").run()
    assert {"train_update": "1"} == link_of(at)


# ---- control


def test_before_a_run_only_what_starts_one_can_be_pressed(made: MadeRuns) -> None:
    """One step and one epoch begin a run, too; a disabled button says why."""
    at = open_train()
    assert {"start", "step", "epoch"} == enabled(at)
    assert "No run is under way." == at.button(key="train_stop").help
    click(at, "step")
    assert [("step", {})] == made.asked
    assert 1 == len(made.all)


def test_a_full_server_says_so(made: MadeRuns, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no further run is taken, the learner reads why and when to try again."""
    monkeypatch.setattr(limits, "MAX_RUNS_KEPT", 2)
    for name in ("one", "another"):
        made.add(Run(name, config(), owner="somebody"))
    at = click(open_train(), "start")
    assert at.error[0].value.startswith("2 runs are waiting")


def test_a_run_that_waits_says_its_place(made: MadeRuns) -> None:
    """It can be stopped, but not paused."""
    made.add(Run("before", config(), owner="somebody"))
    at, _ = started(made)
    made.add(Run("after", config(), owner="somebody"))
    at.run()
    assert "Waiting: place 2 of 3" in said(at)
    assert {"stop"} == enabled(at)
    assert "It has not begun yet." == at.button(key="train_pause").help


def test_a_run_under_way_is_steered(made: MadeRuns) -> None:
    """Each button sends its word; Start says why not."""
    at, run = started(made)
    trained(run)
    at.run()
    assert {"pause", "step", "epoch", "stop"} == enabled(at)
    assert "Your run is under way." == at.button(key="train_start").help
    for name in ("pause", "step", "epoch", "stop"):
        click(at, name)
    run.state = "paused"
    at.run()
    assert "Resume" == at.button(key="train_pause").label
    click(at, "pause")
    assert ["pause", "step", "epoch", "stop", "resume"] == [command for command, _ in made.asked]


def test_a_run_that_ends_while_the_page_is_drawn_unlocks_the_settings(
    made: MadeRuns, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The settings were drawn locked, the picture, a moment later, finished: the page is drawn once more."""
    at, run = started(made)
    trained(run)
    at.run()
    assert field(at, "train_epochs").disabled
    between = my_runs.my_runs

    def ends(*arguments: object) -> None:
        between(*arguments)
        if run.unfinished:
            made.end(run, "finished")

    monkeypatch.setattr(my_runs, "my_runs", ends)
    at.run()
    assert run.state == "finished"
    assert not field(at, "train_epochs").disabled


def test_rate_and_momentum_change_while_it_trains_and_nothing_else(made: MadeRuns) -> None:
    """They are sent at once; the change is marked in the curves, and stands on the run's card."""
    at, run = started(made)
    trained(run)
    at.run()
    assert field(at, "train_epochs").disabled
    assert widget(at.selectbox, "train_recipe").disabled
    field(at, "train_lr").set_value("0.5").run()
    field(at, "train_momentum").set_value("0.25").run()
    assert [("change", {"lr": 0.5}), ("change", {"momentum": 0.25})] == made.asked
    run.add_record(Change(100, lr=0.5))
    at.run()
    assert [{"x": 100, "label": "lr 0.5"}] == sent(at)["marks"]
    assert "after step 100 lr 0.5" in said(at)


def test_a_rate_changed_in_mid_run_is_not_the_next_runs(made: MadeRuns) -> None:
    """After the run the fields hold what it was started with; a rate that is typed then is the next run's."""
    at, run = started(made, train_lr="0.05", train_momentum="0.5")
    trained(run)
    at.run()
    field(at, "train_lr").set_value("5").run()
    run.add_record(Change(100, lr=5.0))
    run.add_record(Change(110, momentum=0.75))
    at.run()
    assert (5, 0.75) == (float(field(at, "train_lr").value), float(field(at, "train_momentum").value))
    made.end(run, "stopped")
    at.run()
    assert (0.05, 0.5) == (float(field(at, "train_lr").value), float(field(at, "train_momentum").value))
    assert "0.05" == link_of(at)["train_lr"]
    field(at, "train_lr").set_value("0.25").run()
    assert 0.25 == float(field(at.run(), "train_lr").value)


def test_an_emptied_rate_does_not_end_the_learning(made: MadeRuns) -> None:
    """The run keeps its rate, and the reason stands beside the field."""
    at, run = started(made)
    trained(run)
    run.add_record(Change(100, lr=0.5))
    field(at.run(), "train_lr").set_value("").run()
    assert [] == made.asked
    assert "" == field(at, "train_lr").value
    assert "This is empty. Type a number from 0 to 10." in shown_text(said(at))


def test_a_link_to_a_run_that_is_gone_says_so(made: MadeRuns) -> None:
    """Instead of the plain page, on which a student would look for the run in vain."""
    at = open_train(run="gone")
    assert any("is not known here any more" in info.value for info in at.info)
    assert not any("is not known here" in info.value for info in open_train().info)


def test_a_stopped_runs_command_stops_where_it_did(made: MadeRuns) -> None:
    """And the accuracy on its card names the step at which it was measured."""
    at, run = started(made)
    trained(run).add_record(Steps(150, [0.2] * 50, 3.0, 3200.0, [0.9] * 50))
    made.end(run)
    at.run()
    assert any("--stop-after 150" in code.value for code in at.code)
    assert "95.00% right at the last test, after step 100" in said(at)


def test_a_stopped_run_goes_on_or_a_new_one_starts(made: MadeRuns) -> None:
    """Resume is the same run; Start another."""
    at, run = started(made)
    made.end(trained(run))
    at.run()
    assert {"start", "pause", "step", "epoch"} == enabled(at)
    assert "Resume" == at.button(key="train_pause").label
    click(at, "pause")
    assert [("resume a stopped run", {})] == made.asked
    run.state = "stopped"
    click(at.run(), "start")
    assert 2 == len(made.all)


def test_one_step_of_a_stopped_run_resumes_it(made: MadeRuns) -> None:
    """And trains no second step."""
    at, run = started(made)
    made.end(trained(run))
    click(at.run(), "step")
    assert ["resume a stopped run", "step"] == [command for command, _ in made.asked]


def test_a_finished_run_cannot_go_on(made: MadeRuns) -> None:
    """Its last step is trained; what can be pressed starts another."""
    at, run = started(made)
    made.end(trained(run), "finished")
    at.run()
    assert {"start", "step", "epoch"} == enabled(at)
    assert "Pause" == at.button(key="train_pause").label


def test_a_watcher_sees_everything_and_steers_nothing(made: MadeRuns) -> None:
    """Whose run it is is said; the settings stay free, and Start begins one of their own."""
    run = trained(made.add(Run("others", config(), owner="somebody")))
    run.probe = probe(100, list(range(10)))
    at = open_train(run="others")
    assert "counts as somebody else's" in said(at)  # AppTest's browser keeps no cookie
    assert {"start"} == enabled(at)
    assert "Only who started this run can steer it." == at.button(key="train_stop").help
    assert not field(at, "train_epochs").disabled
    field(at, "train_lr").set_value("0.3").run()
    assert [] == made.asked
    assert 100 == sent(at)["charts"][0]["curves"][0]["x"][-1]
    click(at, "start")
    assert "run-1" == at.session_state["run"]


# ---- what is shown


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("target", "Ended at the accuracy that you set"),
        ("time", "Ended after the seconds that you set"),
        ("diverged", "the learning rate 0.0715 is too high for this network. Try 0.00715"),
        ("idle", "Ended: nobody looked for 10 minutes"),
        ("timeout", "Ended after 60 minutes, this server's limit"),
        ("interrupted", "Interrupted: the server went down"),
        ("cancelled", "Cancelled before the first step"),
        ("failed", "Broken off"),
    ],
)
def test_every_end_is_said(made: MadeRuns, state: str, words: str) -> None:
    """Never an end without its reason."""
    at, run = started(made)
    made.end(trained(run), state)
    assert words in said(at.run())
    assert not at.exception


def test_after_a_rate_too_large_a_smaller_one_is_one_click_away(made: MadeRuns) -> None:
    """The button starts it, and the field shows it: not the tenth of 5, which is too large as well."""
    at, run = started(made, train_recipe="lecture", train_lr="5")
    made.end(trained(run), "diverged")
    click(at.run(), "other_lr")
    assert 0.01 == made.all[-1].config.lr
    assert 0.01 == float(field(at, "train_lr").value)


def test_the_offline_digits_are_offered_where_they_lead_out(made: MadeRuns) -> None:
    """For data that cannot be had, and nothing else."""
    at, run = started(made, train_recipe="lecture")
    run.error = say(
        "There is no {wanted} device on this machine. Choose one of {present}, or auto.", wanted="cuda", present="cpu"
    )
    run.state = "failed"
    assert "train_offline" not in {button.key for button in at.run().button}
    run.lacks_data = True
    click(at.run(), "offline")
    assert "offline" == made.all[-1].config.data


def test_the_offline_digits_are_not_offered_where_they_are_refused(made: MadeRuns) -> None:
    """1,000 of them in batches of 999 leave one by itself, which BatchNorm on a single pixel does not take."""
    at, run = started(made, train_network="1_1x28x28_c1-2-28_b2_f_l2-10", train_batch_size="999")
    run.lacks_data, run.state = True, "failed"
    assert "train_offline" in {button.key for button in at.run().button}
    field(at, "train_images").set_value("1000").run()
    assert "train_offline" not in {button.key for button in at.button}


def guessing(run: Run, steps: int, loss: float = 2.3) -> None:
    """The run after so many steps at the level of guessing; its first loss was 2.3."""
    run.add_record(STARTED)
    losses = [2.3, *[loss] * (steps - 1)]
    run.add_record(Steps(steps, losses, 2.0, 3200.0, [0.1] * steps, run.config.lr, {"conv1": 0.5, "fc": 0.1}))


def test_a_network_that_only_guesses_is_noticed(made: MadeRuns) -> None:
    """The issue's 96 steps at 10 % after a loss that leapt; the same number of good steps is no trouble."""
    at, run = started(made, train_recipe="lecture", train_lr="1", train_images="2000", train_epochs="3")
    trained(run, 96)
    assert "no more images than guessing" not in said(at.run())
    run.forget()
    guessing(run, 96, loss=4.0)
    assert "After 96 steps it reads no more images than guessing would: the loss leapt from 2.30 to 4" in said(at.run())
    assert "train_other_lr" not in {button.key for button in at.button}
    made.end(run, "finished")
    click(at.run(), "other_lr")
    assert (0.01, 2000) == (made.all[-1].config.lr, made.all[-1].config.images)


def test_where_the_steps_are_too_small_a_larger_rate_is_one_click_away(made: MadeRuns) -> None:
    """The rate that suits the optimizer; a tenth of one that is too small already would be no way out."""
    at, run = started(made, train_recipe="lecture", train_lr="0.00001")
    guessing(run, 60)
    assert "with a learning rate of 1e-05 the steps are too small. Try 0.01." in said(at.run())
    made.end(run, "stopped")
    click(at.run(), "other_lr")
    assert 0.01 == made.all[-1].config.lr


def test_notices_and_errors_are_said(made: MadeRuns) -> None:
    """And the way that needs no network is offered where nothing was trained yet."""
    at, run = started(made)
    run.state, run.lacks_data = "failed", True
    run.notices.append(say("There is no folder {folder}.", folder="here"))
    run.error = say("{name} cannot be read.", name="this file")
    text = said(at.run())
    assert "There is no folder here." in text
    assert "this file cannot be read." in text
    click(at, "offline")
    assert "offline" == made.all[-1].config.data


def test_curves_gradients_and_rate_share_the_steps(made: MadeRuns) -> None:
    """Train and test accuracy on one axis; a line a layer; the planned rate as far as the run shall go."""
    at, run = started(made)
    trained(run)
    at.run()
    loss, accuracy = sent(at)["charts"]
    assert [100, 100, 100] == [curve["x"][-1] for curve in (loss["curves"][0], *accuracy["curves"])]
    assert 0.95 == accuracy["curves"][1]["y"][-1]
    gradients, rate = sent(at, 2)["charts"]
    assert ["conv1", "conv2", "fc"] == [curve["label"] for curve in gradients["curves"]]
    assert [0, 1, 2] == [curve["dash"] for curve in gradients["curves"]]
    assert [9380, 100] == [curve["x"][-1] for curve in rate["curves"]]


def test_the_matrix_of_the_last_test_is_an_address_away(made: MadeRuns) -> None:
    """Before the first test none; then the predictions' address, which changes with the test and not with the step."""
    at, run = started(made)
    assert ("", list("0123456789")) == (sent(at, CONFUSION)["address"], sent(at, CONFUSION)["names"])
    trained(run).folder = made.folder
    assert "" == sent(at.run(), CONFUSION)["address"]  # a run from before predictions were kept
    for step in (100, 938):
        predictions = {"pair": np.zeros(10, np.uint8), "probability": np.zeros(10, np.uint8)}
        (made.folder / PREDICTIONS).write_bytes(save(predictions, {"step": str(step)}))
        told = sent(at.run(), CONFUSION)
        assert (f"predictions/{run.id}/step-{step}", round(step / 938, 2)) == (told["address"], told["epoch"])
        run.add_record(Steps(step + 1, [0.2], 2.1, 3200.0, [0.9]))
        assert told == sent(at.run(), CONFUSION)


def test_ten_digits_tell_how_they_changed_their_minds(made: MadeRuns) -> None:
    """The 3 was an 8; another run's digits begin anew."""
    at, run = started(made)
    trained(run).probe = probe(50, [0, 1, 2, 8, 4, 5, 6, 7, 8, 9])
    at.run()
    run.probe = probe(60, list(range(10)))
    at.run()
    assert [[2], [8, 3], [4]] == sent(at, 1)["answers"][2:5]
    assert "Weights of conv1" == sent(at, 1)["words"]["kernels"]
    assert "This {label} as conv2 gets it" == sent(at, 1)["words"]["maps"]
    made.end(run)
    click(at.run(), "start")
    trained(other := made.all[-1]).probe = probe(5, list(range(10)))
    at.run()
    assert other.id != run.id
    assert [[3]] == sent(at, 1)["answers"][3:4]


@pytest.mark.parametrize("tested", [True, False])
def test_a_run_that_went_nan_shows_no_answer_where_there_is_none(made: MadeRuns, tested: bool) -> None:
    """No digit read, none right, no probability, map or kernel; no accuracy now, in curves, card, list and files."""
    at, run = started(made, train_data="offline")
    trained(run).probe = probe(100, list(range(10)))
    at.run()
    made.end(went_nan(run, tested), "diverged")
    at.run()
    digits = sent(at, 1)
    assert [None] * 4 == [digits[name] for name in ("probabilities", "maps", "kernels", "change")]
    assert [[digit, None] for digit in range(10)] == digits["answers"]
    assert "no answer any more" in digits["words"]["empty"]
    for curve in (curve for chart in sent(at)["charts"] for curve in chart["curves"] if curve["label"] != "test"):
        assert curve["y"][-1] is None
    assert "right" not in said(at)
    assert not re.search(r"\bnan", said(at).replace("NaN", ""))
    assert [] == [button.label for button in at.button if "right" in button.label]
    assert not at.exception


def test_only_digits_that_have_an_answer_are_counted(made: MadeRuns) -> None:
    """Where some outputs are still numbers, those digits are read and the others are not."""
    at, run = started(made)
    tensors = load(probe(100, list(range(10))))
    tensors["probabilities"][:4] = np.nan
    trained(run).probe = save(tensors)
    at.run()
    assert [[None]] * 4 + [[digit] for digit in range(4, 10)] == sent(at, 1)["answers"]
    assert [None] * 4 == sent(at, 1)["probabilities"][:4]


def test_a_long_run_sends_no_more_than_a_short_one(made: MadeRuns) -> None:
    """After 50,000 steps the curves have as many points as after some hundred, the first and the last among them."""
    at, run = started(made)
    for _ in range(10):
        trained(run, 100)
    for step in range(1100, 50_001, 100):
        run.add_record(Steps(step, [0.1] * 100, 2.0, 3200.0, [0.9] * 100, 0.01, {"conv1": 0.5}))
    at.run()
    charts = sent(at)["charts"] + sent(at, 2)["charts"]
    curves = [curve for chart in charts for curve in chart["curves"]]
    assert max(len(values_of(curve)) for curve in curves) <= limits.MAX_POINTS_DRAWN
    steps = steps_of(curves[0])
    assert steps[0] <= 200
    assert steps[-1] >= 49_900


def test_before_a_run_the_digits_invite(made: MadeRuns) -> None:
    """One of each, unread."""
    view = sent(open_train(), 1)
    assert list(range(10)) == view["labels"]
    assert view["probabilities"] is None
    assert "Press Start" in view["words"]["empty"]


def test_the_card_has_everything_to_repeat_the_run(made: MadeRuns) -> None:
    """Settings unlike the lecture's, device, versions, whether a resume is exact, and the command."""
    at, run = started(made, train_data="offline", train_seed="5")
    made.end(trained(run))
    text = said(at.run())
    for words in ("label smoothing 0.1", "one-cycle schedule", "| 5 |", "torch 2.15", "cpu, threads: 1", "exact"):
        assert words in text
    field(at, "train_seed").set_value("6").run()
    commands = [code.value for code in at.code if code.language == "bash"]
    assert ["--seed 5", "--seed 6"] == [next(w for w in ("--seed 5", "--seed 6") if w in c) for c in commands]


def test_the_card_has_the_layers_of_ones_own_network(made: MadeRuns) -> None:
    """Its name says how large it is, the card what it is."""
    at, _ = started(made, train_network="1_1x28x28_f_l784-20_r_l20-10")
    text = said(at)
    assert "own network, 15,910 parameters" in text
    assert "| `Flatten()`, `Linear(784, 20)`, `ReLU()`, `Linear(20, 10)` |" in text


def test_the_cards_settings_can_be_taken_for_the_next_run(made: MadeRuns) -> None:
    """All fields, the network too."""
    run = trained(made.add(Run("others", config(lr=0.25, optimizer="adam", seed=9), owner="somebody")))
    made.end(run)
    at = open_train(run="others")
    click(at, "take_settings")
    assert run.config == asked(at, made)


def test_a_runs_files_are_offered(made: MadeRuns) -> None:
    """Each is made when it is asked for: none of them is sent along with the page."""
    at, run = started(made)
    made.end(trained(run))
    at.run()
    buttons = [button.proto for button in at.get("download_button") if "train_script_here" not in button.proto.id]
    labels = [button.label for button in buttons]
    files = ["train.py", "state_dict.pt", "weights.safetensors", "metrics.csv", "TensorBoard"]
    files += ["run.json", "metrics.jsonl"]
    assert files == labels
    assert all(use in said(at) for use in USES.values())  # each says what it is for
    assert {""} == {button.url for button in buttons}


def test_a_file_of_a_run_that_was_deleted_meanwhile_says_so(made: MadeRuns, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another tab deleted it: the learner reads a sentence, the server's log has nothing; the script is still made."""
    files: list[Callable[[], bytes | str]] = []
    monkeypatch.setattr(
        run_files, "content_or_apology", lambda *what: files.append(content_or_apology(*what)) or files[-1]
    )
    at, run = started(made)
    made.end(trained(run))
    at.run()
    script, _, weights, csv, _, description, metrics = files[-len(USES) :]
    assert isinstance(weights(), bytes)
    shutil.rmtree(run.folder)
    assert {"This is not the file"} == {file()[:20] for file in (weights, csv, description, metrics)}
    assert "import torch" in script()


def test_the_page_has_the_script_of_its_settings(made: MadeRuns) -> None:
    """What Start would train, as a file that trains alone."""
    at = open_train(train_recipe="lecture", train_optimizer="adam")
    script = next(code.value for code in at.code if "import torch" in code.value)
    assert "torch.optim.Adam(" in script
    compile(script, "train.py", "exec")


def test_my_runs_open_by_a_click(made: MadeRuns) -> None:
    """The newest first: network, recipe, accuracy, a time that no line breaks; the one on screen is not offered."""
    at, first = started(made)
    made.end(trained(first))
    click(at.run(), "start")
    open_first = at.button(key=f"train_open_{first.id}")
    assert "simple CNN, Fast: 98% within seconds" == shown_text(open_first.label)
    now, before = figures(at)
    assert "on screen · under way" == now
    assert re.fullmatch(r"95\.00% right · 0:02\.0 · \d{4}\u2011\d\d\u2011\d\d\u00a0\d\d:\d\d", before)
    open_first.click().run()
    assert (first.id, first.id) == (at.session_state["run"], link_of(at)["run"])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_both_languages_say_every_part(made: MadeRuns, language: str) -> None:
    """Recipes, states, the digits' words."""
    at, run = started(made, lang=language)
    made.end(trained(run))
    at.run()
    assert not at.exception
    words = json.dumps([sent(at, 1)["words"], said(at)], ensure_ascii=False)
    assert (language == "zh") == ("十个测试数字" in words)
    assert len(RECIPE_NAMES) <= len(widget(at.selectbox, "train_recipe").options)
