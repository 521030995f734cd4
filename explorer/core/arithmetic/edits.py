"""Numbers that a learner typed over a grid's own, and how a link writes them: ``0_2_9.5~3_1_-4``."""

import numpy as np

from explorer.core import limits

Edits = dict[tuple[int, int], float]  # (row, column), from 0 -> the number typed


def encode(edits: Edits) -> str:
    """The edits as a link holds them, in characters that a URL need not escape; the latest MAX_EDITS only."""
    kept = list(edits.items())[-limits.MAX_EDITS :]
    return "~".join(f"{row}_{column}_{value:.12g}" for (row, column), value in kept)


def decode(text: str) -> Edits:
    """The edits in a link. Whatever is not an edit (a link may be cut, or hostile) is left out."""
    edits: Edits = {}
    for part in text.split("~")[: limits.MAX_EDITS]:
        try:
            row, column, value = part.split("_")
            edit(edits, int(row), int(column), float(value))
        except ValueError:
            continue
    return edits


def edit(edits: Edits, row: int, column: int, value: float) -> None:
    """Adds one edit in place. Raises ValueError for a cell no grid has or a value outside ±MAX_ABSOLUTE_VALUE."""
    if not (0 <= min(row, column) and max(row, column) < limits.MAX_INPUT_SIZE):
        raise ValueError(f"there is no cell ({row}, {column})")
    if not abs(value) <= limits.MAX_ABSOLUTE_VALUE:  # not a number fails this too
        raise ValueError(f"{value} is outside ±{limits.MAX_ABSOLUTE_VALUE}")
    edits[row, column] = value


def apply(edits: Edits, values: np.ndarray) -> np.ndarray:
    """``values`` (H, W) with the edits that lie inside written over them, as a new array."""
    edited = values.copy()
    for (row, column), value in edits.items():
        if row < values.shape[0] and column < values.shape[1]:
            edited[row, column] = value
    return edited
