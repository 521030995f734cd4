"""The Compare page: every button is pressed, on made-up runs; who trains them is the Train page's matter."""

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from explorer.components.run_looks import LOOKS
from explorer.core import limits
from explorer.core.errors import SettingError, say
from explorer.core.network.link import decode
from explorer.core.network.networks import EXERCISE
from explorer.core.run.comparison import COMPARISONS
from explorer.core.run.records import Epoch
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.run_folder import read_records
from explorer.runs.run import Run
from explorer.runs.runs import Runs
from tests.pages.app import APP, link_of, open_page, sent, shown_text, widget
from tests.pages.made_runs import MadeRuns, went_nan
from tests.trained_runs import trained_run

TOKEN, SOMEBODY = "token", "somebody else"
ME = hashlib.sha256(TOKEN.encode()).hexdigest()[:32]  # as a learner is known by a cookie's token
PAGE = "explorer/pages/compare.py"
EXAMPLES = Path(APP).parent / "explorer/lessons/runs/exercise"


def open_compare(**link: str) -> AppTest:
    return open_page("compare", TOKEN, **link)


def legend(at: AppTest) -> list[str]:
    """The lines of the loss chart, as they are called; those of the accuracy chart are called alike."""
    losses, accuracies = ([curve["label"] for curve in chart["curves"]] for chart in sent(at)["charts"])
    assert losses == accuracies
    return losses


def table(at: AppTest) -> list[list[str]]:
    return [[cell["text"] for cell in row["cells"]] for row in sent(at, 1)["rows"]]


def texts(at: AppTest) -> str:
    return shown_text(" ".join(element.value for element in at.markdown))


def finish(made: MadeRuns) -> None:
    """Every run that is under way ends."""
    for place, run in enumerate(made.all):
        if run.unfinished:
            done = trained_run(run.id, run.config, run.owner)
            run.losses, run.clock, run.epochs, run.latest = done.losses, done.clock, done.epochs, done.latest
            run.started, run.step, run.state = done.started, done.step, "finished"
            assert run is made.all[place]


def guess(at: AppTest, name: str) -> AppTest:
    return at.button(key=f"task_guess_{name}").click().run()


def test_who_has_no_run_is_asked_before_the_exercise_is_answered(made: MadeRuns) -> None:
    """Two runs that came with the app, as far as their first epoch: nothing on the page tells how they end."""
    at = open_compare()
    assert ["exercise's network", "simple CNN"] == legend(at)
    assert [2814, 938] == [sent(at)["x_max"], sent(at)["charts"][1]["curves"][0]["x"][-1]]
    assert "which network reads more of the test images" in texts(at)
    assert "The lecture’s exercise, step by step" in [link.proto.label for link in at.get("page_link")]
    assert "The exercise's answer" not in texts(at)
    assert ["Guess first"] * 2 == [row[-1] for row in table(at)]
    records = [record for folder in EXAMPLES.iterdir() for record in read_records(folder) if isinstance(record, Epoch)]
    everything = json.dumps([sent(at), sent(at, 1)]) + texts(at)
    for accuracy in (record.test_accuracy for record in records if record.epoch >= 2):
        assert not [text for text in (f"{accuracy:.2%}", f"{accuracy}") if text in everything]
    assert not at.get("plotly_chart")
    assert not at.exception


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("exercise", "Your guess was: The exercise's network."),
        ("simple", "You guessed right."),
        ("neither", "Your guess was: About the same"),
        ("none", "The exercise's answer"),
    ],
)
def test_a_guess_shows_the_rest_and_what_it_was_worth(made: MadeRuns, name: str, said: str) -> None:
    """Curves to their end, the numbers, the picture of cost; who only wants to see may."""
    at = guess(open_compare(), name)
    assert said in texts(at)
    assert "The exercise's answer: the exercise's network reads **97." in texts(at)
    assert ["Finished"] * 2 == [row[-1] for row in table(at)]
    assert "Trained beforehand" in at.caption[-1].value
    assert at.get("plotly_chart")
    assert "which network reads more" not in texts(at)


