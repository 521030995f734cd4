"""The line around cells that are too small for a frame each."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.components.node import Node
from tests.hypothesis_profiles import examples

CELLS = st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=30)


@pytest.fixture(scope="module")
def browser() -> Iterator[Node]:
    """The pure script."""
    node = Node("inspector/outline.js")
    yield node
    node.close()


@examples(100)
@given(CELLS)
def test_a_side_is_drawn_where_one_of_its_two_cells_is_marked(browser: Node, cells: set[tuple[int, int]]) -> None:
    """Counted the other way: of every side between two places of the grid."""
    drawn = browser.ask("(cells) => outline(cells.map(([y, x]) => ({ y, x })))", sorted(cells))
    level = [[x, y, x + 1, y] for y in range(8) for x in range(7) if ((y - 1, x) in cells) != ((y, x) in cells)]
    upright = [[x, y, x, y + 1] for y in range(7) for x in range(8) if ((y, x - 1) in cells) != ((y, x) in cells)]
    assert sorted(drawn) == sorted(level + upright)


def test_a_window_has_one_line_around_it(browser: Node) -> None:
    """A 5×5 window: 20 sides, not 100."""
    window = [[y, x] for y in range(2, 7) for x in range(3, 8)]
    assert len(browser.ask("(cells) => outline(cells.map(([y, x]) => ({ y, x })))", window)) == 20
