"""Pooling against PyTorch, over all settings."""

import itertools
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from torch.nn.functional import avg_pool2d, max_pool2d

from explorer.core.arithmetic.index_map import NOTHING, AxisMap
from explorer.core.arithmetic.inputs import EXAMPLE
from explorer.core.arithmetic.pooling import PoolSpec, average_pool, max_pool, shift_right
from explorer.core.errors import SettingError
from tests.hypothesis_profiles import examples
from tests.strategies import pool_settings, pool_specs

seeds = st.integers(0, 2**32 - 1)
HALVES = PoolSpec((5, 5), (2, 2), (2, 2))


def torch_max(images: np.ndarray, spec: PoolSpec) -> tuple[np.ndarray, np.ndarray]:
    options = {name: getattr(spec, name) for name in ("kernel_size", "stride", "padding", "dilation", "ceil_mode")}
    output, indices = max_pool2d(torch.from_numpy(images)[None], **options, return_indices=True)
    return output[0].numpy(), indices[0].numpy()


def torch_average(images: np.ndarray, spec: PoolSpec) -> np.ndarray:
    names = ("kernel_size", "stride", "padding", "ceil_mode", "count_include_pad")
    options = {name: getattr(spec, name) for name in names}
    return avg_pool2d(torch.from_numpy(images)[None], **options)[0].numpy()


def uses(axis: AxisMap) -> np.ndarray:
    """How often output o reads input i: (in, out)."""
    return (axis.reads[None] == np.arange(axis.size)[:, None, None]).sum(axis=2)


def along(spec: PoolSpec, axis: int) -> PoolSpec:
    """The spec's rows or columns as those of an input one column wide."""
    pairs = {name: getattr(spec, name)[axis] for name in ("input_size", "kernel_size", "stride", "padding", "dilation")}
    rest = {"input_size": 1, "kernel_size": 1, "stride": 1, "padding": 0, "dilation": 1}
    return PoolSpec(**{name: (value, rest[name]) for name, value in pairs.items()}, ceil_mode=spec.ceil_mode)


def test_the_worked_example_halves_and_drops_its_last_row_and_column() -> None:
    """5×5 by windows of 2: 2×2 outputs, and no window reads the fifth row and column."""
    assert max_pool(EXAMPLE[None], HALVES).output.tolist() == [[[4, 8], [9, 8]]]
    assert average_pool(EXAMPLE[None], HALVES).output.tolist() == [[[3.25, 6.25], [5.75, 6.25]]]
    assert [axis.unused for axis in HALVES.maps] == [[4], [4]]
    kept = PoolSpec((5, 5), (2, 2), (2, 2), ceil_mode=True)
    assert kept.output_size == (3, 3)
    assert [axis.unused for axis in kept.maps] == [[], []]


def test_the_first_of_equal_values_wins() -> None:
    """The first window, 3 4 / 2 4, has two fours: the upper one wins, as it does in torch, not the last one."""
    assert max_pool(EXAMPLE[None], HALVES).winners[0, 0, 0] == 1
    assert torch_max(EXAMPLE[None], HALVES)[1][0, 0, 0] == 1


def test_padding_never_wins_but_counts_in_a_mean() -> None:
    """Of four −4, one in each corner's window of 2 with padding 1: the maximum is −4, the mean −1."""
    spec, images = PoolSpec((2, 2), (2, 2), (2, 2), padding=(1, 1)), np.full((1, 2, 2), -4.0)
    assert max_pool(images, spec).output.tolist() == [[[-4, -4], [-4, -4]]]
    assert average_pool(images, spec).output.tolist() == [[[-1, -1], [-1, -1]]]


@examples(500)
@given(pool_specs, st.integers(1, 3), seeds)
def test_every_maximum_and_its_place_equal_torchs(spec: PoolSpec, channels: int, seed: int) -> None:
    """Values and return_indices, with many ties: whole numbers −2 … 2."""
    images = np.random.default_rng(seed).integers(-2, 3, (channels, *spec.input_size)).astype(float)
    result, (output, indices) = max_pool(images, spec), torch_max(images, spec)
    assert result.output.shape == output.shape == (channels, *spec.output_size)
    np.testing.assert_array_equal(result.output, output)
    read = np.isfinite(output)  # torch's index for a window of padding alone lies outside the input
    np.testing.assert_array_equal(result.winners, np.where(read, indices, NOTHING))
    assert spec.reads_padding_alone == (not read.all())


@examples(500)
@given(pool_specs, st.integers(1, 3), seeds)
def test_every_mean_equals_torchs(spec: PoolSpec, channels: int, seed: int) -> None:
    """Padding counted as zeros, or not at all; what lies beyond the padded end never; a dilation changes nothing."""
    images = np.random.default_rng(seed).normal(size=(channels, *spec.input_size))
    expected, result = torch_average(images, spec), average_pool(images, spec)
    assert expected.shape == (channels, *result.spec.output_size)
    np.testing.assert_allclose(result.output, expected, rtol=1e-12, atol=1e-12)


