"""What the inspector draws: grids of numbers, and the operations that lead from some of them to others.

It knows tensors and index maps, no page: a single convolution, a stack of channels, three ways of pooling and a layer
of a trained network are all scenes.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from explorer.components.inspector.message import (
    AxisMessage,
    GridMessage,
    Layout,
    OperationMessage,
    PaddingMode,
    Reduce,
    SceneMessage,
)
from explorer.components.inspector.packed import packed
from explorer.core.arithmetic.index_map import AxisMap

UNKNOWN = "?"  # what stands where an exercise asks


@dataclass(frozen=True, eq=False)
class Grid:
    """One matrix on screen.

    ``name`` is its ARIA name, in English; ``title`` its heading, in the page's language; ``label`` the shape of the
    tensor it comes from, or its place in it. ``largest`` is the absolute value of the full colour: one for all grids of
    a layer, for scaling each alone would hide a dead one. ``signed``: blue for positive, orange for negative; else from
    paper to ink. ``edit`` is the name under which a changed number is reported, "" where none can be. ``before``: the
    same grid before a change that the picture shows. ``asked``: the cell (row, column), or the whole "grid", that an
    exercise asks for, and that is not shown.
    """

    name: str
    title: str
    values: np.ndarray
    label: str
    largest: float
    signed: bool
    edit: str = ""
    before: np.ndarray | None = None
    asked: tuple[int, int] | Literal["grid"] | None = None

    def data(self) -> GridMessage:
        """As the browser gets it."""
        return {
            "name": self.name,
            "title": self.title,
            "values": packed(self.values),
            "label": self.label,
            "largest": float(self.largest),
            "signed": self.signed,
            "edit": self.edit,
            "before": None if self.before is None else packed(self.before),
            "asked": self.asked,
        }


@dataclass(frozen=True, eq=False)
class Operation:
    """How one output grid comes from input grids; grids by their number in the scene.

    ``reduce`` "sum": products of input and kernel, over all ``parts`` (input, kernel), + ``bias``, then ReLU where
    ``relu``. "max" and "mean": of the window of the one input; a mean divides by the number of cells that ``maps``
    read, padding included where they read it. ``title`` names it where there are several. ``first`` is the channel,
    from 0, of the first part: a group's inputs begin in the middle of the stack.
    """

    reduce: Reduce
    maps: tuple[AxisMap, AxisMap]
    parts: Sequence[tuple[int, int | None]]
    output: int
    bias: float | None = None
    relu: bool = False
    title: str = ""
    first: int = 0

    def data(self) -> OperationMessage:
        """As the browser gets it."""
        rows, columns = self.maps
        return {
            "reduce": self.reduce,
            "rows": axis_message(rows),
            "columns": axis_message(columns),
            "parts": list(self.parts),
            "output": self.output,
            "bias": self.bias,
            "relu": self.relu,
            "title": self.title,
            "first": self.first,
        }


def axis_message(axis: AxisMap) -> AxisMessage:
    """One axis of an index map, as the browser gets it."""
    return {"at": axis.at.tolist(), "source": axis.source.tolist(), "before": axis.before, "size": axis.size}


@dataclass(frozen=True)
class Refusal:
    """Why a "fan" lacks an output: ``sentence`` stands in its ``place``, counted from 0, under its ``title``."""

    place: int
    title: str
    sentence: str


@dataclass(frozen=True, eq=False)
class Scene:
    """Grids and operations. ``layout``: "row" (input ∗ kernel = output), "stack" (a row a channel, Σ, output) or
    "fan" (one input, several outputs). ``padding_mode`` names what the cells around the input hold. ``maps`` are small
    pictures (h, w) of all output channels, in −100 … 100, among which ``chosen`` is the one drawn large. ``remark`` is
    a sentence under the grids. ``refusals``, in the order of their places, are outputs that cannot be. ``pick`` is the
    name of the grid of which a click picks a cell, "" for none, and ``question`` tells for which question: at another
    one the cell that was picked is let go."""

    layout: Layout
    grids: Sequence[Grid]
    operations: Sequence[Operation]
    padding_mode: PaddingMode = "zeros"
    maps: Sequence[np.ndarray] = ()
    chosen: int = 0
    remark: str = ""
    refusals: Sequence[Refusal] = ()
    pick: str = ""
    question: str = ""

    def data(self) -> SceneMessage:
        """As the browser gets it."""
        return {
            "layout": self.layout,
            "grids": [grid.data() for grid in self.grids],
            "operations": [operation.data() for operation in self.operations],
            "padding_mode": self.padding_mode,
            "maps": [packed(small) for small in self.maps],
            "chosen": self.chosen,
            "remark": self.remark,
            "refusals": [
                {"place": refusal.place, "title": refusal.title, "sentence": refusal.sentence}
                for refusal in self.refusals
            ],
            "pick": self.pick,
            "question": self.question,
        }

    def asking(self, names: Collection[str], cell: tuple[int, int] | None) -> "Scene":
        """The scene that does not show the ``cell`` of the grids of these names; without one, not the grids at all."""
        asked = cell or "grid"
        changes = {"asked": asked} if cell else {"asked": asked, "label": UNKNOWN}
        return replace(self, grids=[replace(grid, **changes) if grid.name in names else grid for grid in self.grids])


def largest(*values: np.ndarray) -> float:
    """The largest absolute value, 1 where all are zero: the full colour of a layer."""
    return max((float(np.abs(v).max()) for v in values), default=0) or 1.0


def shape_label(*shape: int) -> str:
    """A tensor's shape as PyTorch prints it: "(1, 1, 5, 5)"."""
    return f"({', '.join(map(str, shape))})"