def test_ones_own_runs_answer_after_a_guess_too(made: MadeRuns) -> None:
    """While they train one may still guess; the verdict waits for their end."""
    ready = [trained_run(f"r{n}", TrainConfig(**one), ME) for n, one in enumerate(COMPARISONS["exercise"])]
    ready[1].state = "running"
    made.all = ready
    at = open_compare(compare_runs="r0,r1")
    assert "which network reads more" in texts(at)
    assert "**90.00%**" not in texts(at)
    guess(at, "neither")
    assert "So far: the exercise's network reads **90.00%**" in texts(at)
    assert "chance" not in texts(at).partition("####")[0]
    assert "You guessed right." not in texts(at)
    ready[1].state = "finished"
    assert "You guessed right." in texts(at.run())


def test_one_click_starts_a_comparison_piece_by_piece(made: MadeRuns) -> None:
    """Four runs, three at a time: the fourth begins when a place is free; then all four are shown together."""
    at = open_compare()
    at.button(key="compare_start_rates").click().run()
    assert [0.001, 0.01, 0.1] == [run.config.lr for run in made.all]
    rates = ["learning rate 0.001", "learning rate 0.01", "learning rate 0.1", "learning rate 1"]
    assert rates == legend(at)
    assert "1 more to start: each learner has 3 runs at a time. Keep this page open." == at.caption[-1].value
    assert ["Waits: 1 of 3", "Waits: 2 of 3", "Waits: 3 of 3", "Not started yet."] == [row[-1] for row in table(at)]
    looks = [curve["color"] for curve in sent(at)["charts"][0]["curves"]]
    finish(made)
    at.run()
    assert rates == legend(at)
    assert looks == [curve["color"] for curve in sent(at)["charts"][0]["curves"]]
    assert 4 == len(made.all)
    finish(made)
    at.run()
    assert ["Finished"] * 4 == [row[-1] for row in table(at)]
    assert "Ahead: **learning rate 0.001**, **90.00%** of the test images." in texts(at)
    assert not at.exception


def test_what_was_trained_already_is_used_again(made: MadeRuns) -> None:
    """A run with the same settings that ended, or trains, is shown and not started anew; a failed one is."""
    ready = [TrainConfig(**overrides) for overrides in COMPARISONS["exercise"]]
    made.all = [trained_run("there", ready[0], ME), trained_run("not mine", ready[1], SOMEBODY)]
    failed = trained_run("failed", ready[1], ME)
    failed.state = "failed"
    made.all.append(failed)
    at = open_compare()
    at.button(key="compare_start_exercise").click().run()
    assert "there,run-3" == link_of(at)["compare_runs"]
    assert (EXERCISE, ME) == (made.all[3].config.network, made.all[3].owner)


def test_what_was_stopped_goes_on(made: MadeRuns) -> None:
    """A run that can be resumed is, where the comparison wants it."""
    stopped = trained_run("stopped", TrainConfig(**COMPARISONS["exercise"][0]), ME, steps=30)
    stopped.state, stopped.resumable = "stopped", True
    made.all = [stopped]
    open_compare().button(key="compare_start_exercise").click().run()
    assert "queued" == stopped.state
    assert 2 == len(made.all)


def test_stop_stops_what_is_under_way_and_what_waits(made: MadeRuns) -> None:
    """Nothing begins afterwards."""
    at = open_compare()
    assert at.button(key="compare_stop").disabled
    at.button(key="compare_start_shuffled").click().run()
    at.button(key="compare_stop").click().run()
    assert [("stop", {})] * 3 == made.asked
    at.run()
    assert ["stopped"] * 3 == [run.state for run in made.all]
    assert at.button(key="compare_stop").disabled


