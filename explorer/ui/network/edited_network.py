"""The Network page's network: kept for the session and in the link, changed one step at a time, and undone."""

from dataclasses import replace

import streamlit as st

from explorer.core import limits
from explorer.core.errors import SettingError
from explorer.core.network.layer_kinds import Value
from explorer.core.network.layers import LayerSpec, NetworkSpec, numbered
from explorer.core.network.ledger import trace
from explorer.core.network.link import decode, encode
from explorer.core.network.new_layer import new_layer
from explorer.core.network.proposal import Proposal, propose
from explorer.core.network.repair import findings
from explorer.ui import train_settings
from explorer.ui.address import linked_value, write_parameter
from explorer.ui.component_state import told_state

NETWORK = train_settings.EDITED
VIEW = "network_view"  # the component
_AT = "network_at"  # the chosen unit: its layer's row, -1 for the images, and its own row and column
_PAST = "network_past"


def chosen_unit() -> tuple[int, int, int]:
    """Row, unit's row and column: what the learner chose, else what the link says, else the last map's middle."""
    row, y, x = linked_value(_AT, _interesting_unit, _parse, _text)
    return min(row, len(NETWORK.value.layers) - 1), y, x


def has_chosen_unit() -> bool:
    """Whether another unit is chosen than the one at first."""
    return chosen_unit() != _interesting_unit()


def layer_names() -> tuple[str, ...]:
    """The layers' names: another layer, or another order, has other names."""
    return tuple(spec.name for spec in NETWORK.value.layers)


def choose_unit(row: int, unit: tuple[int, int] = (0, 0)) -> None:
    """Chooses a layer's row, and in it a unit."""
    st.session_state[_AT] = (row, *unit)


def choose_in_view() -> None:
    """Takes what was clicked in the picture or the ledger; the loss, the last row, has nothing to choose."""
    row, y, x = map(int, told_state(VIEW, "chosen"))
    if row < len(NETWORK.value.layers):
        choose_unit(row, (y, x))


def write_parameters() -> None:
    """Puts the network and the chosen unit, where it is not the one at first, into the link."""
    NETWORK.write()
    write_parameter(_AT, _text(chosen_unit()))


def load_network(stack: NetworkSpec) -> None:
    """Another network, with its last map's unit chosen."""
    _set_undoable(stack)
    st.session_state[_AT] = _interesting_unit()


def repair_row(row: int | None = None) -> None:
    """Repairs what the first finding about that row says; the gravest finding where no row is named."""
    found = (one for one in findings(trace(NETWORK.value)) if row in (None, one.index))
    if (finding := next(found, None)) and finding.repaired:
        _set_undoable(finding.repaired)


def repair_in_view() -> None:
    """Repairs the row whose button in the ledger was pressed."""
    repair_row(int(st.session_state[VIEW].repair))


def change_layer(index: int, **options: Value) -> None:
    """One layer with other arguments, which its fields hold within their bounds."""
    layers = NETWORK.value.layers
    _set_layers([*layers[:index], layers[index].but(**options), *layers[index + 1 :]])


def set_image_side(axis: int, size: int) -> None:
    """Images of another shape."""
    image = list(NETWORK.value.image)
    image[axis] = size
    _set_undoable(replace(NETWORK.value, image=tuple(image)))


def proposed_addition(kind: str) -> Proposal:
    """The stack with a new layer behind the chosen one, made to fit it, or the limit that forbids it."""
    stack, behind = NETWORK.value, chosen_unit()[0] + 1
    reached = trace(replace(stack, layers=stack.layers[:behind])).output
    return propose(stack.image, lambda: (*stack.layers[:behind], new_layer(kind, reached), *stack.layers[behind:]))


def add_layer(kind: str) -> None:
    """Makes it the stack and chooses the new layer; nothing where a limit forbids it."""
    if added := proposed_addition(kind).stack:
        behind = chosen_unit()[0]
        _set_undoable(added)
        choose_unit(behind + 1)


def remove_layer() -> None:
    """The stack without the chosen layer; the images stay."""
    layers, index = NETWORK.value.layers, chosen_unit()[0]
    if index < 0:
        return
    _set_layers([*layers[:index], *layers[index + 1 :]])
    choose_unit(min(index, len(layers) - 2))


def move_layer(step: int) -> None:
    """The chosen layer so many places further on, where there is such a place."""
    layers, index = list(NETWORK.value.layers), chosen_unit()[0]
    to = index + step
    if index < 0 or not 0 <= to < len(layers):
        return
    layers.insert(to, layers.pop(index))
    _set_layers(layers)
    choose_unit(to)


def undo() -> None:
    """The stack before the last change, if there was one."""
    if can_undo():
        past = st.session_state[_PAST]
        while past[-1] == encode(NETWORK.value):  # the browser's Back has been there already
            past.pop()
        NETWORK.set(decode(past.pop()))


def can_undo() -> bool:
    """Whether there was a change."""
    return any(text != encode(NETWORK.value) for text in st.session_state.get(_PAST, ()))


def _set_layers(layers: list[LayerSpec]) -> None:
    _set_undoable(replace(NETWORK.value, layers=numbered(layers)))


def _set_undoable(stack: NetworkSpec) -> None:
    past = st.session_state.setdefault(_PAST, [])
    past.append(encode(NETWORK.value))
    del past[: -limits.MAX_UNDO]
    NETWORK.set(stack)


def _interesting_unit() -> tuple[int, int, int]:
    """The middle unit of the smallest map: what it sees is the most that is not everything."""
    rows, image = trace(NETWORK.value).rows, NETWORK.value.image
    made = [i for i, row in enumerate(rows) if len(row.output) == 4 and row.output != row.input]
    row, (height, width) = (made[-1], rows[made[-1]].output[2:]) if made else (-1, image[1:])
    return row, height // 2, width // 2


def _parse(text: str) -> tuple[int, int, int]:
    row, y, x = map(int, text.split("_"))
    if not (-1 <= row < len(NETWORK.value.layers) and 0 <= min(y, x) <= max(y, x) <= limits.MAX_FEATURES):
        raise SettingError("There is no such unit in this network.")
    rows = trace(NETWORK.value).rows
    shape = NETWORK.value.image if row < 0 else rows[row].output[1:] if row < len(rows) else ()
    if len(shape) == 3 and not (y < shape[1] and x < shape[2]):
        raise SettingError("There is no such unit in this network.")
    return row, y, x


def _text(at: tuple[int, int, int]) -> str:
    return "" if at == _interesting_unit() else "_".join(map(str, at))
