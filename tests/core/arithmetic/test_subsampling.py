"""Three ways to make one input smaller."""

import itertools
from collections.abc import Callable

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn.functional import avg_pool2d, conv2d, max_pool2d

from explorer.core.arithmetic.inputs import EXAMPLE
from explorer.core.arithmetic.subsampling import Window, changes, subsample
from explorer.core.errors import SettingError
from tests.hypothesis_profiles import examples
from tests.strategies import windows


def of_torch(image: np.ndarray, kernel: np.ndarray, window: Window) -> dict[str, torch.Tensor]:
    """What torch computes, by way; what it refuses is left out."""
    tensor, weight = torch.from_numpy(image)[None], torch.from_numpy(kernel)[None, None]
    place, ceil_mode = (window.stride, window.padding), window.ceil_mode
    pooled = (window.kernel_size, *place)
    counted = window.count_include_pad
    ways: dict[str, Callable[[], torch.Tensor]] = {
        "max": lambda: max_pool2d(tensor, *pooled, window.dilation, ceil_mode),
        "mean": lambda: avg_pool2d(tensor, *pooled, ceil_mode, counted),
        "sum": lambda: conv2d(tensor, weight, None, *place, window.dilation),
    }
    found = {}
    for name, way in ways.items():
        try:
            found[name] = way()[0]
        except RuntimeError:
            continue
    return found


def taken(make: Callable[[], object]) -> bool:
    try:
        return make() is not None
    except SettingError:
        return False


def test_each_way_refuses_what_torch_refuses_and_nothing_else() -> None:
    """All 3,600 small settings: a maximum over 2×2 with a kernel of 3 and ceil_mode is one that torch takes."""
    refused = {"max": 0, "mean": 0, "sum": 0}
    sizes, kernels, strides, paddings, dilations = range(1, 9), range(1, 6), range(1, 4), range(5), range(1, 4)
    for size, *numbers, ceil_mode in itertools.product(sizes, kernels, strides, paddings, dilations, (False, True)):
        window = Window((size, size), *((n, n) for n in numbers), ceil_mode=ceil_mode)
        found = of_torch(np.zeros((1, size, size)), np.ones(window.kernel_size), window)
        ours = {"max": taken(window.maximum), "mean": taken(window.average), "sum": taken(window.convolution)}
        assert ours == {way: way in found for way in ours}, window
        refused = {way: count + (not ours[way]) for way, count in refused.items()}
    assert refused == {"max": 2606, "mean": 2202, "sum": 762}


@examples(500)
@given(windows, st.integers(0, 2**32 - 1))
def test_what_torch_computes_is_drawn_whatever_it_refuses_else(window: Window, seed: int) -> None:
    """Each way is torch's numbers or says why it is impossible; only a maximum of −∞ is one that torch computes."""
    rng = np.random.default_rng(seed)
    image, kernel = rng.normal(size=(1, *window.input_size)), rng.normal(size=window.kernel_size)
    found = of_torch(image, kernel, window)
    if "max" in found and found["max"].isinf().any():
        del found["max"]
    if not found:
        with pytest.raises(SettingError):
            subsample(image, kernel, window)
        return
    drawn = subsample(image, kernel, window)
    assert list(found) == list(drawn.results)
    assert {"max", "mean", "sum"} - set(found) == set(drawn.refused)
    for way, output in found.items():
        np.testing.assert_allclose(drawn.results[way].output, output.numpy(), rtol=1e-10, atol=1e-10)


def test_a_convolution_alone_is_impossible_where_only_rounding_up_makes_room() -> None:
    """2×2, a kernel of 3, ceil_mode: one window for both poolings, none for Conv2d, which has no ceil_mode."""
    images, window = np.array([[[1.0, 2.0], [3.0, 4.0]]]), Window((2, 2), (3, 3), (2, 2), ceil_mode=True)
    drawn = subsample(images, np.ones((3, 3)), window)
    assert {way: result.output.tolist() for way, result in drawn.results.items()} == {"max": [[[4]]], "mean": [[[2.5]]]}
    assert "3 rows with dilation 1 spans 3 rows, more than the 2 rows" in str(drawn.refused["sum"])


def test_a_window_of_padding_alone_has_no_maximum_and_says_so() -> None:
    """A window of two cells, four apart, steps over an input of three; torch would give −∞. The mean knows no gap."""
    window = Window((3, 3), (2, 2), (1, 1), (1, 1), (4, 4))
    drawn = subsample(np.ones((1, 3, 3)), np.ones((2, 2)), window)
    assert "With dilation 4 a window steps over" in str(drawn.refused["max"])
    assert "Make the dilation or the padding smaller" in str(drawn.refused["max"])
    assert list(drawn.results) == ["mean", "sum"]


def test_without_count_include_pad_a_corner_is_divided_by_its_own_cell() -> None:
    """Of four −4, one in each corner's window of 2 with padding 1: −4 / 4 where zeros count, −4 / 1 where not."""
    images, kernel = np.full((1, 2, 2), -4.0), np.ones((2, 2))
    for counted, mean in ((True, -1), (False, -4)):
        drawn = subsample(images, kernel, Window((2, 2), (2, 2), (2, 2), (1, 1), count_include_pad=counted))
        assert drawn.results["mean"].output.tolist() == [[[mean, mean], [mean, mean]]]
        assert drawn.results["max"].output.tolist() == [[[-4, -4], [-4, -4]]]


def test_changes_count_values_and_average_their_difference() -> None:
    """Over all values, the unchanged ones too; rounding is no change."""
    moved = EXAMPLE.copy()
    moved[0, :2] += (5, -2.5)
    moved[4, 4] += 1e-15
    assert changes(EXAMPLE, moved) == (2, pytest.approx(7.5 / 25))
