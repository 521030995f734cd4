"""Numbers typed over a grid, and the link that carries them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core import limits
from explorer.core.arithmetic.edits import apply, decode, edit, encode

cells = st.tuples(st.integers(0, limits.MAX_INPUT_SIZE - 1), st.integers(0, limits.MAX_INPUT_SIZE - 1))
numbers = st.integers(-99_999, 99_999).map(lambda n: n / 100)


@given(st.dictionaries(cells, numbers, max_size=limits.MAX_EDITS))
def test_a_link_restores_every_edit(edits: dict[tuple[int, int], float]) -> None:
    """What is encoded comes back, cell by cell, in characters a URL keeps as they are."""
    text = encode(edits)
    assert decode(text) == edits
    assert set(text) <= set("0123456789-_.~e+")


anything = st.one_of(*map(st.sampled_from, (["0", "7", "99"], ["100", "-1"], ["1e9", "nan", "-inf", "x", "", "٣"])))
parts = st.lists(anything, min_size=2, max_size=4).map("_".join)


@given(st.lists(parts, max_size=limits.MAX_EDITS + 5).map("~".join) | st.text())
def test_only_valid_edits_come_out_of_a_broken_or_hostile_link(text: str) -> None:
    """No cell that no grid has, no number beyond the bound or that is none, no more than a link carries."""
    edits = decode(text)
    assert len(edits) <= limits.MAX_EDITS
    assert all(0 <= min(cell) and max(cell) < limits.MAX_INPUT_SIZE for cell in edits)
    assert all(abs(value) <= limits.MAX_ABSOLUTE_VALUE for value in edits.values())


def test_a_links_valid_edits_are_taken_and_its_others_left_out() -> None:
    """The bounds themselves are valid; one more cell, one more unit, what is no number, or a fourth part are not."""
    assert decode("0_99_9999~99_0_-9999~5_5_1.5") == {(0, 99): 9999, (99, 0): -9999, (5, 5): 1.5}
    assert decode("0_100_1~-1_0_1~0_0_10000~0_0_nan~0_0_1_2~x_0_1~0_0~") == {}
    assert len(decode("~".join(f"0_{column}_1" for column in range(99)) + "~1_0_1~2_0_1~3_0_1")) == limits.MAX_EDITS


def test_a_cut_link_keeps_the_edits_before_the_cut() -> None:
    """The half edit at the end is dropped, the whole ones stay."""
    assert decode("0_2_9.5~3_1_-4~2_") == {(0, 2): 9.5, (3, 1): -4}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e9])
def test_a_number_that_no_cell_can_show_is_refused(value: float) -> None:
    """Not-a-number, infinity and numbers beyond the limit raise instead of spoiling the picture."""
    with pytest.raises(ValueError, match="outside"):
        edit({}, 0, 0, value)


def test_edits_outside_the_grid_wait_for_it_to_grow() -> None:
    """A smaller input hides an edit; the larger one has it again, and the original is not written over."""
    original = np.zeros((2, 2))
    edits = {(0, 1): 5.0, (4, 4): 7.0}
    assert apply(edits, original).tolist() == [[0, 5], [0, 0]]
    assert apply(edits, np.zeros((5, 5)))[4, 4] == 7
    assert not original.any()
