"""A photo of a digit, run by Node: paper, shadows and dirt are taken off, and what is left is placed as MNIST's are."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.components.node import Node
from tests.hypothesis_profiles import examples

PHOTO = """(values, width, steps) => {
  const light = { values: Float32Array.from(values), width, height: values.length / width };
  const ink = inkOfPicture(light);
  const image = ink && placePicture(ink, steps);
  return ink && [ink.darkOnLight, Array.from(image)];
}"""
SIDE = 160
ROWS, COLUMNS = np.mgrid[:SIDE, :SIDE] + 0.5


@pytest.fixture(scope="module")
def browser() -> Iterator[Node]:
    """The scripts that read pictures."""
    names = ("placing", "raster", "raster_placing", "windows", "components_of_ink")
    node = Node(*(f"inside/drawing/{name}.js" for name in names))
    yield node
    node.close()


def seven(left: float = 50, top: float = 30, size: float = 90, pen: float = 5) -> np.ndarray:
    """A 7's ink (SIDE, SIDE), 0 to 1: a bar and a slanted stem, ``size`` high."""
    corners = np.array([(0, 0), (0.7, 0), (0.25, 1)]) * size + (left, top)
    ink = np.zeros((SIDE, SIDE))
    for (x0, y0), (x1, y1) in pairwise(corners):
        dx, dy = x1 - x0, y1 - y0
        along = np.clip(((COLUMNS - x0) * dx + (ROWS - y0) * dy) / (dx * dx + dy * dy), 0, 1)
        away = np.hypot(COLUMNS - x0 - along * dx, ROWS - y0 - along * dy)
        ink = np.maximum(ink, np.clip(pen + 0.5 - away, 0, 1))
    return ink


def placed(browser: Node, light: np.ndarray, steps: dict[str, bool] | None = None) -> tuple[bool, np.ndarray]:
    """Whether the picture was dark on light, and the 28×28 it becomes."""
    steps = steps or {"scale": True, "centre": True, "pen": True}
    dark, image = browser.ask(PHOTO, np.asarray(light).ravel().tolist(), light.shape[1], steps)
    return dark, np.array(image).reshape(28, 28)


def centre(image: np.ndarray) -> tuple[float, float]:
    """The mean place of the ink, (x, y)."""
    y, x = np.mgrid[:28, :28] + 0.5
    return (image * x).sum() / image.sum(), (image * y).sum() / image.sum()


@examples(40)
@given(st.floats(12, 60), st.floats(12, 60), st.floats(40, 85), st.booleans())
def test_where_and_how_large_it_lies_does_not_matter(
    browser: Node, left: float, top: float, size: float, dark: bool
) -> None:
    """Twenty pixels high, its centre of mass in the middle, dark on light or light on dark."""
    ink = seven(left, top, size, pen=size / 16)
    was_dark, image = placed(browser, 1 - ink if dark else ink)
    assert was_dark == dark
    np.testing.assert_allclose(centre(image), (14.5, 14.5), atol=0.15)
    rows = np.flatnonzero(image.max(axis=1) > 0.1)
    assert 19 <= np.ptp(rows) + 1 <= 21
    reference = placed(browser, 1 - seven(size=85, pen=85 / 16))[1]
    assert np.abs(image - reference).mean() < 0.03
    np.testing.assert_allclose(image * 255, np.round(image * 255), atol=1e-3)
    assert image.max() > 0.9


def shadows() -> dict[str, np.ndarray]:
    """Lights on the paper, (SIDE, SIDE)."""
    return {
        "a lamp at the side": 0.35 + 0.6 * COLUMNS / SIDE,
        "a hand's shadow across the digit": np.where(ROWS + COLUMNS > SIDE, 0.45, 0.95),
        "a lamp at the lower right": 0.25 + 0.6 * (ROWS + COLUMNS) / (2 * SIDE),
        "a dark corner": 0.9 - 0.6 * np.exp(-((ROWS - SIDE) ** 2 + COLUMNS**2) / 3000),
    }


@pytest.mark.parametrize("grain", [0, 0.012, 0.03])
@pytest.mark.parametrize("light", shadows())
def test_a_shadow_on_the_paper_is_no_ink(browser: Node, light: str, grain: float) -> None:
    """The same picture as in even light, though the paper in the shadow is as dark as ink in the light."""
    noise = np.random.default_rng(0).normal(0, grain, (SIDE, SIDE))
    _, even = placed(browser, 0.95 * (1 - 0.8 * seven()))
    _, shaded = placed(browser, np.clip(shadows()[light] * (1 - 0.8 * seven()) + noise, 0, 1))
    assert np.abs(shaded - even).mean() < 0.03
    np.testing.assert_allclose(centre(shaded), centre(even), atol=0.3)


def test_dirt_and_the_sheets_edge_are_no_part_of_the_digit(browser: Node) -> None:
    """Specks beside it, and a table's edge along the picture's side."""
    _, clean = placed(browser, 1 - seven())
    dirty = seven()
    dirty[140:142, 20:23] = dirty[10, 150] = 1
    dirty[:, :6] = 1
    _, image = placed(browser, 1 - dirty)
    np.testing.assert_allclose(image, clean, atol=0.02)