def test_a_stop_that_is_refused_says_so(made: MadeRuns, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where another server has the run, and the disk refuses the question: a sentence, no failed page."""

    def refuse(*_: object) -> None:
        raise SettingError("A run is asked for its {name} only.", name="loss")

    at = open_compare()
    at.button(key="compare_start_exercise").click().run()
    monkeypatch.setattr(Runs, "steer", refuse)
    at.button(key="compare_stop").click().run()
    assert not at.exception
    assert ["A run is asked for its loss only."] == [error.value for error in at.error]
    assert [] == at.run().error


def test_a_full_server_is_tried_again(made: MadeRuns, monkeypatch: pytest.MonkeyPatch) -> None:
    """The learner reads why nothing begins; with a place it begins by itself."""
    monkeypatch.setattr(limits, "MAX_RUNS_KEPT", 2)
    others = [made.add(Run(name, TrainConfig(), SOMEBODY)) for name in ("one", "another")]
    at = open_compare()
    at.button(key="compare_start_exercise").click().run()
    assert at.caption[-1].value.startswith("2 runs are waiting")
    for run in others:
        run.state = "finished"
    at.run()
    assert ["run-2", "run-3"] == [run.id for run in made.all if run.unfinished]


@pytest.mark.parametrize("tested", [True, False])
def test_a_run_that_went_nan_wins_nothing(made: MadeRuns, tested: bool) -> None:
    """No accuracy now in the table, its file and the sentence, however good it was before; the other one is ahead."""
    lost = went_nan(Run("lost", TrainConfig(lr=1), ME), tested)
    lost.state = "diverged"
    others = [trained_run(f"r{n}", TrainConfig(epochs=n), ME, accuracy=n / 10) for n in (3, 5)]
    made.all = [lost, *others]
    at = open_compare(compare_runs="lost,r3,r5")
    assert ["95.00%", "–"] == table(at)[0][3:5]
    assert ["0.95", ""] == next(csv.reader(sent(at, 1)["file"].splitlines()[1:]))[3:5]
    assert "**50.00%**" in texts(at)
    assert "95.00%" not in texts(at)
    made.all = [lost]
    assert "Ahead" not in texts(open_compare(compare_runs="lost"))


def test_shuffled_pixels_are_answered_in_a_sentence(made: MadeRuns) -> None:
    """How far the CNN falls and how far the dense net, in points of accuracy."""
    accuracies = (0.98, 0.95, 0.93, 0.932)
    pairs = zip(COMPARISONS["shuffled"], accuracies, strict=True)
    made.all = [trained_run(f"r{n}", TrainConfig(**one), ME, top) for n, (one, top) in enumerate(pairs)]
    at = open_compare()
    assert "the CNN's test accuracy by **−3.0** points, the dense net's by **+0.2**." in texts(at)


def test_a_link_restores_the_screen(made: MadeRuns) -> None:
    """Other learners' runs too, whose ids it names; the x axis, the raw loss, the logarithm."""
    made.all = [trained_run("a", TrainConfig(epochs=2), SOMEBODY), trained_run("b", TrainConfig(epochs=3), SOMEBODY)]
    link = {"compare_runs": "b,a", "compare_x": "images", "compare_smooth": "false", "compare_log": "true"}
    at = open_compare(**link)
    assert ["3 epochs", "2 epochs"] == legend(at)
    drawn = sent(at)
    assert ("Images seen", 3 * 1250) == (drawn["x_label"], drawn["x_max"])
    assert drawn["charts"][0]["log"]
    assert {"raw"} == {curve["style"] for curve in drawn["charts"][0]["curves"]}
    assert [1250, 2500, 3750] == drawn["charts"][1]["curves"][0]["x"]
    assert link == {name: value for name, value in link_of(at).items() if name in link}
    assert at.button(key="compare_stop").disabled


def test_seconds_are_the_runs_own(made: MadeRuns) -> None:
    """Two runs as long in steps, one twice as slow: its curve is twice as long, and half a run has half its time."""
    slow = trained_run("slow", TrainConfig(epochs=2, seed=1), ME)
    slow.clock.__init__()
    slow.clock.extend([step / 50 for step in range(1, 41)], 1)
    made.all = [trained_run("fast", TrainConfig(epochs=2), ME), slow]
    drawn = sent(open_compare(compare_runs="fast,slow", compare_x="seconds"))
    assert [0.4, 0.8] == [curve["x"][-1] for curve in drawn["charts"][1]["curves"]]
    assert not drawn["x_whole"]


def test_ticking_a_run_shows_it_and_the_others_keep_their_looks(made: MadeRuns) -> None:
    """Unticked and ticked again, a run takes the first look that is free."""
    made.all = [trained_run(f"r{n}", TrainConfig(seed=n, epochs=1), ME) for n in range(3)]
    at = open_compare(compare_runs="r0,r1,r2")
    widget(at.checkbox, "compare_show_r1").uncheck().run()
    assert ["seed 0", "seed 2"] == legend(at)
    assert [LOOKS[0].color, LOOKS[2].color] == [curve["color"] for curve in sent(at)["charts"][0]["curves"]]
    assert "r0,r2" == link_of(at)["compare_runs"]
    widget(at.checkbox, "compare_show_r1").check().run()
    assert ["seed 0", "seed 1", "seed 2"] == legend(at)


def test_a_tick_from_before_another_choice_was_heard_of_changes_nothing(made: MadeRuns) -> None:
    """A browser that has not heard that a comparison took all places sends boxes as they were: none of them comes."""
    made.all = [trained_run(f"r{n}", TrainConfig(seed=n, epochs=1), ME) for n in range(3)]
    at = open_compare(compare_runs="r0,r1")
    late = at._tree
    for box in at.checkbox:
        box.set_value(box.value)
    at.session_state["compare_runs"] = [None, None, "r2", *[None] * (len(LOOKS) - 3)]
    at.run()
    at._tree = late
    widget(at.checkbox, "compare_show_r1").uncheck().run()
    assert "r2" == link_of(at)["compare_runs"]


def test_what_a_button_shows_stands_first_among_the_boxes(made: MadeRuns) -> None:
    """However many runs came later: the list scrolls. A tick moves no box."""
    ready = [trained_run(f"r{n}", TrainConfig(**one), ME) for n, one in enumerate(COMPARISONS["exercise"])]
    made.all = [*ready, *(trained_run(f"s{n}", TrainConfig(seed=n, epochs=1), ME) for n in range(8))]
    at = open_compare()
    at.button(key="compare_start_exercise").click().run()
    boxes = [box.key.rpartition("_")[0] for box in at.checkbox]
    assert ["compare_show_r0", "compare_show_r1", "compare_show_s7"] == boxes[:3]
    widget(at.checkbox, "compare_show_s0").check().run()
    widget(at.checkbox, "compare_show_r0").uncheck().run()
    assert boxes == [box.key.rpartition("_")[0] for box in at.checkbox]


def test_a_ninth_run_waits_for_a_look(made: MadeRuns) -> None:
    """As many runs as can be told apart; the box of another says what to do."""
    made.all = [trained_run(f"r{n}", TrainConfig(seed=n, epochs=1), ME) for n in range(len(LOOKS) + 1)]
    at = open_compare(compare_runs=",".join(f"r{n}" for n in range(len(LOOKS))))
    box = widget(at.checkbox, f"compare_show_r{len(LOOKS)}")
    assert box.disabled
    assert box.help == "8 runs at most: untick one of them first."


def test_a_run_that_needs_data_offers_the_offline_digits(made: MadeRuns) -> None:
    """One sentence for all that failed alike, and one click that trains the same comparison without a network."""
    at = open_compare()
    at.button(key="compare_start_exercise").click().run()
    for run in made.all:
        run.state, run.error = "failed", say("{folder} holds no saved run: {reason}.", folder="f", reason="r")
    at.run()
    assert ["f holds no saved run: r."] == [error.value for error in at.error]
    assert "compare_offline" not in [button.key for button in at.button]  # other data would not help
    for run in made.all:
        run.lacks_data = True
    at.run()
    at.button(key="compare_offline").click().run()
    assert ["offline", "offline"] == [run.config.data for run in made.all[2:]]
    assert "Accuracy on offline digits" == sent(at)["charts"][1]["title"]


def test_the_data_are_the_learners_choice(made: MadeRuns) -> None:
    """The same as on the Train page, and under its name in the link."""
    at = open_compare()
    at.selectbox(key="train_data").select("offline").run()
    at.button(key="compare_start_exercise").click().run()
    assert {"offline"} == {run.config.data for run in made.all}


def test_the_tables_file_has_the_tables_figures(made: MadeRuns) -> None:
    """Unrounded numbers under the same heads; what is not there yet is an empty field."""
    config = TrainConfig(epochs=2)
    made.all = [trained_run("a", config, ME), Run("b", TrainConfig(epochs=2, lr=0.1), ME)]
    at = open_compare(compare_runs="a,b")
    heads, trained, waiting = csv.reader(sent(at, 1)["file"].splitlines())
    assert sent(at, 1)["heads"] == heads
    assert ["learning rate 0.01", "8490", "467200", "0.9", "0.9", "2.0", "0.4", "6250", "Finished"] == trained
    assert ["learning rate 0.1", "8490", "467200", "", "", "0.0", "0.0", ""] == waiting[:-1]


def test_switches_change_the_picture_and_the_link(made: MadeRuns) -> None:
    """Over seconds, raw, logarithmic: as the link says afterwards."""
    at = open_compare()
    at.selectbox(key="compare_x").select("seconds").run()
    at.toggle(key="compare_smooth").set_value(False).run()
    at.toggle(key="compare_log").set_value(True).run()
    assert "Seconds of training" == sent(at)["x_label"]
    link = link_of(at)
    assert ("seconds", "false", "true") == (link["compare_x"], link["compare_smooth"], link["compare_log"])


def picture(at: AppTest) -> dict[str, Any]:
    """The plotly figure as it is sent."""
    return json.loads(at.get("plotly_chart")[0].proto.spec)


def test_what_was_reached_stands_over_what_it_cost(made: MadeRuns) -> None:
    """A point for each run that was tested; the choice of the cost is in the link, and in words for who cannot see."""
    short, long = trained_run("a", TrainConfig(epochs=2), ME), trained_run("b", TrainConfig(epochs=4), ME, 0.95)
    made.all = [short, long, trained_run("c", TrainConfig(epochs=3), ME, steps=5)]
    made.all[2].state = "stopped"
    at = open_compare(compare_runs="a,b,c")
    assert [("2 epochs", 0.4, 0.9), ("4 epochs", 0.8, 0.95)] == [
        (one["name"], one["x"][0], one["y"][0]) for one in picture(at)["data"]
    ]
    said = "Best accuracy over Seconds of training: 2 epochs: 90.00%, 0.4; 4 epochs: 95.00%, 0.8."
    assert said == at.get("plotly_chart")[0].proto.alt
    at.selectbox(key="compare_cost").select("num_params").run()
    assert [8490, 8490] == [one["x"][0] for one in picture(at)["data"]]
    assert "num_params" == link_of(at)["compare_cost"]
    linked = open_compare(compare_runs="a,b,c", compare_cost="mult_adds")
    assert [467200, 467200] == [one["x"][0] for one in picture(linked)["data"]]


def test_the_picture_waits_for_the_runs(made: MadeRuns) -> None:
    """None while a run is under way, and none of a single point."""
    made.all = [trained_run("a", TrainConfig(epochs=2), ME), trained_run("b", TrainConfig(epochs=4), ME)]
    made.all[1].state = "running"
    at = open_compare(compare_runs="a,b", compare_cost="mult_adds")
    assert not at.get("plotly_chart")
    assert "mult_adds" == link_of(at)["compare_cost"]
    made.all[1].state = "finished"
    assert at.run().get("plotly_chart")
    widget(at.checkbox, "compare_show_a").uncheck().run()
    assert not at.get("plotly_chart")


def test_the_page_speaks_chinese(made: MadeRuns) -> None:
    """?lang=zh: buttons, legend, sentence, table."""
    at = open_compare(lang="zh")
    assert "练习的网络与简单 CNN" == at.button(key="compare_start_exercise").label
    assert ["练习的网络", "简单 CNN"] == legend(at)
    assert "哪个网络识别正确的测试图像更多" in texts(at)
    assert "练习的答案" in texts(guess(at, "none"))
    assert sent(at, 1)["heads"][1].startswith("参数量")


def test_runs_that_are_called_alike_can_be_told_apart_where_they_are_chosen(made: MadeRuns) -> None:
    """Two networks of the learner's own, as large as each other, have two labels."""
    for number, last in enumerate(("l784-20_r_l20-10", "l784-20_l20-10")):
        network = decode(f"1_1x28x28_f_{last}").layers
        made.add(trained_run(f"r{number}", TrainConfig(network=network), ME))
    labels = [widget(open_compare().checkbox, f"compare_show_r{number}").label for number in range(2)]
    assert all("own network, 15,910 parameters" in label for label in labels)
    assert 2 == len({label.split("** ", 1)[-1] for label in labels})
