"""The named inputs and kernels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.arithmetic.inputs import (
    CHANNEL_INPUTS,
    EXAMPLE,
    INPUTS,
    make_channel_input,
    make_channels,
    make_input,
)
from explorer.core.arithmetic.kernels import KERNELS, make_bias, make_kernel, make_weights
from explorer.core.data.sample_picture import sample_picture
from tests.hypothesis_profiles import examples

sizes = st.integers(1, 9)


@pytest.mark.parametrize("source", INPUTS)
@given(height=sizes, width=sizes, seed=st.integers(0, 50))
def test_every_input_has_the_size_asked_for(source: str, height: int, width: int, seed: int) -> None:
    """Any source at any size gives finite numbers, the same for the same seed."""
    values = make_input(source, height, width, seed=seed)
    assert values.shape == (height, width)
    assert np.isfinite(values).all()
    assert (values == make_input(source, height, width, seed=seed)).all()


@pytest.mark.parametrize("name", KERNELS)
@given(height=sizes, width=sizes)
def test_every_kernel_has_the_size_asked_for(name: str, height: int, width: int) -> None:
    """Any kernel at any size gives finite numbers."""
    kernel = make_kernel(name, height, width)
    assert kernel.shape == (height, width)
    assert np.isfinite(kernel).all()


@given(height=sizes, width=sizes)
def test_kernels_sum_to_what_their_names_promise(height: int, width: int) -> None:
    """Blurs and identity keep the brightness; derivatives answer an even image with zero."""
    for name in ("identity", "box_blur", "gaussian", "sharpen"):
        assert make_kernel(name, height, width).sum() == pytest.approx(1)
    assert make_kernel("laplacian", height, width).sum() == 0
    assert make_kernel("sobel_x", height, width).sum() == 0


def test_the_3_by_3_kernels_are_the_textbooks() -> None:
    """Sobel, Laplacian, sharpen and Gaussian have the numbers every book prints."""
    assert make_kernel("sobel_x", 3, 3).tolist() == [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
    assert make_kernel("sobel_y", 3, 3).tolist() == [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]
    assert make_kernel("laplacian", 3, 3).tolist() == [[0, 1, 0], [1, -4, 1], [0, 1, 0]]
    assert make_kernel("sharpen", 3, 3).tolist() == [[0, -1, 0], [-1, 5, -1], [0, -1, 0]]
    assert (make_kernel("gaussian", 3, 3) * 16).tolist() == [[1, 2, 1], [2, 4, 2], [1, 2, 1]]


def test_the_worked_example_repeats_beyond_its_own_size() -> None:
    """A larger input still begins with the lecture's numbers, and a smaller one is cut from them."""
    assert (make_input("example", 7, 6)[:5, :5] == EXAMPLE).all()
    assert make_input("example", 7, 6)[5, 5] == EXAMPLE[0, 0]
    assert (make_input("example", 3, 2) == EXAMPLE[:3, :2]).all()


def test_a_digit_keeps_its_ink_at_every_size() -> None:
    """Averaging down or repeating up leaves the mean brightness as it was."""
    whole = make_input("digit", 28, 28).mean()
    assert make_input("digit", 14, 14).mean() == pytest.approx(whole, abs=0.005)
    assert make_input("digit", 9, 20).mean() == pytest.approx(whole, abs=0.005)


@pytest.mark.parametrize("source", CHANNEL_INPUTS)
@given(channels=st.integers(1, 8), height=sizes, width=sizes, seed=st.integers(0, 50))
@examples(30)
def test_another_channel_leaves_the_stack_as_it_was(
    source: str, channels: int, height: int, width: int, seed: int
) -> None:
    """Any source has the shape asked for, and its first channels do not depend on how many follow."""
    stack = make_channel_input(source, channels, height, width, seed=seed)
    assert stack.shape == (channels, height, width)
    assert (make_channel_input(source, channels + 1, height, width, seed=seed)[:channels] == stack).all()


@pytest.mark.parametrize("source", CHANNEL_INPUTS)
def test_channels_differ(source: str) -> None:
    """Each channel shows something of its own, in the range that the source promises."""
    stack = make_channel_input(source, 3, 20, 20)
    assert len({channel.tobytes() for channel in stack}) == 3
    assert stack.min() >= 0
    assert stack.max() <= (9 if source == "numbers" else 1)


def test_a_fourth_channel_of_a_picture_is_its_first_again() -> None:
    """Red follows blue; the picture keeps its mean at any size."""
    stack = make_channel_input("rgb", 4, 12, 30)
    assert (stack[3] == stack[0]).all()
    assert make_channels(sample_picture(), 3, 7, 9).mean() == pytest.approx(sample_picture().mean(), abs=0.005)


@given(out_channels=st.integers(1, 6), in_channels=st.integers(1, 6), seed=st.integers(0, 50))
def test_another_kernel_leaves_the_weights_as_they_were(out_channels: int, in_channels: int, seed: int) -> None:
    """Whole numbers −3 … 3; one output or input channel more adds kernels and changes none."""
    weight = make_weights(out_channels, in_channels, 3, 2, seed=seed)
    more = make_weights(out_channels + 1, in_channels + 1, 3, 2, seed=seed)
    assert weight.shape == (out_channels, in_channels, 3, 2)
    assert (more[:out_channels, :in_channels] == weight).all()
    assert set(weight.ravel()) <= {-3, -2, -1, 0, 1, 2, 3}


def test_a_bias_is_never_zero() -> None:
    """Each output channel has its own, −5 … 5."""
    bias = make_bias(16)
    assert (make_bias(3) == bias[:3]).all()
    assert ((abs(bias) >= 1) & (abs(bias) <= 5)).all()
    assert len(set(bias)) > 5
