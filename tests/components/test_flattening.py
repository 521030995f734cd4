"""Where an image's pixels land in the vector: home/flattening.js beside numpy's own flattening."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.components.node import Node
from tests.hypothesis_profiles import examples

SIDE = 28
VECTOR = np.arange(SIDE * SIDE).reshape(SIDE, SIDE)  # each pixel holds its place in the vector


@pytest.fixture(scope="module")
def node():
    """The script that computes it."""
    node = Node("home/flattening.js")
    yield node
    node.close()


@examples(200)
@given(st.integers(0, SIDE - 1), st.integers(0, SIDE - 1))
def test_a_pixels_neighbours_are_where_flattening_puts_them(node: Node, row: int, column: int) -> None:
    """Left and right beside it, above and below a row away; at an edge those that exist, and none of another row."""
    found = node.ask("(pixel, side) => neighbours(pixel, side)", {"row": row, "column": column}, SIDE)
    assert int(VECTOR[row, column]) == found["main"]
    assert VECTOR[row, [c for c in (column - 1, column + 1) if 0 <= c < SIDE]].tolist() == found["beside"]
    assert VECTOR[[r for r in (row - 1, row + 1) if 0 <= r < SIDE], column].tolist() == found["across"]


@examples(200)
@given(st.integers(0, SIDE - 1), st.integers(0, SIDE - 1), st.sampled_from([1, 3, 5, 28]))
def test_a_windows_pixels_are_where_flattening_puts_them(node: Node, row: int, column: int, size: int) -> None:
    """Wholly in the image, with the pixel in it, in the middle where there is room; the enlarged part holds all."""
    question = "(p, size, side) => { const c = windowAt(p, size, side); return [c, windowPlaces(c, size, side)]; }"
    corner, places = node.ask(question, {"row": row, "column": column}, size, SIDE)
    top, left = corner["row"], corner["column"]
    window = VECTOR[top : top + size, left : left + size]
    assert (size, size) == window.shape
    assert VECTOR[row, column] in window
    if size // 2 <= min(row, column) and max(row, column) < SIDE - size // 2:
        assert VECTOR[row, column] == window[size // 2, size // 2]
    assert window.ravel().tolist() == places["beside"]
    length = (size - 1) * SIDE + size
    first = node.ask("(places, length, total) => partAround(places, length, total)", places, length, SIDE * SIDE)
    assert first <= places["beside"][0]
    assert places["beside"][-1] < first + length <= SIDE * SIDE
