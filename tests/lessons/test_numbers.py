"""Numbers as each language writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from explorer.lessons.numbers import write_number
from tests.hypothesis_profiles import examples

FORMS = ("", ",", ".2%", ".0%", ".1f", ",.2f", "g", ".3g", ".12g", ",.6g")


@pytest.mark.parametrize(
    ("language", "value", "form", "written"),
    [
        ("en", 0.9833, ".2%", "98.33%"),
        ("zh", 0.9833, ".2%", "98.33%"),
        ("fr", 0.9833, ".2%", "98,33\u202f%"),
        ("de", 1234567.5, ",.1f", "1.234.567,5"),
        ("hi", 1234567, ",", "12,34,567"),
        ("de", 8490, "", "8490"),
        ("de", -0.5, "g", "-0,5"),
        ("de", 1.5e-7, "g", "1,5e-07"),
        ("de", float("nan"), ".2f", "nan"),
    ],
)
def test_signs_are_the_languages(language: str, value: float, form: str, written: str) -> None:
    """Decimal sign, groups of digits, percent; the digits are the same."""
    assert written == write_number(language, value, form).replace("\xa0", "\u202f")


@examples(200)
@given(value=some.floats(-1e12, 1e12) | some.integers(-(10**12), 10**12), form=some.sampled_from(FORMS))
def test_chinese_writes_numbers_as_english_does(value: float, form: str) -> None:
    """Whatever they are."""
    assert write_number("en", value, form) == write_number("zh", value, form)
