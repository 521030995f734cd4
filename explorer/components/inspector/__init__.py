"""The cell inspector: grids of numbers, and every product behind every one of them. Hover stays in the browser."""

from collections.abc import Callable, Mapping

from streamlit.components.v2 import component

from explorer.components.files import script
from explorer.components.inspector.message import FORMS, WORDS, InspectorMessage
from explorer.components.inspector.scene import Scene
from explorer.components.words import Template, needed
from explorer.core import limits

_COMPONENT = component("cell_inspector", js=script("inspector/inspector.js"))

Cell = tuple[str, int, int]  # (ARIA name of its grid, row, column), rows and columns from 0


def cell_inspector(
    scene: Scene,
    *,
    words: Mapping[str, Template],
    open_cell: Cell = ("Output", 0, 0),
    on_open: Callable[[], None] = lambda: None,
    on_edit: Callable[[], None] = lambda: None,
    on_channel: Callable[[], None] = lambda: None,
    on_pick: Callable[[], None] = lambda: None,
    has_player: bool = True,
    key: str,
) -> None:
    """Draws the scene with one cell open: its window, its products, or all places where it is used.

    ``st.session_state[key].open`` is [the cell opened last, a number that grows], the cell [name, row, column];
    ``.edit`` a changed number {grid, row, column, value}, unchecked, ``grid`` being its Grid's ``edit``; ``.channel``
    the number of the small map that was chosen; ``.pick``, once, the cell [row, column] picked in the scene's ``pick``
    grid. Without ``has_player`` there is nothing to play and step by. ``words`` are the texts, in the page's language:
    those that WORDS and FORMS name. Raises ValueError for a missing one.
    """
    data: InspectorMessage = {
        "scene": scene.data(),
        "open": open_cell,
        "limit": limits.MAX_ABSOLUTE_VALUE,
        "player": has_player,
        "words": needed(words, (*WORDS, *FORMS)),
    }
    # In a list: Streamlit looks for data frames among a dict's values, and imports pandas (70 MB, 0.4 s) to do so.
    _COMPONENT(
        key=key,
        data=[data],
        on_open_change=on_open,
        on_edit_change=on_edit,
        on_channel_change=on_channel,
        on_pick_change=on_pick,
    )
