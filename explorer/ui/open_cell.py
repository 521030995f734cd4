"""Which output cell is open: kept for the session and in the link, as ``conv_cell=1_2`` (row_column, from 0)."""

import re
from collections.abc import Sequence

import streamlit as st

from explorer.core.conv import ConvSpec
from explorer.ui.setting import write_parameter

LARGE = 10  # rows or columns from which on the middle is where something happens


def interesting_cell(spec: ConvSpec) -> tuple[int, int]:
    """The cell to open before the learner has chosen one: 295 of the worked example, the middle of a large output."""
    height, width = spec.output_size
    return (height // 2, width // 2) if max(height, width) >= LARGE else (min(1, height - 1), min(2, width - 1))


def open_cell(key: str, default: tuple[int, int]) -> tuple[int, int]:
    """The pinned cell, that of the link at first, else ``default``; the picture itself keeps it inside the grid."""
    if key not in st.session_state:
        found = re.fullmatch(r"(\d{1,4})_(\d{1,4})", st.query_params.get(key, ""))
        st.session_state[key] = (int(found[1]), int(found[2])) if found else None
    pinned = st.session_state[key]
    write_parameter(key, f"{pinned[0]}_{pinned[1]}" if pinned else "")
    return pinned or default


def keep_open_cell(key: str, cell: Sequence[int] | None) -> None:
    """Takes the cell that the learner pinned in the browser."""
    if cell and len(cell) == 2:
        st.session_state[key] = (max(0, int(cell[0])), max(0, int(cell[1])))
