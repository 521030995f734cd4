"""The cell inspector: a convolution's input, kernel and output as grids, and the products behind one output value."""

from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from explorer.core import limits
from explorer.core.conv import ConvResult

_FILES = Path(__file__).parent
# One module: a component's script cannot import its neighbours, so that the files are joined, callees first.
_SCRIPT = "\n".join((_FILES / name).read_text("utf-8") for name in ("window.js", "grid.js", "inspector.js"))
_COMPONENT = st.components.v2.component("cell_inspector", js=_SCRIPT, css=(_FILES / "inspector.css").read_text("utf-8"))


def cell_inspector(
    result: ConvResult,
    *,
    words: Mapping[str, str],
    open_cell: tuple[int, int] = (0, 0),
    on_open: Callable[[], None] = lambda: None,
    on_edit: Callable[[], None] = lambda: None,
    key: str,
) -> None:
    """Draws input, kernel and output as grids, with the window and the products of the open output cell.

    Hover and keys stay in the browser. ``st.session_state[key].open`` is the pinned output cell [row, column];
    ``.edit`` a changed number {grid, row, column, value}, unchecked. ``words`` are the texts, in the page's language.
    """
    spec = result.spec
    data = {
        "input": result.image.tolist(),
        "kernel": result.kernel.tolist(),
        "output": result.output.tolist(),
        "spec": {"padding": spec.padding, "stride": spec.stride, "dilation": spec.dilation},
        "open": open_cell,
        "editable": True,
        "limit": limits.MAX_ABSOLUTE_VALUE,
        "words": dict(words),
    }
    # In a list: Streamlit looks for data frames among a dict's values, and imports pandas (70 MB, 0.4 s) to do so.
    _COMPONENT(key=key, data=[data], on_open_change=on_open, on_edit_change=on_edit)
