"""Sentences with numbers in them."""

import pytest

from explorer.core.errors import SettingError, fill_in
from explorer.core.limits import within


@pytest.mark.parametrize(
    ("value", "text"),
    [(9999, "9999"), (10_000, "10,000"), (-3_211_264, "-3,211,264"), (13153.5, "13,153.5"), ("10000", "10000")],
)
def test_long_numbers_are_said_in_threes(value: object, text: str) -> None:
    """Short ones as they are; a text may be a name or code and stays as it is."""
    assert text == fill_in("{value}", {"value": value})


def test_a_refusal_says_its_numbers_alike() -> None:
    """The value and its bounds; the numbers themselves travel as numbers."""
    with pytest.raises(SettingError, match="is 3,211,264, outside 1 … 1,000,000") as caught:
        within("size", 3_211_264, 1, 1_000_000)
    assert caught.value.sentence.numbers["value"] == 3_211_264
