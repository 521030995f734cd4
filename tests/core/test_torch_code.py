"""The code beside the picture runs when pasted and gives the picture's numbers."""

import io
from contextlib import redirect_stdout

import numpy as np
import pytest
from hypothesis import given, settings

from explorer.core.conv import ConvSpec, convolve
from explorer.core.examples import make_input, make_kernel
from explorer.core.torch_code import conv_code
from tests.strategies import conv_specs


@settings(max_examples=50)
@given(conv_specs)
def test_the_pasted_code_computes_what_is_drawn(spec: ConvSpec) -> None:
    """For any setting, decimals and negative weights included."""
    result = convolve(make_input("digit", *spec.input_size), make_kernel("sobel_x", *spec.kernel_size), spec)
    names: dict[str, object] = {}
    with redirect_stdout(io.StringIO()) as printed:
        exec(conv_code(result), names)
    output = names["output"].detach().numpy()[0, 0]
    np.testing.assert_allclose(output, result.output, rtol=1e-4, atol=1e-4)
    assert str([1, 1, *spec.output_size]) in printed.getvalue()


@pytest.mark.parametrize(("stride", "text"), [((2, 2), "stride=2"), ((1, 2), "stride=(1, 2)")])
def test_settings_read_as_pytorch_writes_them(stride: tuple[int, int], text: str) -> None:
    """One number for both directions, a pair where they differ, nothing where it is the default."""
    result = convolve(np.ones((5, 5)), np.ones((3, 3)), ConvSpec((5, 5), (3, 3), stride=stride))
    assert text in conv_code(result)
    assert "dilation" not in conv_code(result)
