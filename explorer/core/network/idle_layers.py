"""Layers that change nothing, told from their arguments and from what they are given."""

import numpy as np

from explorer.core.arithmetic.index_map import NOTHING
from explorer.core.network.layer_window import windows_of
from explorer.core.network.ledger import Row


def changes_nothing(row: Row) -> bool:
    """Whether the layer's output is its input, bit by bit, whatever the numbers are."""
    spec = row.spec
    if spec.kind == "Flatten":
        return len(row.input) == 2
    if spec.kind == "Dropout":
        return spec["p"] == 0
    if spec.kind == "AdaptiveAvgPool2d":
        return row.input == row.output
    if spec.kind in ("MaxPool2d", "AvgPool2d"):
        return row.input == row.output and all(_reads_itself(row, axis) for axis in (0, 1))
    return False


def _reads_itself(row: Row, axis: int) -> bool:
    """Whether every cell of a pooling's output, along this axis, has no other cell of the input in its window."""
    window = windows_of(row.spec, row.input[2:])[axis]
    if window.kernel_size == 1:
        return True
    if window.size > 2 * window.span:  # a window lies within the input
        return False
    if row.spec.kind == "AvgPool2d" and row.spec["count_include_pad"] and window.padding != (0, 0):
        return False
    own = window.reads == np.arange(window.count)[:, None]
    return bool((own | (window.reads == NOTHING)).all() and own.any(axis=1).all())
