"""The cell inspector on a page of an operation, with what stands around it on each of them."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from explorer.components.inspector import Cell, cell_inspector
from explorer.components.inspector.scene import Scene
from explorer.core.errors import SettingError
from explorer.ui.component_state import told_state
from explorer.ui.language import explain_error, join_sentences, t
from explorer.ui.open_cell import keep_open_cell, open_cell
from explorer.ui.view_options import hidden_in_browser

CODE_HEIGHT = 560  # px


def inspector_view(
    page: str,
    scene: Scene,
    words: Mapping[str, str],
    *,
    first_cell: Cell,
    on_edit: Callable[[Any], object] = lambda edit: None,
    on_channel: Callable[[Any], object] = lambda channel: None,
    on_pick: Callable[[Any], object] = lambda cell: None,
) -> None:
    """Draws the scene; the open cell is kept for the session and in the link, as ``<page>_cell``.

    ``first_cell`` is open before the learner has chosen one. ``on_edit`` is given the number typed over a cell,
    {grid, row, column, value}, ``on_channel`` the number of the small map that was chosen, and ``on_pick`` the cell
    [row, column] of the grid that the scene offers to pick from; all unchecked.
    """
    key, cell, player = f"{page}_inspector", f"{page}_cell", f"{page}_player"
    cell_inspector(
        scene,
        words=words,
        open_cell=open_cell(cell, default=first_cell, scene=scene),
        on_open=lambda: keep_open_cell(cell, told_state(key, "open")),
        on_edit=lambda: on_edit(st.session_state[key].edit),
        on_channel=lambda: on_channel(st.session_state[key].channel),
        on_pick=lambda: on_pick(st.session_state[key].pick),
        has_player=not hidden_in_browser({player: t("Player")}),
        key=key,
    )


def refusal_warning(problem: SettingError | None) -> None:
    """Draws why the settings are refused, and that the picture is not of them; nothing where they are not."""
    if problem:
        st.warning(join_sentences(explain_error(problem), t("The picture still shows the last valid setting.")))


def code_panel(code: str, *, coloured: bool = True) -> None:
    """Draws the PyTorch program that prints the values on screen; ``coloured`` costs the browser time by its length."""
    st.markdown(f"#### {t('The same in PyTorch')}")
    st.code(code, language="python" if coloured else None, height=CODE_HEIGHT)
