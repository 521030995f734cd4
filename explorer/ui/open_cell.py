"""Which output cell is open: kept for the session and in the link, as ``conv_cell=1_2`` (row_column, from 0)."""

import re
from collections.abc import Sequence

import streamlit as st


def open_cell(key: str, default: tuple[int, int]) -> tuple[int, int]:
    """The pinned cell, that of the link at first; the picture itself keeps it inside the grid."""
    if key not in st.session_state:
        found = re.fullmatch(r"(\d{1,4})_(\d{1,4})", st.query_params.get(key, ""))
        st.session_state[key] = (int(found[1]), int(found[2])) if found else default
    row, column = st.session_state[key]
    if (row, column) != default:
        st.query_params[key] = f"{row}_{column}"
    return row, column


def keep_open_cell(key: str, cell: Sequence[int] | None) -> None:
    """Takes the cell that the learner pinned in the browser."""
    if cell and len(cell) == 2:
        st.session_state[key] = (max(0, int(cell[0])), max(0, int(cell[1])))
        if key in st.query_params:
            del st.query_params[key]
