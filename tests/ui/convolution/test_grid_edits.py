"""Numbers typed into the grids, as the browser sends them."""

from collections.abc import Iterator

import pytest
import streamlit as st

from explorer.ui.convolution.grid_edits import add_edit, grid_edits

SOURCES = {"input": "example", "kernel": "example"}


@pytest.fixture(autouse=True)
def _fresh_session() -> Iterator[None]:
    st.session_state.clear()
    yield
    st.session_state.clear()


def test_an_edit_belongs_to_its_grid_and_source() -> None:
    """Another source has its own numbers, and the first one's edits are there again when it comes back."""
    add_edit({"grid": "input", "row": 0, "column": 1, "value": 2.5}, SOURCES)
    assert grid_edits("input", "example") == {(0, 1): 2.5}
    assert grid_edits("input", "ramp") == {}
    assert grid_edits("kernel", "example") == {}


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"grid": "output", "row": 0, "column": 0, "value": 1},
        {"grid": "input", "row": -1, "column": 0, "value": 1},
        {"grid": "input", "row": 0, "column": 10**6, "value": 1},
        {"grid": "input", "row": 0, "column": 0, "value": float("nan")},
        {"grid": "input", "row": float("inf"), "column": 0, "value": 1},
        {"grid": "input", "row": None, "column": 0, "value": "seven"},
    ],
)
def test_what_is_no_edit_changes_nothing(change: dict[str, object]) -> None:
    """The browser is the learner's, not ours: its messages are checked."""
    add_edit(change, SOURCES)
    assert grid_edits("input", "example") == {}
