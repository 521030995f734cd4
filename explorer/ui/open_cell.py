"""Which cell is open: kept for the session and in the link, as ``conv_cell=1_2`` (row_column of the output, from 0)
or ``conv_cell=Kernel_1_1``."""

import re
from collections.abc import Mapping, Sequence

import streamlit as st

from explorer.components.inspector import Cell
from explorer.components.inspector.pool_scene import NAMES
from explorer.components.inspector.scene import Scene
from explorer.core.arithmetic.convolution import ConvSpec
from explorer.core.arithmetic.subsampling import Subsampling
from explorer.core.errors import SettingError
from explorer.ui.address import linked_value, write_parameter

LARGE = 10  # rows or columns from which on the middle is where something happens
OUTPUT = "Output"


def interesting_cell(spec: ConvSpec) -> Cell:
    """The cell to open before the learner has chosen one: 295 of the worked example, the middle of a large output."""
    height, width = spec.output_size
    if max(height, width) >= LARGE:
        return OUTPUT, height // 2, width // 2
    return OUTPUT, min(1, height - 1), min(2, width - 1)


def interesting_window(result: Subsampling) -> Cell:
    """The cell to open of three ways: the worked example's first window, with two fours; a large output's middle."""
    way, first = next(iter(result.results.items()))
    height, width = first.spec.output_size
    return (NAMES[way], height // 2, width // 2) if max(height, width) >= LARGE else (NAMES[way], 0, 0)


def open_cell(key: str, default: Cell, scene: Scene) -> Cell:
    """The cell opened last, that of the link at first, else ``default``; the picture itself keeps it in its grid."""
    shapes = {grid.name: grid.values.shape for grid in scene.grids}
    opened = linked_value(key, lambda: None, lambda text: _parse(text, shapes), _text)
    write_parameter(key, _text(opened))
    return opened or default


def keep_open_cell(key: str, cell: Sequence[object] | None) -> None:
    """Takes the cell [grid, row, column] that the learner opened in the browser."""
    if cell and len(cell) == 3:
        name, row, column = cell
        st.session_state[key] = (str(name)[:40], max(0, int(row)), max(0, int(column)))


def _parse(text: str, shapes: Mapping[str, tuple[int, ...]]) -> Cell:
    found = re.fullmatch(r"(?:([A-Z][A-Za-z0-9-]{0,39})_)?(\d{1,4})_(\d{1,4})", text)
    if not found:
        raise ValueError(text)
    name, row, column = (found[1] or OUTPUT).replace("-", " "), int(found[2]), int(found[3])
    height, width = shapes.get(name, (0, 0))
    if row >= height or column >= width:
        raise SettingError("There is no such cell in the picture.")
    return name, row, column


def _text(cell: Cell | None) -> str:
    if cell is None:
        return ""
    name, row, column = cell
    return f"{row}_{column}" if name == OUTPUT else f"{name.replace(' ', '-')}_{row}_{column}"
