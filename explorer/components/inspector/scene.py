"""What the inspector draws: grids of numbers, and the operations that lead from some of them to others.

It knows tensors and index maps, no page: a single convolution, a stack of channels, three ways of pooling and a layer
of a trained network are all scenes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from explorer.core.conv import ConvResult
from explorer.core.index_map import AxisMap

THUMBNAIL = 32


@dataclass(frozen=True, eq=False)
class Grid:
    """One matrix on screen.

    ``name`` is its ARIA name, in English; ``title`` its heading, in the page's language; ``shape`` the tensor's it
    comes from. ``largest`` is the absolute value of the full colour: one for all grids of a layer, for scaling each
    alone would hide a dead one. ``signed``: blue for positive, orange for negative; else from paper to ink.
    ``edit`` is the name under which a changed number is reported, "" where none can be. ``before``: the same grid
    before a change that the picture shows.
    """

    name: str
    title: str
    values: np.ndarray
    shape: Sequence[int]
    largest: float
    signed: bool
    edit: str = ""
    before: np.ndarray | None = None

    def data(self) -> dict[str, object]:
        """As the browser gets it."""
        return {
            "name": self.name,
            "title": self.title,
            "values": self.values.tolist(),
            "shape": f"({', '.join(map(str, self.shape))})",
            "largest": float(self.largest),
            "signed": self.signed,
            "edit": self.edit,
            "before": None if self.before is None else self.before.tolist(),
        }


@dataclass(frozen=True, eq=False)
class Operation:
    """How one output grid comes from input grids; grids by their number in the scene.

    ``reduce`` "sum": products of input and kernel, over all ``parts`` (input, kernel), + ``bias``, then ReLU where
    ``relu``. "max" and "mean": of the window of the one input; a mean divides by the window's cells, padding included,
    as torch.nn.AvgPool2d does. ``title`` names it where there are several.
    """

    reduce: str
    maps: tuple[AxisMap, AxisMap]
    parts: Sequence[tuple[int, int | None]]
    output: int
    bias: float | None = None
    relu: bool = False
    title: str = ""

    def data(self) -> dict[str, object]:
        """As the browser gets it."""
        rows, columns = (
            {"at": axis.at.tolist(), "source": axis.source.tolist(), "before": axis.before, "size": axis.size}
            for axis in self.maps
        )
        return {
            "reduce": self.reduce,
            "rows": rows,
            "columns": columns,
            "parts": [list(part) for part in self.parts],
            "output": self.output,
            "bias": self.bias,
            "relu": self.relu,
            "title": self.title,
        }


@dataclass(frozen=True, eq=False)
class Scene:
    """Grids and operations. ``layout``: "row" (input ∗ kernel = output), "stack" (a row a channel, Σ, output) or
    "fan" (one input, several outputs). ``padding_mode`` names what the cells around the input hold. ``maps`` are small
    pictures (h, w) of all output channels, in −100 … 100, among which ``chosen`` is the one drawn large."""

    layout: str
    grids: Sequence[Grid]
    operations: Sequence[Operation]
    padding_mode: str = "zeros"
    maps: Sequence[np.ndarray] = ()
    chosen: int = 0

    def data(self) -> dict[str, object]:
        """As the browser gets it."""
        return {
            "layout": self.layout,
            "grids": [grid.data() for grid in self.grids],
            "operations": [operation.data() for operation in self.operations],
            "padding_mode": self.padding_mode,
            "maps": [small.tolist() for small in self.maps],
            "chosen": self.chosen,
        }


def largest(*values: np.ndarray) -> float:
    """The largest absolute value, 1 where all are zero: the full colour of a layer."""
    return max((float(np.abs(v).max()) for v in values), default=0) or 1.0


def conv_scene(
    result: ConvResult, words: Mapping[str, str], *, channel: int = 0, relu: bool = False, editable: bool = True
) -> Scene:
    """One output channel of a convolution: every input of its group, its kernel, and the sum.

    A single input makes a row; several make a stack, in which the browser adds the partial maps up.
    """
    spec = result.spec
    per_group = spec.in_channels // spec.groups
    first = channel // (spec.out_channels // spec.groups) * per_group
    inputs = range(first, first + per_group)
    alone = spec.in_channels == 1
    output = np.maximum(result.output, 0) if relu else result.output

    def name(word: str, number: int) -> tuple[str, str]:
        one, many = words[word], words[f"{word}_channel"]
        return (word.title(), one) if alone else (f"{word.title()} {number + 1}", many.format(channel=number + 1))

    image_shape = (1, spec.in_channels, *spec.input_size)
    images = [
        Grid(
            *name("input", c),
            result.images[c],
            image_shape,
            largest(result.images),
            bool((result.images < 0).any()),
            f"input {c}" if editable else "",
        )
        for c in inputs
    ]
    kernels = [
        Grid(
            *name("kernel", c),
            result.weight[channel, c - first],
            spec.weight_shape,
            largest(result.weight),
            True,
            f"kernel {channel} {c - first}" if editable else "",
        )
        for c in inputs
    ]
    drawn = Grid(
        "Output",
        words["output"] if spec.out_channels == 1 else words["output_channel"].format(channel=channel + 1),
        output[channel],
        (1, spec.out_channels, *spec.output_size),
        largest(output),
        not relu,
    )
    grids = [grid for pair in zip(images, kernels, strict=True) for grid in pair] + [drawn]
    operation = Operation(
        "sum",
        spec.maps,
        [(2 * part, 2 * part + 1) for part in range(per_group)],
        len(grids) - 1,
        None if result.bias is None else float(result.bias[channel]),
        relu,
    )
    maps = [thumbnail(m, drawn.largest) for m in output] if spec.out_channels > 1 else ()
    return Scene("row" if alone else "stack", grids, [operation], spec.padding_mode, maps, channel)


def thumbnail(values: np.ndarray, full: float) -> np.ndarray:
    """(H, W) in −full … full -> whole numbers −100 … 100, at most THUMBNAIL rows and columns: every n-th is taken."""
    step = -(-max(values.shape) // THUMBNAIL)
    return (values[::step, ::step] * (100 / full)).round().astype(int)
