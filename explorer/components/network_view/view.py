"""What the network view draws: the boxes of its picture and the rows of its ledger, all texts ready to show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from explorer.components.network_view.message import WORDS, BlockMessage, NetworkMessage, RowMessage, RowState, Runs
from explorer.components.words import needed

Ranges = tuple[list[int], list[int]]  # first and last image row (or column) that each unit sees; last < first: none


@dataclass(frozen=True)
class Block:
    """One box of the picture: the input, or the output of a layer that changes the shape.

    ``row`` is the number of its ledger row, -1 for the input; the rows up to the next block's keep its shape, and
    their names may stand small under it in ``after``. ``size`` is (C, H, W) or (features,), ``shape`` the same as it is
    written. ``rows`` and ``columns`` have an entry for each unit row and column, None where that is unknown.
    ``grid`` is the (H, W) of the map that a flattened vector was: its feature f sees what the unit in row
    f % (H·W) // W, column f % W saw. A vector without one has one entry, for its units all see the same. What they see
    may be unknown because a map was ``too_large``.
    Raises ValueError for another number of dimensions or of entries.
    """

    row: int
    name: str
    shape: str
    size: tuple[int, int, int] | tuple[int]
    after: tuple[str, ...] = ()
    classifies: bool = False
    rows: Ranges | None = None
    columns: Ranges | None = None
    grid: tuple[int, int] | None = None
    too_large: bool = False

    def __post_init__(self) -> None:
        if len(self.size) not in (1, 3) or min(self.size) < 1:
            raise ValueError(f"block {self.name!r}: size {self.size} is neither (C, H, W) nor (features,)")
        units = self.size[1:] or self.grid or (1, 1)
        for axis, ranges, count in zip(("rows", "columns"), (self.rows, self.columns), units, strict=True):
            if ranges is not None and {len(end) for end in ranges} != {count}:
                lengths = " and ".join(str(len(end)) for end in ranges)
                raise ValueError(f"block {self.name!r}: {axis} has {lengths} entries, not {count}")

    def data(self) -> BlockMessage:
        """As the browser gets it."""
        return {
            "row": self.row,
            "name": self.name,
            "shape": self.shape,
            "size": self.size,
            "rows": _both_runs(self.rows),
            "columns": _both_runs(self.columns),
            "grid": self.grid,
            "after": list(self.after),
            "classifies": self.classifies,
            "too_large": self.too_large,
        }


def _both_runs(ranges: Ranges | None) -> tuple[Runs, Runs] | None:
    return ranges and (runs(ranges[0]), runs(ranges[1]))


def runs(numbers: Sequence[int]) -> Runs:
    """[first, step, count] of each stretch of numbers that grow evenly, or fall: the last pixels of 224 units are two
    or three of them."""
    found: Runs = []
    values, start = np.asarray(numbers), 0
    changes = (np.flatnonzero(np.diff(values, 2)) + 1).tolist()  # where the step becomes another
    for turn in [*changes, len(values) - 1]:
        if turn < start:  # the step into a new stretch belongs to neither
            continue
        step = int(values[turn] - values[start]) // max(1, turn - start)
        found.append((int(values[start]), step, turn + 1 - start))
        start = turn + 1
    return found


@dataclass(frozen=True)
class LedgerRow:
    """One layer in the table. An empty text leaves its place empty.

    ``shapes`` are those before and after, the second "" where the layer failed; ``notes`` explain them. ``state``
    "waits" stands behind the failing layer, "remark" works but is a mistake. ``message`` is PyTorch's own, ``advice``
    says which row is responsible, ``repair`` labels a button, and ``blames`` is the number of the responsible row,
    -1 for the input. A row that does not ``chooses`` is no layer: a click leaves it alone.
    """

    name: str
    code: str
    shapes: tuple[str, str]
    notes: tuple[str, ...] = ()
    params: str = ""
    mult_adds: str = ""
    memory: str = ""
    field: str = ""
    step: str = ""
    state: RowState = "fits"
    message: str = ""
    advice: str = ""
    repair: str = ""
    blames: int | None = None
    chooses: bool = True

    def data(self) -> RowMessage:
        """As the browser gets it."""
        return {
            "name": self.name,
            "code": self.code,
            "shapes": self.shapes,
            "notes": list(self.notes),
            "params": self.params,
            "mult_adds": self.mult_adds,
            "memory": self.memory,
            "field": self.field,
            "step": self.step,
            "state": self.state,
            "message": self.message,
            "advice": self.advice,
            "repair": self.repair,
            "blames": self.blames,
            "chooses": self.chooses,
        }


def view_data(
    blocks: Sequence[Block],
    rows: Sequence[LedgerRow],
    totals: LedgerRow,
    image: np.ndarray,
    words: Mapping[str, str],
    chosen: tuple[int, int, int],
    reveal: bool,
) -> NetworkMessage:
    """Everything as the browser gets it; the image in 0 … 1 as whole numbers up to 255, coarser than the input or not.

    Raises ValueError where the first block is not the input, or a word is missing.
    """
    if not blocks or blocks[0].row != -1 or len(blocks[0].size) != 3:
        raise ValueError("the first block must be the input, (C, H, W)")
    return {
        "blocks": [block.data() for block in blocks],
        "rows": [row.data() for row in rows],
        "totals": totals.data(),
        "image": np.rint(np.clip(image, 0, 1) * 255).astype(int).tolist(),
        "chosen": chosen,
        "reveal": reveal,
        "words": needed(words, WORDS),
    }
