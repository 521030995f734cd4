"""The Network page's controls: what it starts from, what is added, which layer is chosen, its place."""

from collections.abc import Callable
from operator import ne
from typing import Any

import streamlit as st

from explorer.core import limits
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.networks import BROKEN, PRESETS
from explorer.ui.address import show_address
from explorer.ui.fresh_key import fresh_key, is_late
from explorer.ui.language import explain_error, mark, t
from explorer.ui.network import edited_network
from explorer.ui.network.argument_fields import argument_fields
from explorer.ui.network.layer_fields import layer_fields, refused_fields
from explorer.ui.network.paste import paste_button
from explorer.ui.network_names import NAMES
from explorer.ui.page_fragments import PageFragments
from explorer.ui.setting import Choice
from explorer.ui.view_options import control_options, view

_LAYER = "network_layer"
_CLOSED = "network_lists_closed"  # how often: a list with another key is another one, and closed
ADDABLE = (
    *("Conv2d", "MaxPool2d", "AvgPool2d", "AdaptiveAvgPool2d", "ReLU", "Dropout", "BatchNorm2d", "BatchNorm1d"),
    *("Flatten", "Linear"),
)
KIND = Choice("network_add", {kind: kind for kind in ADDABLE})
LESSONS = {
    "in_features": mark("A wrong in_features"),
    "shrunk": mark("One pooling too many"),
    "view": mark("view(-1, 160)"),
    "softmax": mark("Softmax before cross entropy"),
}


def network_controls() -> None:
    """Draws the controls, in a fragment of their own: most changes of a layer leave the controls as they are."""
    stack, row = edited_network.NETWORK.value, edited_network.chosen_unit()[0]
    FRAGMENTS.remember_appearance(_appearance())
    closed = st.session_state.setdefault(_CLOSED, 0)
    with st.container(horizontal=True):
        _list("start", t("Start from"), closed, _start_buttons)
        _list("break", t("Break it"), closed, _lesson_buttons)
    _add_controls(stack, row)
    _layer_list(stack, row)
    _place_buttons(row, last=len(stack.layers) - 1)
    layer_fields(stack, row, _change_by_field, on_refused=FRAGMENTS.redraw_both)
    show_address()


def _appearance() -> tuple[Any, ...]:
    """What the controls' looks depend on; the last, what the fields hold."""
    stack, row = edited_network.NETWORK.value, edited_network.chosen_unit()[0]
    return (
        edited_network.layer_names(),
        row,
        edited_network.can_undo(),
        _why_not_add(),
        _refused_names(stack, row),
        argument_fields(stack, row),
    )


FRAGMENTS = PageFragments("network", _appearance)


def _refused_names(stack: NetworkSpec, row: int) -> list[str]:
    return [one.name for one in refused_fields(stack, row)]


def _change_by_field(change: Callable[[], None]) -> None:
    """The callback of a field, which shows its new value already; the others may have to follow it."""
    before = _appearance()[-1]
    change()
    after = _appearance()[-1]
    if len(before) == len(after) and sum(map(ne, before, after)) <= 1:
        FRAGMENTS.remember_appearance((*FRAGMENTS.drawn_appearance[:-1], after))
    _act_and_redraw(lambda: None)


def _act_and_redraw(action: Callable[..., None], *arguments: object) -> None:
    """The callback of a control."""
    action(*arguments)
    FRAGMENTS.redraw()


def _list(name: str, label: str, closed: int, draw_buttons: Callable[[], None]) -> None:
    if (options := control_options(f"network_{name}", label, {})) is not None:
        with st.popover(label, key=f"network_{name}_list_{closed}", on_change="rerun", **options):
            draw_buttons()


def _start_buttons() -> None:
    for name, label in NAMES.items():
        _network_button(f"preset_{name}", t(label), NetworkSpec(PRESETS[name]))
    _network_button("preset_empty", t("No layer at all"), NetworkSpec(()))
    paste_button(on_click=_close_lists)


def _lesson_buttons() -> None:
    for name, label in LESSONS.items():
        _network_button(f"lesson_{name}", t(label), NetworkSpec(BROKEN[name]))


def _network_button(name: str, label: str, stack: NetworkSpec) -> None:
    st.button(label, key=f"network_{name}", on_click=_load_chosen_network, args=(stack,), width="stretch")


def _load_chosen_network(stack: NetworkSpec) -> None:
    """The choice is made: the list would stand over the controls."""
    edited_network.load_network(stack)
    _close_lists()
    FRAGMENTS.redraw_both()


def _close_lists() -> None:
    # A busy server takes a list's opening and the choice as one message. Its answer, that the list is closed, would
    # then be nothing new to the browser, which would leave it open.
    st.session_state[_CLOSED] += 1


def _add_controls(stack: NetworkSpec, row: int) -> None:
    name, why_not = stack.layers[row].name if row >= 0 else t("input"), _why_not_add()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        KIND.select(t("Add behind {layer}", layer=name))
        _button("add_button", t("Add"), None, why_not, _add_chosen_kind, control=(KIND.key, t("Add a layer")))
    if why_not and KIND.key not in view().hidden:
        st.caption(why_not)  # a finger has no tooltip


def _why_not_add() -> str | None:
    if len(edited_network.layer_names()) >= limits.MAX_LAYERS:
        return t("{count} layers are all that this server takes.", count=limits.MAX_LAYERS)
    forbidden = edited_network.proposed_addition(KIND.value).forbidden
    return explain_error(forbidden) if forbidden else None


def _add_chosen_kind() -> None:
    edited_network.add_layer(KIND.value)


def _layer_list(stack: NetworkSpec, row: int) -> None:
    names = (t("input"), *edited_network.layer_names())
    key = fresh_key(_LAYER, names, row)
    if (options := control_options(_LAYER, t("Layer"), {})) is None:
        return
    st.selectbox(
        t("Layer"),
        range(-1, len(stack.layers)),
        index=row + 1,
        format_func=lambda index: names[index + 1],
        key=key,
        on_change=_choose_listed_layer,
        args=(key,),
        **options,
    )


def _choose_listed_layer(key: str) -> None:
    if not is_late(key, _LAYER, (t("input"), *edited_network.layer_names())):
        _act_and_redraw(edited_network.choose_unit, st.session_state[key])


def _place_buttons(row: int, last: int) -> None:
    no_place, no_layer = t("There is no such place for it."), t("There is no layer to remove.")
    unchanged = None if edited_network.can_undo() else t("Nothing has been changed yet.")
    with st.container(horizontal=True):
        _button("up", "↑", t("Earlier"), None if row > 0 else no_place, edited_network.move_layer, -1)
        _button("down", "↓", t("Later"), None if 0 <= row < last else no_place, edited_network.move_layer, 1)
        _button("remove", t("Remove"), None, None if row >= 0 else no_layer, edited_network.remove_layer)
        _button("undo", t("Undo"), None, unchanged, edited_network.undo)


def _button(
    name: str,
    label: str,
    help_text: str | None,
    why_not: str | None,
    action: Callable[..., None],
    *arguments: object,
    control: tuple[str, str] | None = None,
) -> None:
    """Disabled, with the reason, where there is one against it.

    ``control`` is what lecturers hide it by, and its label, where these are not its own.
    """
    what = t("{grid}: {control}", grid=t("Layer"), control=help_text or label)
    options = {"disabled": why_not is not None, "help": why_not or help_text}
    shown = control_options(*(control or (f"network_{name}", what)), options)
    if shown is not None:
        st.button(label, key=f"network_{name}", on_click=_act_and_redraw, args=(action, *arguments), **shown)
