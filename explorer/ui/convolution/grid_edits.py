"""The numbers a learner typed into the grids: kept for the session by grid and source, and written into the link."""

from collections.abc import Callable, Mapping

import streamlit as st

from explorer.core.arithmetic.convolution import Pair
from explorer.core.arithmetic.edits import Edits, decode, edit, encode
from explorer.core.errors import SettingError
from explorer.ui.address import linked_value, refuse_parameter, write_parameter
from explorer.ui.language import t
from explorer.ui.view_options import hidden_in_browser


def grid_edits(grid: str, source: str) -> Edits:
    """The edits of "input" or "kernel" while its numbers come from ``source``; at first those in the link."""
    kept = st.session_state.setdefault("conv_edits", {})
    name = _name(grid)
    if name not in st.session_state:  # the link's edits belong to the source that it names
        kept[grid, source] = linked_value(name, dict, lambda text: _parse(name, text), encode)
    return kept.setdefault((grid, source), {})


def add_edit(change: Mapping[str, object], sources: Mapping[str, str], flipped: Pair | None = None) -> None:
    """Takes one change {grid, row, column, value} from the browser; what is not a valid one is left out.

    ``grid`` is "input 0" or "kernel 0 0". ``flipped`` is the kernel's size where the picture shows it flipped.
    """
    try:
        grid, row, column = str(change["grid"]).split()[0], int(change["row"]), int(change["column"])
        if grid == "kernel" and flipped:
            row, column = flipped[0] - 1 - row, flipped[1] - 1 - column
        edit(grid_edits(grid, sources[grid]), row, column, float(change["value"]))
    except (KeyError, IndexError, TypeError, ValueError, OverflowError):
        return


def write_edits(sources: Mapping[str, str]) -> None:
    """Puts the edits of the grids as they now are into the URL."""
    for grid, source in sources.items():
        write_parameter(_name(grid), encode(grid_edits(grid, source)))


def can_edit() -> bool:
    """Whether numbers can be typed over: unless a lecturer's link says otherwise."""
    return not hidden_in_browser({"conv_edits": t("Typing over a number")})


def restore_button(sources: Mapping[str, str], on_restored: Callable[[], object]) -> None:
    """Draws the button that brings the original numbers back, where they can be changed."""
    if not can_edit():
        return
    edited = [grid for grid, source in sources.items() if grid_edits(grid, source)]
    st.button(
        t("Restore the original numbers"),
        key="conv_restore",
        on_click=lambda: ([grid_edits(grid, source).clear() for grid, source in sources.items()], on_restored()),
        disabled=not edited,
        help=None if edited else t("No number has been changed yet."),
    )


def _parse(name: str, text: str) -> Edits:
    edits, count = decode(text), text.count("~") + 1
    if len(edits) < count:
        refuse_parameter(
            name, SettingError("{found} of {count} changed cells are taken.", found=len(edits), count=count)
        )
    return edits


def _name(grid: str) -> str:
    return f"conv_{grid}_edits"