@examples(250)
@given(pool_specs, st.sampled_from([0, 1]))
def test_the_index_map_is_the_one_torch_reads_by(spec: PoolSpec, axis: int) -> None:
    """Each input row alone is a one among zeros: the windows whose maximum it becomes are those that read it."""
    line, ones = along(spec, axis), np.eye(spec.input_size[axis])[:, :, None]
    expected = torch_max(ones, line)[0][:, :, 0] > 0
    np.testing.assert_array_equal(uses(spec.maps[axis]), expected)
    assert spec.maps[axis].unused == np.flatnonzero(~expected.any(axis=1)).tolist()


@examples(250)
@given(pool_specs)
def test_dropped_rows_are_those_that_get_no_gradient(spec: PoolSpec) -> None:
    """What no window of the average reads, torch's gradient leaves at zero."""
    images = torch.ones(1, *spec.input_size, dtype=torch.float64, requires_grad=True)
    options = {name: getattr(spec, name) for name in ("kernel_size", "stride", "padding", "ceil_mode")}
    avg_pool2d(images, **options).sum().backward()
    for axis, used in enumerate((images.grad[0].sum(1), images.grad[0].sum(0))):
        assert spec.undilated.maps[axis].unused == np.flatnonzero(used.numpy() == 0).tolist()


@examples(250)
@given(pool_specs, seeds)
def test_winners_are_where_torch_sends_the_gradient(spec: PoolSpec, seed: int) -> None:
    """A cell's gradient is the number of windows it won; a tie goes to its first cell alone."""
    values = np.random.default_rng(seed).integers(0, 3, (1, *spec.input_size)).astype(float)
    winners = max_pool(values, spec).winners
    assume((winners != NOTHING).all())  # torch writes the gradient of a window of padding alone outside the input
    images = torch.from_numpy(values).requires_grad_()
    options = {name: getattr(spec, name) for name in ("kernel_size", "stride", "padding", "dilation", "ceil_mode")}
    max_pool2d(images, **options).sum().backward()
    won = np.bincount(winners.ravel(), minlength=values.size).reshape(values.shape)
    np.testing.assert_array_equal(won, images.grad.numpy())


@examples(500)
@given(pool_settings)
def test_a_setting_is_refused_exactly_where_torch_refuses_it(chosen: dict[str, Any]) -> None:
    """No valid setting is withheld, no invalid one is drawn; and where the maximum is taken, so is the mean."""
    options = {name: value for name, value in chosen.items() if name != "input_size"}
    images = torch.zeros(1, 1, *chosen["input_size"])
    counted = options.pop("count_include_pad")
    try:
        max_pool2d(images, **options)
    except RuntimeError:
        with pytest.raises(SettingError):
            PoolSpec(**chosen)
    else:
        PoolSpec(**chosen)
        options.pop("dilation")
        avg_pool2d(images, **options, count_include_pad=counted)


def test_every_small_mean_equals_torchs_at_the_ragged_border() -> None:
    """All sizes up to 8, kernels and strides up to 5, paddings, ceil_mode and count_include_pad, on random numbers."""
    tried = 0
    numbers = (range(1, 9), range(1, 6), range(1, 6), range(3), (False, True), (False, True))
    for size, kernel, stride, padding, ceil_mode, counted in itertools.product(*numbers):
        pairs = ((n, n) for n in (size, kernel, stride, padding))
        try:
            spec = PoolSpec(*pairs, ceil_mode=ceil_mode, count_include_pad=counted)
        except SettingError:
            continue
        images = np.random.default_rng(tried).normal(size=(1, size, size))
        np.testing.assert_allclose(average_pool(images, spec).output, torch_average(images, spec), atol=1e-12)
        tried += 1
    assert tried == 1582


@pytest.mark.parametrize(
    ("padding", "dilation", "sentence"),
    [
        (2, 1, "a kernel of 3 rows takes a padding of 1 at most, half of the kernel, not 2"),
        (0, 4, "3 rows with dilation 4 spans 9 rows, more than the 5 rows of the padded input"),
    ],
)
def test_a_refusal_names_the_numbers_and_the_way_out(padding: int, dilation: int, sentence: str) -> None:
    """Half the kernel counts without its dilation; the window's span counts with it."""
    with pytest.raises(SettingError, match=sentence):
        PoolSpec((5, 5), (3, 3), (2, 2), (padding, padding), (dilation, dilation))


def test_a_shift_moves_columns_out_at_the_right() -> None:
    """Zeros enter at the left; a shift as wide as the image leaves nothing of it."""
    images = np.array([[[1.0, 2.0, 3.0]]])
    assert shift_right(images, 0).tolist() == [[[1, 2, 3]]]
    assert shift_right(images, 1).tolist() == [[[0, 1, 2]]]
    assert shift_right(images[..., :1], 2).tolist() == [[[0]]]
