"""A question in class, from both sides: the lecturer's page and a student's."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from explorer.classes.question import question_of
from explorer.core import limits
from explorer.core.exercises.slips import SLIPS
from explorer.ui.server_classes import server_classes
from tests.chinese import chinese
from tests.pages.app import link_of, open_page

FROM_ONE = SLIPS["counted_from_one"]


@pytest.fixture(autouse=True)
def _no_classes() -> Iterator[None]:
    server_classes.clear()
    yield
    server_classes.clear()


def words(at: AppTest) -> str:
    assert not at.exception
    return "\n".join(one.value for kind in ("markdown", "success", "warning", "info") for one in at.get(kind))


def press(at: AppTest, label: str) -> AppTest:
    return next(one for one in at.button if one.label == label).click().run()


def bars(at: AppTest) -> list[str]:
    return [one.proto.text for one in at.get("progress")]


def lecturer() -> AppTest:
    return press(open_page("lecturer", "the lecturer"), "Open a class")


def code(at: AppTest) -> str:
    return next(one.value.rpartition("code=")[2] for one in at.code if "code=" in one.value)


def student(name: str, code: str) -> AppTest:
    return open_page("in_class", name, code=code)


def answer(at: AppTest, text: str) -> AppTest:
    at.text_input[0].set_value(text)
    return press(at, "Send")


def test_a_question_from_its_asking_to_its_answer() -> None:
    """Nobody sees how answers are spread before the lecturer shows it; then a slip is called by its name."""
    front = lecturer()
    one, two = student("one", code(front)), student("two", code(front))
    assert "Where in the vector does the pixel in row 4, column 10 lie?" in words(one)
    assert "Sent: **93**." in words(answer(one, "93"))
    answer(two, "122")
    assert "2 of 2 students have answered." in words(front.run())
    assert [] == bars(front) == bars(one.run())
    press(front, "Reveal")
    assert ["✓ 1 answer · Right.", f"✗ **93** · 1 answer · {FROM_ONE}"] == bars(front)
    assert bars(front) == bars(one.run()) == bars(two.run())
    assert f"Your answer was **93**. {FROM_ONE}" in words(one)
    assert "The right answer is **122**." in words(one)
    assert "4·28 + 10 = 122" in [block.value for block in one.code]
    assert not one.text_input


def test_an_answer_can_be_changed_until_then() -> None:
    """It is one answer all the same; what is no number is refused with its reason, and the last one stands."""
    front = lecturer()
    one = student("one", code(front))
    answer(answer(one, "93"), "122")
    assert "1 of 1 student has answered." in words(front.run())
    refused = words(answer(one, "twenty"))
    assert "“twenty” is no number." in refused
    assert "Sent: **122**." in refused
    assert "is no number" not in words(answer(one, "122"))


def test_the_next_question_comes_by_itself() -> None:
    """With an empty field; then the class ends, and says so."""
    front = lecturer()
    one = answer(student("one", code(front)), "122")
    front.selectbox(key="lecturer_question").set_value("network_in_features").run()
    press(front, "Ask this question")
    assert "Which in_features must fc" in words(one.run())
    assert any("conv1: Conv2d(1, " in block.value and "Linear(?, " in block.value for block in one.code)
    assert "" == one.text_input[0].value
    assert "Sent" not in words(one)
    press(front, "End the class")
    assert "This class has ended." in words(one.run())
    assert "class" not in link_of(front)


def test_the_question_is_the_pages_that_one_comes_from() -> None:
    """The first of its exercises; of a page without any, the lecture's first."""
    for page, first in (("pooling", "pool_"), ("task", "home_")):
        front = open_page(page).switch_page("explorer/pages/lecturer.py").run()
        assert front.selectbox(key="lecturer_question").value.startswith(first)
        assert "lecturer_question" not in link_of(front)


def test_a_reload_finds_the_class_again() -> None:
    """By the secret in the lecturer's address, which no student's has."""
    front = lecturer()
    secret = link_of(front)["class"]
    again = open_page("lecturer", "on another device", **{"class": secret})
    assert code(front) == code(again)
    one = student("one", code(front))
    assert {"code": code(front)} == link_of(one)
    assert secret not in words(one)


def test_a_code_is_typed_where_there_is_no_link() -> None:
    """As it comes; one that nobody has is said to be none."""
    front = lecturer()
    one = open_page("in_class", "one")
    one.text_input[0].set_value("ABC")
    assert "No class has this code now." in words(press(one, "Enter"))
    one.text_input[0].set_value(f" {code(front).lower()} ")
    assert "Where in the vector" in words(press(one, "Enter"))
    assert "No class has this code" not in words(one)
    assert {"code": code(front)} == link_of(one)


def test_too_many_classes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to do."""
    monkeypatch.setattr(limits, "MAX_LEARNER_CLASSES", 1)
    lecturer()
    assert "End one of them first." in words(lecturer())


def test_both_sides_speak_chinese() -> None:
    """The question, the bars, the verdict."""
    front = press(open_page("lecturer", "the lecturer", lang="zh"), "开始课堂提问")
    one = open_page("in_class", "one", code=code(front), lang="zh")
    one.text_input[0].set_value("93")
    press(one, "提交")
    press(front, "公布答案")
    assert ["✓ 0 人 · 正确。", f"✗ **93** · 1 人 · {chinese()[FROM_ONE]}"] == bars(front)
    assert f"你的答案是 **93**。{chinese()[FROM_ONE]}" in words(one.run())


def test_a_questions_numbers_are_in_the_lecturers_link() -> None:
    """Others are a click away, before the class opens and while it is on; a link brings the same ones back."""
    front = press(open_page("lecturer", "the lecturer", lecturer_question="pool_winner"), "New numbers")
    seed = link_of(front)["lecturer_numbers"]
    asked, link = str(question_of("pool_winner", int(seed)).sentence), link_of(front)
    assert asked in words(front)
    again = press(open_page("lecturer", "again", **link), "Open a class")
    one = student("one", code(again))
    assert asked in words(one)
    assert r"\begin{bmatrix}" in one.latex[0].value
    right = " ".join(f"{number:.0f}" for number in question_of("pool_winner", int(seed)).right.answer)
    answer(one, right)
    press(again, "Reveal")
    assert "✓ 1 answer · Right." in bars(again)
