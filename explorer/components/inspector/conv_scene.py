"""A convolution as a scene: one output channel, with every input and kernel that it is the sum of."""

from collections.abc import Mapping
from typing import cast

import numpy as np

from explorer.components.inspector.message import PaddingMode
from explorer.components.inspector.scene import Grid, Layout, Operation, Scene, largest, shape_label
from explorer.core.arithmetic.convolution import ConvResult

THUMBNAIL = 32  # rows and columns of a small map: 1,024 numbers, about 4 kB


def conv_scene(
    result: ConvResult,
    words: Mapping[str, str],
    *,
    layout: Layout,
    channel: int = 0,
    relu: bool = False,
    editable: bool = True,
) -> Scene:
    """Output ``channel``: the inputs of its group, a kernel for each, and the sum, after a ReLU where ``relu``.

    A single input can make a "row"; a "stack" has any number, whose partial maps the browser adds up. ``words`` are
    templates in the page's language: "input", "input_channel" with {channel} …, "weight_shape".
    """
    spec = result.spec
    padding_mode = cast(PaddingMode, spec.padding_mode)  # which ConvSpec has seen to
    first = channel // (spec.out_channels // spec.groups) * result.weight.shape[1]
    pairs = [_input_and_kernel(result, words, channel, first, part, editable) for part in range(result.weight.shape[1])]
    output = np.maximum(result.output, 0) if relu else result.output
    drawn = _output(result, output, words, channel, not relu)
    parts = [(2 * part, 2 * part + 1) for part in range(len(pairs))]
    bias = None if result.bias is None else float(result.bias[channel])
    operation = Operation("sum", spec.maps, parts, 2 * len(pairs), bias, relu, first=first)
    grids = [*(grid for pair in pairs for grid in pair), drawn]
    if layout == "row":
        return Scene("row", grids, [operation], padding_mode)
    maps = [thumbnail(m, drawn.largest) for m in output]
    return Scene("stack", grids, [operation], padding_mode, maps, channel, _weight_shape(result, words))


def _input_and_kernel(
    result: ConvResult, words: Mapping[str, str], channel: int, first: int, part: int, editable: bool
) -> tuple[Grid, Grid]:
    spec, images, weight = result.spec, result.images, result.weight
    alone = spec.in_channels == 1 and spec.out_channels == 1
    number = "" if alone else f" {first + part + 1}"
    image = Grid(
        f"Input{number}",
        words["input"] if alone else words["input_channel"].format(channel=first + part + 1),
        images[first + part],
        shape_label(1, spec.in_channels, *spec.input_size),
        largest(images),
        bool((images < 0).any()),
        f"input {first + part}" if editable else "",
    )
    kernel = Grid(
        f"Kernel{number}",
        words["kernel"] if alone else words["kernel_channel"].format(channel=first + part + 1),
        weight[channel, part],
        shape_label(*spec.weight_shape) if alone else f"weight[{channel}, {part}]",
        largest(weight),
        True,
        f"kernel {channel} {part}" if editable else "",
    )
    return image, kernel


def _output(result: ConvResult, output: np.ndarray, words: Mapping[str, str], channel: int, signed: bool) -> Grid:
    count = result.spec.out_channels
    title = words["output"] if count == 1 else words["output_channel"].format(channel=channel + 1)
    shape = shape_label(1, count, *result.spec.output_size)
    return Grid("Output", title, output[channel], shape, largest(output), signed)


def _weight_shape(result: ConvResult, words: Mapping[str, str]) -> str:
    """The weight's four dimensions by name."""
    names = ("out", "per_group", "height", "width")
    numbers = dict(zip(names, result.weight.shape, strict=True))
    return words["weight_shape"].format(shape=shape_label(*result.weight.shape), **numbers)


def thumbnail(values: np.ndarray, full: float) -> np.ndarray:
    """(H, W) in −full … full -> whole numbers −100 … 100, at most THUMBNAIL rows and columns: every n-th is taken."""
    step = -(-max(values.shape) // THUMBNAIL)
    return (values[::step, ::step] * (100 / full)).round().astype(int)
