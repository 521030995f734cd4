"""The PyTorch code for exactly what a page shows: text that runs when pasted and prints the same numbers."""

import numpy as np

from explorer.core.conv import ConvResult, Pair


def conv_code(result: ConvResult) -> str:
    """A script like the lecture's: ``Conv2d`` with the kernel as its weight, printing shape and values."""
    spec = result.spec
    settings = "".join(
        f", {name}={_pair(pair)}"
        for name, pair, default in (
            ("padding", spec.padding, 0),
            ("stride", spec.stride, 1),
            ("dilation", spec.dilation, 1),
        )
        if pair != (default, default)
    )
    return f"""\
import torch

input = torch.tensor({_rows(result.image)}).view(1, 1, {spec.input_size[0]}, {spec.input_size[1]})

kernel = torch.tensor({_rows(result.kernel)}).view(1, 1, {spec.kernel_size[0]}, {spec.kernel_size[1]})

conv = torch.nn.Conv2d(1, 1, kernel_size={_pair(spec.kernel_size)}{settings}, bias=False)
conv.weight.data = kernel

output = conv(input)
print(output.shape)
print(output)
"""


def _pair(pair: Pair) -> str:
    return str(pair[0]) if pair[0] == pair[1] else str(pair)


def _rows(values: np.ndarray) -> str:
    """Nested lists, a row a line; every number a float literal, so that torch makes a float tensor."""
    rows = ("[" + ", ".join(_literal(value) for value in row) + "]" for row in values)
    return "[\n    " + ",\n    ".join(rows) + ",\n]"


def _literal(value: float) -> str:
    return f"{value:.0f}." if value == int(value) else repr(float(value))
