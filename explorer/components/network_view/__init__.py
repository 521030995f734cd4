"""A network seen twice: its shapes as boxes to scale, and a ledger of its layers. Hover stays in the browser."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from streamlit.components.v2 import component

from explorer.components.files import script
from explorer.components.network_view.view import Block, LedgerRow, view_data

_COMPONENT = component("network_view", js=script("network_view/network_view.js"))


def network_view(
    blocks: Sequence[Block],
    rows: Sequence[LedgerRow],
    totals: LedgerRow,
    image: np.ndarray,
    *,
    words: Mapping[str, str],
    chosen: tuple[int, int, int],
    reveal: bool = True,
    on_choose: Callable[[], None] = lambda: None,
    on_repair: Callable[[], None] = lambda: None,
    key: str,
) -> None:
    """Draws ``image`` (H, W) in 0 … 1, every shape it takes, and the ledger; one unit is marked with what it sees.

    ``chosen`` is (ledger row, unit row, unit column), in a vector (ledger row, feature, 0), all from 0; the input is
    row -1. ``st.session_state[key].chosen`` is [the unit chosen last, a number that grows]; ``.repair``, a trigger, the
    number of the row whose repair was pressed.

    ``words`` are the texts in the page's language, those that message.WORDS names:
    heads ``layer shape params mult_adds memory field step``, ``total`` (for totals without a name);
    names read aloud ``table picture``, ``block`` {name} {shape}; bands ``features classifier``; ``hint``, for fingers
    ``hint_touch``;
    sentences about a unit, rows and columns from 1: ``pixel`` {name} {row} {column}, ``sees`` {name} {row} {column}
    {height} {width}, ``sees_flattened`` {name} {feature} {channel} {row} {column} {height} {width}, ``sees_vector``
    {name} {feature} {height} {width}, ``sees_nothing`` {name}, ``sees_unknown`` {name}, ``sees_too_large`` {name};
    what the signs ✕ ! ← mean, and grey: ``fails remark blamed waits``; ``message``, the heading of PyTorch's own.
    """
    data = view_data(blocks, rows, totals, image, words, chosen, reveal)
    # In a list: Streamlit looks for data frames among a dict's values, and imports pandas (70 MB, 0.4 s) to do so.
    _COMPONENT(key=key, data=[data], on_chosen_change=on_choose, on_repair_change=on_repair)


__all__ = ["Block", "LedgerRow", "network_view"]
