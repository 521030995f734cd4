"""The PyTorch code for exactly what a page shows: text that runs when pasted and prints the same numbers."""

import textwrap

import numpy as np

from explorer.core.arithmetic.convolution import ConvResult, ConvSpec, Pair
from explorer.core.arithmetic.pooling import PoolSpec
from explorer.core.arithmetic.subsampling import Subsampling

DEFAULTS = {"padding": 0, "stride": 1, "dilation": 1, "output_padding": 0}  # PyTorch's, for both directions
MAX_LITERALS = 1000  # numbers of input and weight that are worth pasting
MAX_PRINTED = 1000  # numbers of a tensor that torch prints; of a larger one the outermost three a side
EVERY_NUMBER = 'torch.set_printoptions(profile="full")  # print every number\n'
POOL_NAMES = {"max": "max_pool", "mean": "average_pool", "sum": "conv"}  # a way of subsampling -> in the script
COMMENT = "# "


def conv_code(result: ConvResult, *, relu: bool = False, flipped: bool = False) -> str:
    """A script like the lecture's: the layer with the kernel as its weight, printing shape and values.

    ``flipped``: the result's kernel is a flipped one, as a true convolution's; the script flips it itself.
    """
    spec = result.spec
    kernel = result.weight[0, 0, ::-1, ::-1] if flipped else result.weight[0, 0]
    flip = ".flip(2, 3)  # a true convolution flips the kernel; Conv2d does not" if flipped else ""
    bias = "" if result.bias is None else f"conv.bias.data = torch.tensor([{_literal(result.bias[0])}])\n"
    return f"""\
import torch

{_printing(result.output)}input = torch.tensor({_rows(result.images[0])}).view(1, 1, {_sides(spec.input_size)})

kernel = torch.tensor({_rows(kernel)}).view(1, 1, {_sides(spec.kernel_size)}){flip}

conv = {conv2d_code(spec, bias=bool(bias))}
conv.weight.data = kernel
{bias}
output = {"torch.relu(conv(input))" if relu else "conv(input)"}
print(output.shape)
print(output)
"""


def pool_code(result: Subsampling, shift: int) -> str:
    """A script with the three ways and where each sends its gradient; ``result`` is that before the input's shift.

    A way that PyTorch refuses is a comment that says why.
    """
    shape, width = _sides(result.window.input_size), result.window.input_size[1]
    # Cropped by a slice, for pad refuses to crop more than there is.
    moved = f"input = torch.nn.functional.pad(input, ({shift}, 0))[..., :{width}]  # zeros enter\n"
    names = [POOL_NAMES[way] for way in result.results]
    layers = (_pool_layer(result, way) for way in POOL_NAMES)
    pooled = f"""
channels = torch.rand(1, 10, {shape})
print({names[0]}(channels).shape)  # still 10 channels
"""
    return f"""\
import torch

{_printing(result.images)}input = torch.tensor({_rows(result.images[0])}).view(1, 1, {shape})
{moved if shift else ""}input.requires_grad_()

{"".join(layers)}
for layer in ({", ".join(names)}{"," * (len(names) == 1)}):
    input.grad = None
    output = layer(input)
    output.sum().backward()
    print(layer, output.shape, output.data, "gradient:", input.grad, sep="\\n")
{"" if names == ["conv"] else pooled}"""


def _pool_layer(result: Subsampling, way: str) -> str:
    """Its line, or two, of the script: the layer as PyTorch writes it, or why it is impossible."""
    if way in result.refused:
        reason = f"No {POOL_NAMES[way]}: {result.refused[way]}"
        return textwrap.fill(reason, 72, initial_indent=COMMENT, subsequent_indent=COMMENT) + "\n"
    pool = result.results[way].spec
    if isinstance(pool, ConvSpec):
        weight = f"torch.tensor({_rows(result.kernel)}).view(1, 1, {_sides(result.kernel.shape)})"
        return f"\nconv = {conv2d_code(pool, bias=False)}\nconv.weight.data = {weight}\n"
    return f"{POOL_NAMES[way]} = {pool2d_code(pool, way)}\n"


