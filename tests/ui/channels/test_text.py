"""The weight's dimensions and the parameters, with every number named."""

import math
import re

import pytest
import torch

from explorer.core.arithmetic.convolution import ConvSpec
from explorer.ui.channels.text import input_shape, output_shape, parameters_latex, size_text, weight_latex

LECTURE = ConvSpec((100, 100), (3, 3), in_channels=5, out_channels=10)


def test_the_lectures_numbers_carry_their_names() -> None:
    """Output channels 10, input channels 5, kernel height and width 3: 460 parameters."""
    assert [1, 5, 100, 100] == [*input_shape(LECTURE)]
    assert [1, 10, 98, 98] == [*output_shape(LECTURE)]
    assert size_text(LECTURE) == "H = W = ⌊(100 + 2·0 − 3) / 1⌋ + 1 = 98"
    assert (
        size_text(ConvSpec((5, 9), (3, 3), stride=(2, 2)))
        == "H = ⌊(5 + 2·0 − 3) / 2⌋ + 1 = 2, W = ⌊(9 + 2·0 − 3) / 2⌋ + 1 = 4"
    )
    assert re.findall(r"underbrace\{(.*?)\}", weight_latex(LECTURE)) == ["10", "5", "3", "3"]
    assert r"\underbrace{10}_{\substack{\text{output} \\[0.2em] \text{channels}}}" in weight_latex(LECTURE)
    assert parameters_latex(LECTURE, bias=True).endswith("= 460")


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize(("channels", "groups"), [((6, 4), 1), ((6, 4), 2), ((8, 16), 8), ((1, 1), 1)])
def test_the_formula_gives_what_pytorch_counts(channels: tuple[int, int], groups: int, *, bias: bool) -> None:
    """The written factors, multiplied out, are its sum and the layer's own count of parameters."""
    spec = ConvSpec((9, 9), (5, 3), in_channels=channels[0], out_channels=channels[1], groups=groups)
    layer = torch.nn.Conv2d(*channels, spec.kernel_size, groups=groups, bias=bias)
    assert spec.weight_shape == (*layer.weight.shape,)
    latex = parameters_latex(spec, bias=bias).replace("{,}", "")
    count = sum(p.numel() for p in layer.parameters())
    assert latex.endswith(f"= {count}")
    factors = re.findall(r"underbrace\{(.*?)\}", latex)
    assert math.prod(eval(f) for f in factors[:3]) == math.prod(layer.weight.shape[1:])
    assert len(factors) == 4 + bias
