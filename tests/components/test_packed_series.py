"""What Python packs for the browser, the browser's own scripts, run by Node, unpack."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.components import probe_view
from explorer.components.live_curves import Chart, Curve
from explorer.components.live_curves import _chart as chart_data
from explorer.components.live_curves.series import FEW
from tests.components.node import Node
from tests.hypothesis_profiles import examples

MANY = st.integers(FEW + 1, 1200)


@pytest.fixture(scope="module")
def node():
    """The scripts that unpack curves and pictures."""
    node = Node("live_curves/series.js", "pictures.js")
    yield node
    node.close()


def drawn(node: Node, *curves: Curve) -> list[dict]:
    """The curves as the browser draws them."""
    return node.ask("(chart) => unpackedChart(chart).curves", chart_data(Chart("Loss", curves)))


@examples(100)
@given(st.lists(st.integers(0, 10**9), min_size=FEW + 1, max_size=600).map(sorted))
def test_steps_of_long_curves_arrive_as_they_are(node: Node, steps: list[int]) -> None:
    """Whole steps, also far apart; a curve with the steps of the one before gets them too."""
    curves = drawn(node, Curve("a", steps, steps), Curve("b", steps, steps))
    assert [steps, steps] == [curve["x"] for curve in curves]


@examples(100)
@given(MANY, st.integers(0, 2**32 - 1))
def test_values_of_long_curves_keep_six_digits_and_their_gaps(node: Node, count: int, seed: int) -> None:
    """Large and small, and where one is not finite, null."""
    rng = np.random.default_rng(seed)
    values = (rng.normal(size=count) * 10.0 ** rng.integers(-6, 7, count)).tolist()
    values[seed % count], values[seed % 7] = math.nan, math.inf
    (curve,) = drawn(node, Curve("a", range(count), values))
    expected = [value if math.isfinite(value) else None for value in values]
    assert [n for n, value in enumerate(expected) if value is None] == [
        n for n, v in enumerate(curve["y"]) if v is None
    ]
    kept = [(value, seen) for value, seen in zip(expected, curve["y"], strict=True) if value is not None]
    assert all(math.isclose(value, seen, rel_tol=5e-7) for value, seen in kept)


def test_seconds_and_huge_values_of_long_curves_arrive(node: Node) -> None:
    """Steps that are no whole numbers, and what 32 bits cannot hold."""
    seconds, values = [n / 8 for n in range(FEW + 1)], [1e300] * (FEW + 1)
    (curve,) = drawn(node, Curve("a", seconds, values))
    assert (seconds, values) == (curve["x"], curve["y"])


@examples(100)
@given(st.integers(1, 12), st.integers(1, 30), st.integers(1, 30), st.integers(0, 2**32 - 1))
def test_pictures_arrive_pixel_by_pixel(node: Node, count: int, height: int, width: int, seed: int) -> None:
    """Whether all paper, mostly paper, or none."""
    rng = np.random.default_rng(seed)
    paper = rng.random((count, height, width)) < rng.choice([0, 0.5, 0.9, 1])
    pictures = np.where(paper, 0, rng.integers(0, 256, paper.shape)).astype(np.uint8)
    found = node.ask(
        "(sent) => { const { numbers, ...size } = unpack(sent); return [size, [...numbers]]; }",
        probe_view._packed(pictures),
    )
    assert [{"count": count, "height": height, "width": width}, pictures.ravel().tolist()] == found
