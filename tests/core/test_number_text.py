"""A number as a person types it: read, or refused with a sentence."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.errors import SettingError
from explorer.core.number_text import LONGEST, read_number, spell


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2,5", 2.5),
        ("2.5", 2.5),
        (" 0.1 ", 0.1),
        ("1e-3", 0.001),
        ("1E-3", 0.001),
        (".5", 0.5),
        ("5.", 5.0),
        ("−1", -1.0),
        ("-1", -1.0),
        ("+3", 3.0),
        ("0,125", 0.125),
        ("１２", 12.0),
        ("١", 1.0),
        ("0" * 100 + "7", 7.0),
    ],
)
def test_a_number_is_read_as_it_is_meant(text: str, number: float) -> None:
    """A decimal comma, spaces around it, a printed minus, digits of other scripts."""
    assert number == read_number(text, -100.0, 100.0)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "abc", "0.1.2", "1,2,3", "1,000", "2,500,000", "1_000", "nan", "inf", "-inf", "1e999", "1e", "--1"),
        *("0x10", "1 000", "½", "²", "9" * 500, "1" * 10_000, "1\n2", "101", "-101", "1e99999999999"),
    ],
)
def test_what_is_no_number_is_refused_with_a_sentence(text: str) -> None:
    """It repeats the text, a long one in part, and says what is possible: nothing is guessed."""
    with pytest.raises(SettingError) as refused:
        read_number(text, -100.0, 100.0)
    sentence = str(refused.value)
    assert text.strip()[:LONGEST] in sentence
    assert len(sentence) < 120


@given(st.floats(-1e6, 1e6))
def test_what_a_field_shows_is_read_as_the_same_number(number: float) -> None:
    """To the twelve digits that it shows."""
    assert math.isclose(read_number(spell(number), -1e7, 1e7), number, rel_tol=1e-11, abs_tol=0)


@given(st.text(max_size=30))
def test_any_text_is_a_number_within_its_bounds_or_refused(text: str) -> None:
    """Whole bounds, whole numbers."""
    try:
        number = read_number(text, 0, 9999)
    except SettingError:
        return
    assert isinstance(number, int)
    assert 0 <= number <= 9999
    assert any(sign.isdigit() for sign in text)
