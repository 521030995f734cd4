"""Three ways to make one input smaller."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.examples import EXAMPLE
from explorer.core.explained import SettingError
from explorer.core.pooling import PoolSpec
from explorer.core.subsampling import changes, subsample
from tests.hypothesis_profiles import examples
from tests.strategies import pool_specs


@examples(250)
@given(pool_specs, st.integers(0, 2**32 - 1))
def test_all_three_are_torchs_or_refused(spec: PoolSpec, seed: int) -> None:
    """Refused where torch refuses the convolution or computes a maximum of −∞; else finite and equal to torch's."""
    rng = np.random.default_rng(seed)
    image, kernel = rng.normal(size=(1, *spec.input_size)), rng.normal(size=spec.kernel_size)
    tensor, weight = torch.from_numpy(image)[None], torch.from_numpy(kernel)[None, None]
    window = {"stride": spec.stride, "padding": spec.padding}
    pooled = {"kernel_size": spec.kernel_size, **window, "ceil_mode": spec.ceil_mode}
    maximum = torch.nn.functional.max_pool2d(tensor, **pooled, dilation=spec.dilation)
    try:
        convolved = torch.nn.functional.conv2d(tensor, weight, **window, dilation=spec.dilation)
    except RuntimeError:
        convolved = None
    if convolved is None or maximum.isinf().any():
        with pytest.raises(SettingError):
            subsample(image, kernel, spec)
        return
    expected = (maximum, torch.nn.functional.avg_pool2d(tensor, **pooled), convolved)
    for output, tensor in zip(subsample(image, kernel, spec).outputs, expected, strict=True):
        np.testing.assert_allclose(output, tensor[0].numpy(), rtol=1e-10, atol=1e-10)


def test_a_window_of_padding_alone_is_refused_with_the_way_out() -> None:
    """A window of two cells, four apart, steps over an input of three; torch would give −∞."""
    spec = PoolSpec((3, 3), (2, 2), (1, 1), (1, 1), (4, 4))
    with pytest.raises(SettingError, match=r"With dilation 4 a window steps over .* Make the dilation or the padding"):
        subsample(np.ones((1, 3, 3)), np.ones((2, 2)), spec)


def test_changes_count_values_and_average_their_difference() -> None:
    """Over all values, the unchanged ones too; rounding is no change."""
    moved = EXAMPLE.copy()
    moved[0, :2] += (5, -2.5)
    moved[4, 4] += 1e-15
    assert changes(EXAMPLE, moved) == (2, pytest.approx(7.5 / 25))
