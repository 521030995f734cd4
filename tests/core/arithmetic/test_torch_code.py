"""The code beside the picture runs when pasted and gives the picture's numbers."""

import io
from contextlib import redirect_stdout
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, reject
from hypothesis import strategies as st

from explorer.core.arithmetic.convolution import ConvSpec, convolve
from explorer.core.arithmetic.inputs import make_channel_input, make_input
from explorer.core.arithmetic.kernels import make_bias, make_kernel, make_weights
from explorer.core.arithmetic.pooling import shift_right
from explorer.core.arithmetic.subsampling import Window, subsample
from explorer.core.arithmetic.torch_code import channels_code, conv_code, pool_code
from explorer.core.errors import SettingError
from tests.hypothesis_profiles import examples
from tests.strategies import conv_specs, windows


@examples(100)
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


@examples(100)
@given(windows, st.integers(0, 2))
def test_the_pasted_pooling_code_computes_what_is_drawn(window: Window, shift: int) -> None:
    """Whatever is possible of the three ways, shifted or not, and the winners' gradient, as it prints them."""
    image, kernel = make_input("random", *window.input_size), make_kernel("sobel_x", *window.kernel_size)
    try:
        still = subsample(image[None], kernel, window)
    except SettingError:
        reject()
    names: dict[str, Any] = {}
    with redirect_stdout(io.StringIO()) as printed:
        exec(pool_code(still, shift), names)
    drawn = subsample(shift_right(image[None], shift), kernel, window)
    for way, layer in {"max": "max_pool", "mean": "average_pool", "sum": "conv"}.items():
        assert (layer in names) == (way in drawn.results)
        if way in drawn.results:
            computed = names[layer](names["input"]).data
            np.testing.assert_allclose(computed[0].numpy(), drawn.results[way].output, rtol=1e-4, atol=1e-4)
            assert f"{computed.shape}\n{computed}\ngradient:" in printed.getvalue()
    if "max" in drawn.results:
        won = np.bincount(drawn.results["max"].winners.ravel(), minlength=image.size).reshape(1, 1, *image.shape)
        assert f"gradient:\n{torch.from_numpy(won).float()}\n" in printed.getvalue()
    poolings = [result for way, result in drawn.results.items() if way != "sum"]
    for pooling in poolings[:1]:
        assert str([1, 10, *pooling.spec.output_size]) in printed.getvalue()


def test_pooling_settings_read_as_pytorch_writes_them() -> None:
    """Dilation for MaxPool2d and Conv2d, ceil_mode for the poolings, count_include_pad for AvgPool2d; no defaults."""
    window = Window((9, 9), (3, 3), (2, 2), (1, 1), (2, 2), ceil_mode=True, count_include_pad=False)
    code = pool_code(subsample(np.ones((1, 9, 9)), np.ones((3, 3)), window), 0)
    assert "MaxPool2d(kernel_size=3, stride=2, padding=1, ceil_mode=True, dilation=2)" in code
    assert "AvgPool2d(kernel_size=3, stride=2, padding=1, ceil_mode=True, count_include_pad=False)" in code
    assert "pad(" not in code
    usual = pool_code(subsample(np.ones((1, 9, 9)), np.ones((3, 3)), Window((9, 9), (3, 3), (2, 2))), 0)
    assert "AvgPool2d(kernel_size=3, stride=2)\n" in usual


def test_an_impossible_way_is_a_comment_that_says_why() -> None:
    """2×2, a kernel of 3, ceil_mode: the script has both poolings, and Conv2d's refusal in its place."""
    code = pool_code(subsample(np.ones((1, 2, 2)), np.ones((3, 3)), Window((2, 2), (3, 3), (2, 2), ceil_mode=True)), 0)
    assert "# No conv: A kernel of 3 rows with dilation 1 spans 3 rows" in code
    assert "for layer in (max_pool, average_pool):" in code
    assert max(map(len, code.splitlines())) <= 80


@pytest.mark.parametrize(("channels", "groups", "bias"), [((3, 2), 1, True), ((4, 6), 2, False), ((3, 3), 3, True)])
def test_the_pasted_stack_computes_what_is_drawn(channels: tuple[int, int], groups: int, *, bias: bool) -> None:
    """Several channels, groups and bias: few numbers are pasted as they are, and give the page's output."""
    spec = ConvSpec((6, 5), (3, 3), (1, 1), in_channels=channels[0], out_channels=channels[1], groups=groups)
    weight, constant = make_weights(*spec.weight_shape), make_bias(channels[1]) if bias else None
    result = convolve(make_channel_input("rgb", channels[0], 6, 5), weight, spec, constant)
    names: dict[str, object] = {}
    with redirect_stdout(io.StringIO()) as printed:
        exec(channels_code(result), names)
    np.testing.assert_allclose(names["output"].detach().numpy()[0], result.output, rtol=1e-4, atol=1e-4)
    assert str([*spec.weight_shape]) in printed.getvalue()


def test_a_large_stack_prints_its_shapes_only() -> None:
    """The lecture's layer: 50,000 numbers are not pasted, the script says so and prints the three shapes."""
    spec = ConvSpec((100, 100), (3, 3), in_channels=5, out_channels=10)
    result = convolve(make_channel_input("numbers", 5, 100, 100), make_weights(*spec.weight_shape), spec, make_bias(10))
    code = channels_code(result)
    assert len(code) < 500
    assert "# 50,000 input values are too many to paste" in code
    assert "torch.nn.Conv2d(5, 10, kernel_size=3)" in code
    with redirect_stdout(io.StringIO()) as printed:
        exec(code, {})
    for shape in ((1, 5, 100, 100), (1, 10, 98, 98), (10, 5, 3, 3)):
        assert str([*shape]) in printed.getvalue()
