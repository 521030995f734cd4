"""The code beside the picture runs when pasted and gives the picture's numbers."""

import io
from contextlib import redirect_stdout
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.conv import ConvSpec, convolve
from explorer.core.examples import make_bias, make_input, make_kernel, make_stack, make_weights
from explorer.core.explained import SettingError
from explorer.core.pooling import PoolSpec, shift_right
from explorer.core.subsampling import same_convolution, subsample
from explorer.core.torch_code import channels_code, conv_code, pool_code
from tests.hypothesis_profiles import examples
from tests.strategies import conv_specs, pool_specs


@examples(200)
@given(conv_specs, st.booleans(), st.booleans(), st.sampled_from([None, -1.5, 2.0]))
def test_the_pasted_code_computes_what_is_drawn(spec: ConvSpec, relu: bool, flipped: bool, bias: float | None) -> None:
    """For any setting, decimals and negative weights, bias, ReLU and a flipped kernel included."""
    image, kernel = make_input("digit", *spec.input_size)[None], make_kernel("sobel_x", *spec.kernel_size)
    kernel = kernel[::-1, ::-1] if flipped else kernel
    result = convolve(image, kernel[None, None], spec, None if bias is None else np.array([bias]))
    names: dict[str, object] = {}
    with redirect_stdout(io.StringIO()) as printed:
        exec(conv_code(result, relu=relu, flipped=flipped), names)
    drawn = result.output.clip(min=0) if relu else result.output
    np.testing.assert_allclose(names["output"].detach().numpy()[0], drawn, rtol=1e-4, atol=1e-4)
    assert str([1, 1, *spec.output_size]) in printed.getvalue()


@pytest.mark.parametrize(("stride", "text"), [((2, 2), "stride=2"), ((1, 2), "stride=(1, 2)")])
def test_settings_read_as_pytorch_writes_them(stride: tuple[int, int], text: str) -> None:
    """One number for both directions, a pair where they differ, nothing where it is the default."""
    result = convolve(np.ones((1, 5, 5)), np.ones((1, 1, 3, 3)), ConvSpec((5, 5), (3, 3), stride=stride))
    assert text in conv_code(result)
    assert "dilation" not in conv_code(result)


def fits_all_three(spec: PoolSpec) -> bool:
    try:
        return same_convolution(spec) is not None
    except SettingError:
        return False


@examples(50)
@given(pool_specs.filter(fits_all_three), st.integers(0, 2))
def test_the_pasted_pooling_code_computes_what_is_drawn(spec: PoolSpec, shift: int) -> None:
    """All three ways, shifted or not, and the winners' gradient, as it prints them."""
    image, kernel = make_input("random", *spec.input_size), make_kernel("sobel_x", *spec.kernel_size)
    names: dict[str, Any] = {}
    with redirect_stdout(io.StringIO()) as printed:
        exec(pool_code(subsample(image[None], kernel, spec), shift), names)
    drawn = subsample(shift_right(image[None], shift), kernel, spec)
    for layer, output in zip(("max_pool", "average_pool", "conv"), drawn.outputs, strict=True):
        computed = names[layer](names["input"]).data
        np.testing.assert_allclose(computed[0].numpy(), output, rtol=1e-4, atol=1e-4)
        assert f"{computed.shape}\n{computed}\ngradient:" in printed.getvalue()
    won = np.bincount(drawn.maximum.winners.ravel(), minlength=image.size).reshape(1, 1, *image.shape)
    assert f"{torch.from_numpy(won).float()}\nAvgPool2d" in printed.getvalue()
    assert str([1, 10, *spec.output_size]) in printed.getvalue()


def test_pooling_settings_read_as_pytorch_writes_them() -> None:
    """A dilation for MaxPool2d and Conv2d only, ceil_mode for the poolings only, nothing at its default."""
    spec = PoolSpec((9, 9), (3, 3), (2, 2), (1, 1), (2, 2), ceil_mode=True)
    code = pool_code(subsample(np.ones((1, 9, 9)), np.ones((3, 3)), spec), 0)
    assert "MaxPool2d(kernel_size=3, stride=2, padding=1, ceil_mode=True, dilation=2)" in code
    assert "AvgPool2d(kernel_size=3, stride=2, padding=1, ceil_mode=True)" in code
    assert "pad(" not in code


@pytest.mark.parametrize(("channels", "groups", "bias"), [((3, 2), 1, True), ((4, 6), 2, False), ((3, 3), 3, True)])
def test_the_pasted_stack_computes_what_is_drawn(channels: tuple[int, int], groups: int, *, bias: bool) -> None:
    """Several channels, groups and bias: few numbers are pasted as they are, and give the page's output."""
    spec = ConvSpec((6, 5), (3, 3), (1, 1), in_channels=channels[0], out_channels=channels[1], groups=groups)
    weight, constant = make_weights(*spec.weight_shape), make_bias(channels[1]) if bias else None
    result = convolve(make_stack("rgb", channels[0], 6, 5), weight, spec, constant)
    names: dict[str, object] = {}
    with redirect_stdout(io.StringIO()) as printed:
        exec(channels_code(result), names)
    np.testing.assert_allclose(names["output"].detach().numpy()[0], result.output, rtol=1e-4, atol=1e-4)
    assert str([*spec.weight_shape]) in printed.getvalue()


def test_a_large_stack_prints_its_shapes_only() -> None:
    """The lecture's layer: 50,000 numbers are not pasted, the script says so and prints the three shapes."""
    spec = ConvSpec((100, 100), (3, 3), in_channels=5, out_channels=10)
    result = convolve(make_stack("numbers", 5, 100, 100), make_weights(*spec.weight_shape), spec, make_bias(10))
    code = channels_code(result)
    assert len(code) < 500
    assert "# 50,000 input values are too many to paste" in code
    assert "torch.nn.Conv2d(5, 10, kernel_size=3)" in code
    with redirect_stdout(io.StringIO()) as printed:
        exec(code, {})
    for shape in ((1, 5, 100, 100), (1, 10, 98, 98), (10, 5, 3, 3)):
        assert str([*shape]) in printed.getvalue()