def test_a_pencils_thin_line_becomes_as_thick_as_mnists(browser: Node) -> None:
    """With the pen's step; without it it fades to grey."""
    thin = 0.95 * (1 - seven(pen=0.6))
    steps = {"scale": True, "centre": True, "pen": False}
    _, faint = placed(browser, thin, steps)
    _, drawn = placed(browser, thin)
    _, thick = placed(browser, 1 - seven(pen=5), steps)
    assert faint.sum() < 0.5 * thick.sum()
    assert drawn.sum() == pytest.approx(thick.sum(), rel=0.25)


@pytest.mark.parametrize(("step", "moved"), [("scale", False), ("centre", True)])
def test_a_step_left_out_leaves_the_digit_as_it_lies(browser: Node, step: str, moved: bool) -> None:
    """As small, or in its corner, as in the picture of 28×28."""
    steps = {"scale": True, "centre": True, "pen": False} | {step: False}
    _, image = placed(browser, 1 - seven(left=30, top=40, size=50, pen=3), steps)
    rows = np.flatnonzero(image.max(axis=1) > 0.1)
    assert np.ptp(rows) + 1 == pytest.approx(20 if moved else (50 + 6) / SIDE * 28, abs=1.5)
    assert (centre(image)[0] < 12) == moved


@pytest.mark.parametrize("paper", [np.full((40, 60), 0.9), np.full((1, 1), 0.5), np.zeros((30, 30))])
def test_empty_paper_has_no_digit(browser: Node, paper: np.ndarray) -> None:
    """White, black, a single pixel; nor has what is only grain."""
    steps = {"scale": True, "centre": True, "pen": True}
    grain = np.clip(paper + np.random.default_rng(1).normal(0, 0.01, paper.shape), 0, 1)
    for light in (paper, grain if paper.min() > 0.4 else paper):
        assert browser.ask(PHOTO, light.ravel().tolist(), light.shape[1], steps) is None


@examples(60)
@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 2**31), st.integers(1, 12))
def test_a_closing_fills_what_is_narrower_than_its_window(
    browser: Node, height: int, width: int, seed: int, window: int
) -> None:
    """Each pixel is the darkest of the lightest pixels of all windows that hold it; so it is never darker."""
    values = np.random.default_rng(seed).random((height, width)).astype(np.float32)
    found = browser.ask(
        """(values, width, size) => Array.from(closed({ values: Float32Array.from(values), width,
          height: values.length / width }, size).values)""",
        values.ravel().tolist(),
        width,
        window,
    )
    assert np.reshape(found, values.shape) == pytest.approx(closed(values, window))


def closed(values: np.ndarray, window: int) -> np.ndarray:
    """The same in numpy; a window may reach beyond the edge."""
    height, width = values.shape
    result = np.zeros_like(values)
    places = [(top, left) for top in range(1 - window, height) for left in range(1 - window, width)]
    lightest = {
        (top, left): values[max(0, top) : top + window, max(0, left) : left + window].max() for top, left in places
    }
    for row, column in np.ndindex(height, width):
        holding = [at for at in places if at[0] <= row < at[0] + window and at[1] <= column < at[1] + window]
        result[row, column] = min(lightest[at] for at in holding)
    return result


@examples(60)
@given(st.integers(1, 8), st.integers(1, 8), st.integers(0, 2**31))
def test_distances_lead_to_the_nearest_ink(browser: Node, height: int, width: int, seed: int) -> None:
    """By steps of 1 and √2, on the picture alone."""
    ink = np.random.default_rng(seed).random((height, width)) < 0.2
    assume(ink.any())
    found = browser.ask(
        "(values, width) => Array.from(distances({ values, width, height: values.length / width }))",
        ink.ravel().astype(int).tolist(),
        width,
    )
    rows, columns = np.nonzero(ink)
    for pixel, away in enumerate(found):
        down, across = abs(rows - pixel // width), abs(columns - pixel % width)
        steps = np.maximum(down, across) + (np.sqrt(2) - 1) * np.minimum(down, across)
        assert away == pytest.approx(steps.min(), abs=1e-4)


@examples(60)
@given(st.integers(1, 40), st.integers(1, 40), st.floats(0.2, 1), st.integers(0, 2**31))
def test_scaling_keeps_the_ink(browser: Node, height: int, width: int, share: float, seed: int) -> None:
    """A picture that fits the frame has as much ink after it, by its area."""
    values = np.random.default_rng(seed).random((height, width))
    scale = share * 28 / max(height, width)
    image = browser.ask(
        """(values, width, scale) => Array.from(averaged({ values: Float32Array.from(values), width,
          height: values.length / width }, scale, 0, 0))""",
        values.ravel().tolist(),
        width,
        scale,
    )
    assert sum(image) == pytest.approx(values.sum() * scale**2, rel=1e-4)
    assert max(image) <= 1 + 1e-5
