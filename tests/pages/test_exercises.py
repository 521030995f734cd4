"""The exercise panel on every page, pressed as a learner presses it."""

import json
import re
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from explorer.core.exercises.every import BY_NAME, EXERCISES
from explorer.core.exercises.progress import progress_text
from explorer.ui.exercises import panel
from tests.pages.app import at_page, link_of, open_page, sent

STORED = Path(__file__).parents[2] / "explorer/lessons/throughput.json"
PAGES = list(dict.fromkeys(exercise.page for exercise in EXERCISES))


def verdict(at: AppTest) -> dict[str, Any]:
    drawn = [one.proto for one in at.get("bidi_component") if one.proto.component_name == "exercise"]
    return json.loads(drawn[0].json)[0]


def answer(at: AppTest, text: str) -> AppTest:
    field = next(one for one in at.text_input if (one.key or "").startswith("exercise_answer_"))
    assert field.label == "Your answer"
    field.set_value(text)
    return next(one for one in at.button if one.label in ("Check", "检查")).click().run()


def hidden_cells(at: AppTest) -> list[list[int]]:
    return [grid["asked"] for grid in sent(at)["scene"]["grids"] if grid["asked"]]


def press(at: AppTest, name: str) -> AppTest:
    at.button(key=f"exercise_{name}").click().run()
    assert not at.exception
    return at


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_its_first_exercise_and_closes_it(page: str, made: object) -> None:
    """At first there is a button alone; what is open is in the link."""
    at = press(open_page(page), "open")
    first = next(exercise for exercise in EXERCISES if exercise.page == page)
    assert link_of(at)["exercise"] == first.name
    assert "exercise" not in link_of(press(at, "close"))


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_new_numbers_always_have_the_question(exercise: Any, made: object) -> None:
    """And the answer to be shown."""
    at = press(at_page(exercise.page, exercise=exercise.name).run(), "new")
    shown = verdict(press(at, "show"))
    assert shown["verdict"].startswith("The answer is")
    assert shown["chains"][0]["lines"]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_new_numbers_ask_anew(exercise: Any, made: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where chance draws the same question again: what was said of the numbers before is gone."""
    monkeypatch.setattr(panel, "new_seed", lambda: 5)
    at = press(press(at_page(exercise.page, exercise=exercise.name).run(), "new"), "show")
    assert verdict(at)["verdict"]
    assert "" == verdict(press(at, "new"))["verdict"]
    assert not at.button(key="exercise_show").disabled


def test_a_slip_is_told_with_both_chains(made: object) -> None:
    """The line at which they part is marked in the learner's."""
    told = verdict(answer(at_page("channels", exercise="channels_parameters").run(), "20"))
    assert told["kind"] == "wrong"
    assert "The input channels are forgotten" in told["verdict"]
    mine, right = told["chains"]
    assert [line["text"] for line in mine["lines"] if line["differs"]] == ["3·3·2 = 18"]
    assert right["lines"][-1]["text"] == "54 + 2 = 56"


def test_slips_with_one_answer_are_all_told(made: object) -> None:
    """The simple CNN's 500 may be the kernel's 5·5, or the map of an image of 32×32."""
    told = verdict(answer(at_page("network", exercise="network_in_features").run(), "500"))
    assert "one of several slips" in told["verdict"]
    assert "The kernel's size is taken for the map's" in told["verdict"]
    assert "The image is taken for 32×32" in told["verdict"]
    marked = [[line["text"] for line in chain["lines"] if line["differs"]] for chain in told["chains"]]
    assert marked == [["20·5·5 = 500"], ["conv1: 1×32×32 → 10×28×28"], []]


def test_what_is_no_answer_costs_nothing(made: object) -> None:
    """It says what is asked for; the question stays open, and what it asks for stays hidden."""
    at = answer(at_page("convolution", exercise="conv_output_size").run(), "5")
    assert verdict(at)["verdict"].startswith("2 numbers are asked for")
    assert not verdict(at)["chains"]
    at = answer(at, "5×5")
    assert verdict(at)["kind"] == "right"
    assert verdict(at)["progress"] == progress_text(["conv_output_size"])


def test_an_answer_that_was_shown_is_no_progress(made: object) -> None:
    """Whoever copies it has not predicted it."""
    at = answer(press(at_page("convolution", exercise="conv_cell").run(), "show"), "295")
    assert verdict(at)["kind"] == "right"
    assert verdict(at)["progress"] == ""


def test_a_changed_screen_asks_anew(made: object) -> None:
    """The verdict on other numbers goes."""
    at = answer(at_page("pooling", exercise="pool_output_size").run(), "2x2")
    assert verdict(at)["kind"] == "right"
    at.slider(key="pool_kernel_size").set_value(3).run()
    assert verdict(at)["kind"] == ""


def test_a_screen_without_the_question_says_so(made: object) -> None:
    """And new numbers have it."""
    at = at_page("convolution", exercise="conv_unread_rows").run()
    assert any("With stride 1 every row is read" in one.value for one in at.markdown)
    press(at, "new")
    assert int(link_of(at)["conv_stride"]) > 1


def test_what_is_opened_has_its_question(made: object) -> None:
    """Next, the list and the button make up numbers where the screen has none that suit it: here a stride above 1."""
    at = press(at_page("convolution", exercise="conv_output_size").run(), "next")
    assert link_of(at)["exercise"] == "conv_stride_size"
    assert int(link_of(at)["conv_stride"]) > 1
    shown = link_of(press(at, "close"))
    assert link_of(press(at, "open")) == shown | {"exercise": "conv_products"}  # which this screen has


def test_the_answer_does_not_stand_in_the_open_cell_by_chance(made: object) -> None:
    """The layer has 56 parameters, and the cell that is open at first is 56; with the answer it is there again."""
    at = at_page("channels", exercise="channels_parameters").run()
    assert hidden_cells(at) == [[1, 2]]
    assert hidden_cells(press(at, "show")) == []


def test_a_place_is_picked_until_it_is_found(made: object) -> None:
    """After a wrong answer too; a new question lets go of the cell that was picked."""
    at = at_page("pooling", exercise="pool_winner").run()
    first = sent(at)["scene"]["question"]
    at = answer(at, "1, 1")
    assert verdict(at)["kind"] == "wrong"
    assert (sent(at)["scene"]["pick"], sent(at)["scene"]["question"]) == ("Input", first)
    right = re.findall(r"\d+", verdict(press(at_page("pooling", exercise="pool_winner").run(), "show"))["verdict"])
    at = answer(at, ", ".join(right))
    assert verdict(at)["kind"] == "right"
    assert sent(at)["scene"]["pick"] == ""
    assert sent(press(at, "new"))["scene"]["question"] != first


def test_behind_a_pages_last_exercise_comes_the_next_pages_first(made: object) -> None:
    """In the lecture's order; behind the very last one the first."""
    for one, following in pairwise([*EXERCISES, EXERCISES[0]]):
        if one.page == following.page:
            continue
        at = at_page(one.page, exercise=one.name).run()
        assert not [button for button in at.button if button.key == "exercise_next"]
        links = [link.proto for link in at.get("page_link") if link.proto.label.startswith("Next: ")]
        link = next(one for one in links if "exercise=" in one.query_string)
        assert f"exercise={following.name}" == link.query_string
        assert following.page.replace("home", "") == link.page


def test_the_list_has_every_pages_exercises(made: object) -> None:
    """This page's open here, another's there, where it was left; what was answered is ticked."""
    at = at_page("pooling", exercise="pool_max_cell", progress=progress_text(["conv_cell"])).run()
    at.session_state["exercise_progress"] = True
    at.run()
    links = {link.proto.query_string: link.proto.label for link in at.get("page_link")}
    buttons = {button.key for button in at.button}
    for exercise in EXERCISES:
        assert f"exercise_{exercise.name}" in buttons or f"exercise={exercise.name}" in links
    assert links["exercise=conv_cell"].startswith("✓ 2. ")
    assert "**Convolution** 1 / 15" in [one.value for one in at.markdown]
    assert link_of(press(at, "pool_parameters"))["exercise"] == "pool_parameters"


def test_a_cell_is_answered_in_words_or_numbers(made: object) -> None:
    """And said as the picture says it; what is no cell says how one is written."""
    page = lambda: at_page("pooling", exercise="pool_winner").run()  # noqa: E731
    at = page()
    shown = verdict(press(at, "show"))
    cell = re.findall(r"\d+", shown["verdict"])
    assert "The answer is row" in shown["verdict"]
    assert verdict(answer(page(), f"row {cell[0]}, column {cell[1]}"))["kind"] == "right"
    assert verdict(answer(page(), f"({cell[0]}，{cell[1]})"))["kind"] == "right"
    assert "Row and column are swapped" in verdict(answer(page(), f"{cell[1]}, {cell[0]}"))["verdict"]
    assert "like 2, 3" in verdict(answer(page(), "7"))["verdict"]


@pytest.mark.parametrize("name", ["home_place", "compare_images"])
def test_what_the_screen_has_no_numbers_for_is_made_up(name: str, made: object) -> None:
    """From the first on, in the link; other ones each time that it is opened."""
    at = at_page(BY_NAME[name].page, exercise=name).run()
    seed = int(link_of(at)["exercise_numbers"])
    asked = str(BY_NAME[name].ask(BY_NAME[name].draw(Random(seed))).sentence)
    assert asked in [one.value for one in at.markdown]


def test_a_link_to_another_exercise_leaves_made_up_numbers_behind(made: object) -> None:
    """They were the question's before: on the Network page they would be a batch of thousands."""
    at = at_page("home", exercise="home_place").run()
    assert "exercise_numbers" in link_of(at)
    at.query_params.clear()
    at.query_params["exercise"] = "network_image_shape"
    at.switch_page("explorer/pages/network.py").run()
    assert link_of(at) == {"exercise": "network_image_shape"}
    assert any("(64, 784)" in one.value for one in at.markdown)


def test_compares_runs_are_asked_about(made: object) -> None:
    """The examples, as far as they are drawn: no number is made up where the screen has it."""
    at = at_page("compare", exercise="compare_more_read").run()
    assert "exercise_numbers" not in link_of(at)
    at = press(at, "show")
    asked = next(one.value for one in at.markdown if "more images" in one.value)
    ends = [float(end) for end in re.findall(r"([\d.]+)%", asked)]
    assert verdict(at)["verdict"] == f"The answer is {100 * (ends[0] - ends[1]):.0f}."


def test_home_keeps_back_what_it_asks_for(made: object) -> None:
    """The pixels' places, or the formulas; both are there again with the answer."""
    at = at_page("home", exercise="home_place").run()
    assert "x[?]" in sent(at)["words"]["flat_neighbours"]
    assert at.latex
    press(at, "show")
    assert "x[?]" not in sent(at)["words"]["flat_neighbours"]
    at = at_page("home", exercise="home_dense").run()
    assert not at.latex
    assert verdict(answer(at, "260"))["kind"] == "wrong"
    assert at.latex


def test_help_keeps_its_explanation_back(made: object) -> None:
    """Of the message in the field, one's own too; beside another message it stays, for it answers nothing."""
    at = at_page("help", exercise="help_in_features").run()
    assert "exercise_numbers" not in link_of(at)
    assert "nn.Linear(320, 10)" not in [one.value for one in at.code]
    at.text_area(key="help_message").set_value("mat1 and mat2 shapes cannot be multiplied (32x784 and 100x7)").run()
    told = verdict(answer(at, "100"))
    assert "This is what the layer has already" in told["verdict"]
    assert "nn.Linear(784, 7)" in [one.value for one in at.code]
    press(at, "new")
    codes = [one.value for one in at.code]
    assert "nn.Linear(784, 7)" in codes
    assert any(code.startswith("RuntimeError: mat1 and mat2") for code in codes)


def test_the_gpus_script_and_curve_are_asked_about(made: object) -> None:
    """Its batch size, and the curve's rate at it; a program that fails is made up, and stands with the question."""
    link = {"train_recipe": "lecture", "exercise": "gpu_batch_bytes"}
    assert verdict(answer(at_page("gpu", **link).run(), "200704"))["kind"] == "right"
    at = at_page("gpu", **link | {"exercise": "gpu_step_time"}).run()
    assert "exercise_numbers" not in link_of(at)
    rate = next(rate for size, rate in json.loads(STORED.read_bytes())["curves"][0]["points"] if size == 64)
    assert verdict(answer(at, f"{1000 * 64 / rate:.2f}"))["kind"] == "right"
    at = at_page("gpu", exercise="gpu_line").run()
    lines = next(one.value for one in at.code if "loader" in one.value).splitlines()
    told = verdict(press(at, "show"))["verdict"]
    assert lines[int(re.findall(r"\d+", told)[0]) - 1].split("= ")[1] in ("net(images)", "criterion(out, labels)")


def test_another_pages_exercise_is_told(made: object) -> None:
    """It is not opened, and the link's reader learns which are there."""
    at = at_page("pooling", exercise="conv_cell").run()
    assert "exercise" not in [one.key for one in at.text_input]
    assert any("conv_cell" in one.value and "pool_max_cell" in one.value for one in at.caption)


def test_a_link_brings_progress_along(made: object) -> None:
    """To another browser: the next exercise is the first that is not answered yet."""
    at = press(at_page("train", progress=progress_text(["train_steps"])).run(), "open")
    assert link_of(at)["exercise"] == "train_images_seen"
    assert verdict(at)["progress"] == progress_text(["train_steps"])
    assert BY_NAME["train_steps"].page == "train"
