"""A table of runs that a click on a head sorts; each row begins with its run's line. Sorting stays in the browser."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from streamlit.components.v2 import component

from explorer.components.files import script
from explorer.components.run_looks import Look
from explorer.components.run_table.message import WORDS, CellMessage, TableMessage
from explorer.components.words import needed

_COMPONENT = component("run_table", js=script("run_table/run_table.js"))


@dataclass(frozen=True)
class Cell:
    """``text`` as it is shown; ``value`` is what the column is sorted by, None last."""

    text: str
    value: float | str | None = None

    def data(self) -> CellMessage:
        """As the browser gets it."""
        return {"text": self.text, "value": self.value}


def run_table(
    heads: Sequence[str],
    rows: Sequence[tuple[Look, Sequence[Cell]]],
    file: str,
    *,
    words: Mapping[str, str],
    key: str,
) -> None:
    """Draws a row for each run under ``heads``; numbers stand right. ``file`` is the same as CSV, to be kept.

    ``words``: the ``table``'s name, what a click does to ``sort``, the ``download``'s label, and that there are
    ``more`` columns, where the table is wider than its place.

    Raises ValueError for missing words, or for a row that has another number of cells.
    """
    if any(len(cells) != len(heads) for _, cells in rows):
        raise ValueError(f"a row has another number of cells than the {len(heads)} heads")
    data: TableMessage = {
        "heads": list(heads),
        "rows": [{"look": look.data(), "cells": [cell.data() for cell in cells]} for look, cells in rows],
        "file": file,  # made into one by the browser: a server's would be another, and gone, at each update
        "words": needed(words, WORDS),
    }
    _COMPONENT(key=key, data=[data])  # in a list, as the cell inspector explains
