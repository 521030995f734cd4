"""A curve in bounded memory."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.run.series import SMOOTH_STEPS, Series, evenly_spaced

VALUES = st.lists(st.floats(-100, 100, width=32), min_size=1, max_size=600)


@given(VALUES, st.integers(4, 60), st.data())
def test_every_extreme_is_kept_at_its_step(values: list[float], most: int, data: st.DataObject) -> None:
    """However the values come, and however many: few points, each a value at its own step, extremes among them."""
    series, parts = Series(most), data.draw(st.lists(st.integers(0, len(values)), max_size=3))
    for start, end in zip([0, *sorted(parts)], [*sorted(parts), len(values)], strict=True):
        series.extend(values[start:end])
    steps, kept = series.points()
    assert len(values) == series.step
    assert len(steps) <= most
    assert sorted(set(steps)) == steps
    assert [values[step - 1] for step in steps] == kept
    assert (min(values), max(values)) == (min(kept), max(kept))


@given(VALUES)
def test_the_smoothed_curve_is_an_exponential_mean(values: list[float]) -> None:
    """Weights that fall by a fiftieth a step and add up to one; it ends at the last step, whatever is kept."""
    weights = (1 - 1 / SMOOTH_STEPS) ** np.arange(len(values))[::-1]
    series = Series(20)
    series.extend(values)
    steps, means = series.smoothed()
    assert len(values) == steps[-1]
    np.testing.assert_allclose(np.average(values, weights=weights), means[-1], atol=1e-6)
    assert series.last == means[-1]


def test_a_million_steps_take_no_more_room_than_a_thousand() -> None:
    """Points, smoothed points and what is kept behind them."""
    series = Series(1000)
    for _ in range(100):
        series.extend(np.sin(np.arange(10_000)).tolist())
    assert 1_000_000 == series.step
    assert 250 < len(series.points()[0]) <= 1000
    assert len(series.smoothed()[0]) <= 500
    assert len(vars(series)["_stretches"]) <= 500


def test_a_value_that_is_no_number_is_a_gap() -> None:
    """It is drawn as one in both curves; the mean after it is that of the numbers, and so are a stretch's extremes."""
    series, whole = Series(), Series()
    series.extend([1.0, math.nan, 3.0])
    whole.extend([1.0, 3.0])
    for _, values in (series.points(), series.smoothed()):
        assert [False, True, False] == [math.isnan(value) for value in values]
    assert whole.last == series.last
    short = Series(most=4)
    short.extend([math.nan, 2.0, 1.0, math.nan, 5.0, 4.0])
    assert {1.0, 2.0, 4.0, 5.0} == set(short.points()[1])


def test_values_may_be_some_steps_apart() -> None:
    """A gradient's norm is measured once a report: it stands at the report's step."""
    series = Series()
    series.extend([1.0], 16)
    series.extend([2.0], 31)
    assert ([16, 31], [1.0, 2.0]) == series.points()


@given(st.lists(st.integers(), max_size=60), st.integers(2, 40))
def test_what_is_spread_keeps_both_ends(items: list[int], most: int) -> None:
    """All where they are few; else as many as allowed, the first and the last among them, in order."""
    places = evenly_spaced(range(len(items)), most)
    assert min(len(items), most) == len(set(places))
    assert sorted(places) == places
    assert not items or (items[0], items[-1]) == (items[places[0]], items[places[-1]])
