"""A table of runs that a click on a head sorts; each row begins with its run's line. Sorting stays in the browser."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import streamlit as st

from explorer.components.files import script
from explorer.components.run_looks import Look

WORDS = ("table", "sort", "download", "more")
_COMPONENT = st.components.v2.component("run_table", js=script("run_table/run_table.js"))


@dataclass(frozen=True)
class Cell:
    """``text`` as it is shown; ``value`` is what the column is sorted by, None last."""

    text: str
    value: float | str | None = None


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
    if missing := set(WORDS) - set(words):
        raise ValueError(f"words lacks {', '.join(sorted(missing))}")
    if any(len(cells) != len(heads) for _, cells in rows):
        raise ValueError(f"a row has another number of cells than the {len(heads)} heads")
    data: dict[str, Any] = {
        "heads": list(heads),
        "rows": [{"look": look.data(), "cells": [asdict(cell) for cell in cells]} for look, cells in rows],
        "file": file,  # made into one by the browser: a server's would be another, and gone, at each update
        "words": {word: words[word] for word in WORDS},
    }
    _COMPONENT(key=key, data=[data])  # in a list, as the cell inspector explains
