"""Questions that ask for a place in a pooling's input: who wins, where the gradient goes, what no window reads."""

from collections.abc import Sequence

import numpy as np

from explorer.core.arithmetic.convolution import Pair
from explorer.core.errors import Sentence, SettingError, say
from explorer.core.exercises.pooling_state import PoolingState
from explorer.core.exercises.question import Question, question
from explorer.core.exercises.window_size import windows
from explorer.core.exercises.worked import Worked, place, result, spell


def winner(state: PoolingState) -> Question:
    """The cell that a maximum comes from."""
    row, column = state.cell
    asked = say(
        "MaxPool2d: which input cell gives the value in row {row}, column {column} of the output? Row and column, from "
        "1.",
        row=row + 1,
        column=column + 1,
    )
    return _largest_cell(state, state.cell, asked)


def gradient_cell(state: PoolingState) -> Question:
    """The cell that a maximum's gradient goes to; that of the last window, which no other question is about."""
    height, width = (int(windows(axis).answer[0]) for axis in state.max_axes)
    asked = say(
        "A gradient of 1 reaches the maximum in row {row}, column {column} of the output. Which input cell gets it? "
        "Row and column, from 1.",
        row=height,
        column=width,
    )
    return _largest_cell(state, (height - 1, width - 1), asked)


def _largest_cell(state: PoolingState, output: Pair, asked: Sentence) -> Question:
    state.require_plain("max")
    stride = state.shown.window.stride
    first = output[0] * stride[0], output[1] * stride[1]
    cells = state.window(*first)
    if (cells == cells.max()).sum() > 1:
        raise SettingError("Several cells of this window are the largest. Press “New numbers”.")

    def compute(slip: str) -> Worked:
        start = output if slip == "stride_forgotten" else first
        used = state.window(*start)
        found = used.argmin() if slip == "smallest_for_largest" else used.argmax()
        inside = [int(number) for number in np.unravel_index(found, used.shape)]
        return _chain(used.ravel(), inside, start, slip)

    moved = ("stride_forgotten",) if first != output else ()
    slips = ("smallest_for_largest", "place_in_window", "counted_from_zero", "row_for_column")
    return question(asked, compute, (*slips, *moved))


def _chain(cells: np.ndarray, inside: Sequence[int], start: Sequence[int], slip: str) -> Worked:
    """The window's numbers, then the place, from 1: where the window begins and how far into it the cell lies."""
    name, value = ("min", cells.min()) if slip == "smallest_for_largest" else ("max", cells.max())
    lines = [f"{name}({', '.join(spell(float(cell)) for cell in cells)}) = {spell(float(value))}"]
    begin = (0, 0) if slip == "place_in_window" else tuple(start)
    one = 0 if slip == "counted_from_zero" else 1
    answer = [begin[axis] + inside[axis] + one for axis in (0, 1)]
    from_one = " + 1" if one else ""
    lines += [f"{begin[axis]} + {inside[axis]}{from_one} = {answer[axis]}" for axis in (0, 1)]
    return place(answer[::-1] if slip == "row_for_column" else answer, *lines)


def first_unread_row(state: PoolingState) -> Question:
    """The first row behind all windows."""
    rows = state.dropped_rows
    count = int(windows(rows).answer[0])
    read = (count - 1) * rows.stride + rows.kernel
    if read == rows.size:
        raise SettingError("Every row lies in a window here. Press “New numbers”.")

    def compute(slip: str) -> Worked:
        if slip == "window_for_stride":
            first = count * rows.stride
            return result(first + 1, f"{count}·{rows.stride} = {first}", f"{first} + 1 = {first + 1}")
        stride = 1 if slip == "stride_forgotten" else rows.stride
        last = (count - 1) * stride + rows.kernel
        line = f"({count} − 1)·{stride} + {rows.kernel} = {last}"
        return result(last, line) if slip == "last_for_first" else result(last + 1, line, f"{last} + 1 = {last + 1}")

    moved = ("window_for_stride",) if rows.stride != rows.kernel else ()
    asked = say("Which input row is the first that lies in no window? Rows count from 1.")
    return question(asked, compute, ("last_for_first", "stride_forgotten", *moved))
