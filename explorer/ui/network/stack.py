"""The stack of the Network page: kept for the session and in the link, changed one step at a time, and undone."""

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
from explorer.ui.address import linked, write
from explorer.ui.network_setting import NetworkSetting
from explorer.ui.train_settings import NETWORK

STACK = NetworkSetting("network_stack", like=NETWORK)
VIEW = "network_view"  # the component
_AT = "network_at"  # what is chosen: a row, -1 the images, and its unit's row and column
_PAST = "network_past"


def chosen() -> tuple[int, int, int]:
    """Row, unit's row and column: what the learner chose, else what the link says, else the last map's middle."""
    row, y, x = linked(_AT, _interesting, _parse, _text)
    return min(row, len(STACK.value.layers) - 1), y, x


def was_chosen() -> bool:
    """Whether something else than the first sight's unit is chosen."""
    return chosen() != _interesting()


def names() -> tuple[str, ...]:
    """Those of the layers: with another layer, or in another place, they change."""
    return tuple(spec.name for spec in STACK.value.layers)


def choose(row: int, unit: tuple[int, int] = (0, 0)) -> None:
    """Makes it the chosen row and unit."""
    st.session_state[_AT] = (row, *unit)


def choose_in_view() -> None:
    """Takes what was clicked in the picture or the ledger; the loss, the last row, has nothing to choose."""
    row, y, x, _ = map(int, st.session_state[VIEW].chosen)
    if row < len(STACK.value.layers):
        choose(row, (y, x))


def write_link() -> None:
    """Puts the stack and, where it is not the first sight's, the chosen unit into the URL."""
    STACK.write()
    write(_AT, _text(chosen()))


def load(stack: NetworkSpec) -> None:
    """Another stack, with its last map open."""
    _keep(stack)
    st.session_state[_AT] = _interesting()


def repair(row: int | None = None) -> None:
    """The stack that works better, as the first finding about that row has it; the gravest where no row is named."""
    found = (one for one in findings(trace(STACK.value)) if row in (None, one.index))
    if (finding := next(found, None)) and finding.repaired:
        _keep(finding.repaired)


def repair_in_view() -> None:
    """Does what the pressed button in the ledger says."""
    repair(int(st.session_state[VIEW].repair))


def change(index: int, **options: Value) -> None:
    """One layer with other arguments, which its fields hold within their bounds."""
    layers = STACK.value.layers
    _set([*layers[:index], layers[index].but(**options), *layers[index + 1 :]])


def set_image(axis: int, size: int) -> None:
    """Images of another shape."""
    image = list(STACK.value.image)
    image[axis] = size
    _keep(replace(STACK.value, image=tuple(image)))


def addition(kind: str) -> Proposal:
    """The stack with a new layer behind the chosen one, made to fit it, or the limit that forbids it."""
    stack, behind = STACK.value, chosen()[0] + 1
    reached = trace(replace(stack, layers=stack.layers[:behind])).output
    return propose(stack.image, lambda: (*stack.layers[:behind], new_layer(kind, reached), *stack.layers[behind:]))


def add(kind: str) -> None:
    """Makes it the stack and chooses the new layer; nothing where a limit forbids it."""
    if added := addition(kind).stack:
        behind = chosen()[0]
        _keep(added)
        choose(behind + 1)


def remove() -> None:
    """The stack without the chosen layer; the images stay."""
    layers, index = STACK.value.layers, chosen()[0]
    if index < 0:
        return
    _set([*layers[:index], *layers[index + 1 :]])
    choose(min(index, len(layers) - 2))


def move(step: int) -> None:
    """The chosen layer so many places further on, where there is such a place."""
    layers, index = list(STACK.value.layers), chosen()[0]
    to = index + step
    if index < 0 or not 0 <= to < len(layers):
        return
    layers.insert(to, layers.pop(index))
    _set(layers)
    choose(to)


def undo() -> None:
    """The stack before the last change, if there was one."""
    if can_undo():
        past = st.session_state[_PAST]
        while past[-1] == encode(STACK.value):  # the browser's Back has been there already
            past.pop()
        STACK.set(decode(past.pop()))


def can_undo() -> bool:
    """Whether there was a change."""
    return any(text != encode(STACK.value) for text in st.session_state.get(_PAST, ()))


def _set(layers: list[LayerSpec]) -> None:
    _keep(replace(STACK.value, layers=numbered(layers)))


def _keep(stack: NetworkSpec) -> None:
    past = st.session_state.setdefault(_PAST, [])
    past.append(encode(STACK.value))
    del past[: -limits.MAX_UNDO]
    STACK.set(stack)


def _interesting() -> tuple[int, int, int]:
    """The middle unit of the smallest map: what it sees is the most that is not everything."""
    rows, image = trace(STACK.value).rows, STACK.value.image
    made = [i for i, row in enumerate(rows) if len(row.output) == 4 and row.output != row.input]
    row, (height, width) = (made[-1], rows[made[-1]].output[2:]) if made else (-1, image[1:])
    return row, height // 2, width // 2


def _parse(text: str) -> tuple[int, int, int]:
    row, y, x = map(int, text.split("_"))
    if not (-1 <= row < len(STACK.value.layers) and 0 <= min(y, x) <= max(y, x) <= limits.MAX_FEATURES):
        raise SettingError("There is no such unit in this network.")
    rows = trace(STACK.value).rows
    shape = STACK.value.image if row < 0 else rows[row].output[1:] if row < len(rows) else ()
    if len(shape) == 3 and not (y < shape[1] and x < shape[2]):
        raise SettingError("There is no such unit in this network.")
    return row, y, x


def _text(at: tuple[int, int, int]) -> str:
    return "" if at == _interesting() else "_".join(map(str, at))
