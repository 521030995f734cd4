"""Names that learners give to runs."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core import limits
from explorer.core.run.given_name import tidy_name

ANY = st.text(st.characters(codec=None, exclude_categories=()), max_size=200)


@given(ANY)
def test_any_text_becomes_a_line_that_does_no_harm(text: str) -> None:
    """Short, on one line, left to right as it is read, sendable and storable; and tidied again it is the same."""
    name = tidy_name(text)
    assert len(name) <= limits.MAX_NAME
    assert name == tidy_name(name)
    assert len(name.splitlines()) <= 1
    assert name == json.loads(json.dumps(name).encode())
    assert name.encode().decode() == name
    assert not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in name)
    turning = {"RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI", "FSI", "PDI"}
    assert not turning & set(map(unicodedata.bidirectional, name))


@given(st.text(st.characters(categories=("Lu", "Ll", "Nd", "Po", "Sm")), min_size=1, max_size=limits.MAX_NAME // 3))
def test_letters_digits_and_signs_stay(text: str) -> None:
    """As they were typed, up to the way in which Unicode spells them."""
    assert unicodedata.normalize("NFC", text) == tidy_name(f"  {text}\n")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  my\n best \t run ", "my best run"),
        ("学习率 0.1 🎉", "学习率 0.1 🎉"),
        ("👩\u200d💻 tries", "👩\u200d💻 tries"),
        ("fast\u202egnp.exe", "fastgnp.exe"),
        ("a" + "\u0301" * 50, "á" + "\u0301" * 3),
        ("\u200b\u200d \u3164\u2800", ""),
        ("\ud800x\x00", "x"),
        ("=1+1", "=1+1"),
    ],
)
def test_examples(text: str, name: str) -> None:
    """Spaces are joined, an emoji of several signs stays whole, what cannot be seen is no name."""
    assert name == tidy_name(text)