def pool2d_code(pool: PoolSpec, way: str) -> str:
    """The layer by "max" or "mean" as PyTorch writes it, defaults left out."""
    options = f"kernel_size={_pair(pool.kernel_size)}, stride={_pair(pool.stride)}" + _settings(pool, "padding")
    options += ", ceil_mode=True" if pool.ceil_mode else ""
    options += _settings(pool, "dilation") + ("" if pool.count_include_pad else ", count_include_pad=False")
    return f"torch.nn.{'MaxPool2d' if way == 'max' else 'AvgPool2d'}({options})"


def conv2d_code(spec: ConvSpec, *, bias: bool) -> str:
    """The layer as PyTorch writes it, defaults left out."""
    settings = ("padding", "stride", "dilation", *(["output_padding"] if spec.transposed else []))
    options = [f"padding_mode={spec.padding_mode!r}"] * (spec.padding_mode != "zeros")
    options += [f"groups={spec.groups}"] * (spec.groups > 1) + ["bias=False"] * (not bias)
    arguments = [str(spec.in_channels), str(spec.out_channels), f"kernel_size={_pair(spec.kernel_size)}"]
    layer = "ConvTranspose2d" if spec.transposed else "Conv2d"
    changed = "".join(_settings(spec, name) for name in settings)
    return f"torch.nn.{layer}({', '.join(arguments)}{changed}{''.join(f', {option}' for option in options)})"


def channels_code(result: ConvResult) -> str:
    """Several channels: with the page's numbers where they are few, with random ones of the same shapes else."""
    spec = result.spec
    shape = (1, spec.in_channels, *spec.input_size)
    layer = f"conv = {conv2d_code(spec, bias=result.bias is not None)}"
    shapes = "print(input.shape)\nprint(output.shape)\nprint(conv.weight.shape)"
    if result.images.size + result.weight.size > MAX_LITERALS:
        return f"""\
import torch

# {result.images.size:,} input values are too many to paste:
# random ones, and random weights, show the same shapes.
input = torch.randn{shape}

{layer}

output = conv(input)
{shapes}
"""
    bias = "" if result.bias is None else f"conv.bias.data = torch.tensor({_row(result.bias)})\n"
    return f"""\
import torch

{_printing(result.output)}input = torch.tensor({_rows(result.images.reshape(-1, shape[-1]))}).view{shape}

{layer}
conv.weight.data = torch.tensor({_rows(result.weight.reshape(-1, spec.kernel_size[1]))}).view{spec.weight_shape}
{bias}
output = conv(input)
{shapes}
print(output)
"""


def _printing(printed: np.ndarray) -> str:
    """What it takes to see all of the largest tensor that is printed."""
    return EVERY_NUMBER if printed.size > MAX_PRINTED else ""


def _pair(pair: Pair) -> str:
    return str(pair[0]) if pair[0] == pair[1] else str(pair)


def _settings(spec: ConvSpec | PoolSpec, name: str) -> str:
    """``, padding=1``, or nothing where it is PyTorch's default."""
    value, default = getattr(spec, name), DEFAULTS[name]
    if value == (default, default):
        return ""
    return f", {name}={value!r}" if isinstance(value, str) else f", {name}={_pair(value)}"


def _sides(size: Pair) -> str:
    return f"{size[0]}, {size[1]}"


def _rows(values: np.ndarray) -> str:
    """Nested lists, a row a line; every number a float literal, so that torch makes a float tensor."""
    return "[\n    " + ",\n    ".join(map(_row, values)) + ",\n]"


def _row(values: np.ndarray) -> str:
    return "[" + ", ".join(map(_literal, values)) + "]"


def _literal(value: float) -> str:
    return f"{value:.0f}." if value == int(value) else repr(float(value))
