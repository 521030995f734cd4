"""A lecturer's way of showing a page, as its link says it."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core import limits
from explorer.core.errors import SettingError
from explorer.ui.view_options import EVERYTHING, EXERCISES, SIZES, TEXT, ViewOptions, read_view
from tests.hypothesis_profiles import examples

NAMES = st.frozensets(st.from_regex(r"[a-z][a-z0-9_]{0,39}", fullmatch=True), max_size=20)


@examples(300)
@given(st.sampled_from(SIZES), st.frozensets(st.sampled_from([TEXT, EXERCISES])), NAMES, NAMES)
def test_a_link_says_the_whole_of_it(size: int, without: frozenset, hidden: frozenset, fixed: frozenset) -> None:
    """Whatever was chosen comes back; what is usual needs no word."""
    shown = ViewOptions(size, without, hidden, fixed)
    assert shown == read_view(shown.text())
    assert ("" == shown.text()) == (shown == EVERYTHING)


def test_a_link_needs_no_escaping() -> None:
    """Its signs are those that every program leaves as they are in an address."""
    text = "larger.125~without.exercises.text~hidden.conv_seed~fixed.conv_padding"
    assert text == ViewOptions(125, frozenset({TEXT, EXERCISES}), {"conv_seed"}, {"conv_padding"}).text()


@pytest.mark.parametrize("text", ["larger.9", "larger", "larger.x", "without.me", "hidden.A-b", "hidden.", "x", "~x"])
def test_what_no_link_says_is_refused(text: str) -> None:
    """With the reason, and not in silence."""
    with pytest.raises(SettingError, match="cut off or was changed"):
        read_view(text)


def test_a_link_is_bounded() -> None:
    """In its length, and in its controls."""
    with pytest.raises(SettingError, match="characters, more than"):
        read_view("hidden." + "a" * limits.MAX_VIEW_CHARACTERS)
    with pytest.raises(SettingError, match="61 controls, more than 60"):
        read_view("hidden." + ".".join(f"c{number}" for number in range(limits.MAX_VIEW_CONTROLS + 1)))


@examples(300)
@given(st.text(alphabet="abz019._~-larger.hidden", max_size=60))
def test_no_text_breaks_a_page(text: str) -> None:
    """It is read, or refused with a sentence: nothing else is raised."""
    with suppress(SettingError):
        assert isinstance(read_view(text), ViewOptions)
