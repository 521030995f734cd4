"""The named inputs and kernels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.examples import EXAMPLE, INPUTS, KERNELS, make_input, make_kernel

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
