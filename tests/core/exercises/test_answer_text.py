"""An answer as learners type it, on any keyboard."""

import pytest

from explorer.core.errors import SettingError
from explorer.core.exercises.answer_text import MOST_SIGNS, read_answer, read_place

SHAPES = ("10×24×24", "10x24x24", "10 X 24 X 24", "10*24*24", "(10, 24, 24)", "[10,24,24]", "10 24 24", "10；24；24")
SHAPES += ("１０×２４×２４", "（10，24，24）", "10、24、24", "torch.Size([10, 24, 24])", " 10 × 24 × 24 ")
NUMBERS = {"5020": 5020, "5,020": 5020, "60,000": 60_000, "２９５": 295, "−0.42": -0.42, "-0,42": -0.42, "1/4": 0.25}
NUMBERS |= {" 3 . 5 ": 3.5, "－2": -2, "1／4": 0.25, ".5": 0.5, "+7": 7}


@pytest.mark.parametrize("text", SHAPES)
def test_a_shape_is_read_however_it_is_written(text: str) -> None:
    """By signs between it, brackets around it, full width or not."""
    assert (10, 24, 24) == read_answer(text, 3)


@pytest.mark.parametrize("text", ["row 2, column 3", "2, 3", "(2,3)", "2 3", "第 2 行，第 3 列", "（２，３）", "R2C3"])
def test_a_cell_is_read_however_it_is_written(text: str) -> None:
    """In words as the picture says it, or as a pair of numbers."""
    assert (2, 3) == read_place(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "Type your answer first"), ("the first", "like 2, 3"), ("7", "like 2, 3"), ("2" * 81, "longer")],
)
def test_what_is_no_cell_says_what_one_is(text: str, said: str) -> None:
    """One number alone is none."""
    with pytest.raises(SettingError, match=said):
        read_place(text)


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_is_read_however_it_is_written(text: str) -> None:
    """Thousands, a decimal comma, a fraction, a printed minus, full width."""
    assert (pytest.approx(NUMBERS[text]),) == read_answer(text, 1)


@pytest.mark.parametrize(
    ("text", "count", "said"),
    [
        ("", 1, "Type your answer first"),
        (" () ", 3, "Type your answer first"),
        ("a lot", 1, "“a lot” is no number"),
        ("1e3", 1, "is no number"),
        ("24×24", 3, "3 numbers are asked for, like 10×24×24, and these are 2"),
        ("ten×24×24", 3, "is no shape. Type it like 10×24×24"),
        ("1" * (MOST_SIGNS + 1), 1, "longer than any answer"),
        ("1/0", 1, "is no number"),
    ],
)
def test_what_is_no_answer_says_what_is_asked_for(text: str, count: int, said: str) -> None:
    """A slip of the keyboard is no wrong answer."""
    with pytest.raises(SettingError, match=said):
        read_answer(text, count)
