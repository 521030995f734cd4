"""Long series made short enough to draw."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.curves import sample, smooth, thin

series = st.lists(st.floats(-1e6, 1e6), max_size=3000).map(lambda values: np.array(values, float))


@given(series, st.integers(2, 500))
def test_a_thinned_curve_keeps_its_extremes(values: np.ndarray, most: int) -> None:
    """Never more points than asked for, in order, each one of the series' own, the extremes among them."""
    steps, kept = thin(values, most)
    assert len(steps) <= max(most, 1)
    assert (np.diff(steps) > 0).all()
    assert (values[steps - 1] == kept).all()
    if len(values):
        assert kept.max() == values.max()
        assert kept.min() == values.min()


def test_smoothing_is_the_mean_of_the_last_values() -> None:
    """The first means have fewer values; a centred mean would begin with 1.5."""
    assert smooth(np.array([1.0, 2.0, 3.0, 7.0]), 2).tolist() == [1.0, 1.5, 2.5, 5.0]


@given(series, st.integers(2, 500))
def test_a_sample_ends_with_the_last_value(values: np.ndarray, most: int) -> None:
    """The curve reaches the step the learner is at."""
    steps, kept = sample(values, most)
    assert len(steps) <= most
    if len(values):
        assert steps[-1] == len(values)
        assert kept[-1] == values[-1]
