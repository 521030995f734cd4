"""The chosen layer's arguments, and where the whole is sent: drawn with the picture, for they change with it."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from explorer.components.followed_link import follow_link
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.ledger import Ledger
from explorer.core.network.trainable import reasons_against
from explorer.ui.address import link_to
from explorer.ui.fresh_key import fresh_key, is_late
from explorer.ui.language import explain_error, t
from explorer.ui.network import edited_network
from explorer.ui.network.argument_fields import ArgumentField, argument_fields
from explorer.ui.number_field import number_field, why_refused
from explorer.ui.session_runs import current_run, leave_run
from explorer.ui.train_settings import NETWORK
from explorer.ui.view_options import control_options

_ARGUMENTS, _TRAIN = "network_arguments", "network_train"
OnChange = Callable[[Callable[[], None]], None]  # the callback, given what takes the new value


def layer_fields(stack: NetworkSpec, row: int, on_change: OnChange, on_refused: Callable[[], None]) -> None:
    """A field for each argument of the chosen layer, or for each side of the images; two beside one another."""
    shown = control_options(_ARGUMENTS, t("Arguments of the layer"), {})
    if shown is None:
        return
    fields = argument_fields(stack, row)
    numbers = [one for one in fields if not one.is_switch]
    for start in range(0, len(numbers), 2):
        with st.container(horizontal=True, vertical_alignment="bottom"):  # on a phone, too, unlike columns
            for one in numbers[start : start + 2]:
                _draw(one, on_change, on_refused, shown)
    for one in fields:
        if one.is_switch:
            _draw(one, on_change, on_refused, shown)


def train_button(ledger: Ledger) -> None:
    """Sends the stack to the Train page; the reason where it cannot be sent."""
    problem = next(reasons_against(ledger), None)
    wrong = refused_fields(ledger.stack, edited_network.chosen_unit()[0])
    reason = explain_error(problem) if problem else None
    if wrong:
        reason = t("Mend “{setting}” first.", setting=wrong[0].label)
    options = control_options(_TRAIN, t("Train it"), {"disabled": bool(reason)})
    if options is None:
        return
    if st.button(t("Train it"), key=_TRAIN, type="primary", width="stretch", **options) and not options["disabled"]:
        NETWORK.set(ledger.stack)
        link = link_to("train", train_network=NETWORK.text)
        if (run := current_run()) and run.config.network != ledger.stack.layers:
            leave_run()  # its figures are not this network's
            link.pop("run", None)
        follow_link("explorer/pages/train.py", link, key="network_to_train")
    if reason:
        st.caption(reason)


def refused_fields(stack: NetworkSpec, row: int) -> list[ArgumentField]:
    """The fields of the chosen layer whose text is refused."""
    fields = (one for one in argument_fields(stack, row) if not one.is_switch)
    return [one for one in fields if why_refused(_name(one), one.value, _owner())]


def _draw(one: ArgumentField, on_change: OnChange, on_refused: Callable[[], None], shown: Mapping[str, Any]) -> None:
    name, options = _name(one), {"disabled": bool(one.why_not), "help": one.why_not, **shown}
    if one.is_switch:
        key = fresh_key(name, _owner(), one.value)
        arguments = (name, key, on_change, one.set_value)
        st.toggle(one.label, one.value, key=key, on_change=_set_switch, args=arguments, **options)
        return
    number_field(
        name,
        one.label,
        (one.lowest, one.highest),
        one.value,
        lambda value: on_change(lambda: one.set_value(value)),
        owner=_owner(),
        on_refused=on_refused,
        **options,
    )


def _name(one: ArgumentField) -> str:
    return f"network_{one.name}"


def _owner() -> tuple[object, ...]:
    return *edited_network.layer_names(), edited_network.chosen_unit()[0]


def _set_switch(name: str, key: str, on_change: OnChange, set_value: Callable[[Any], None]) -> None:
    if not is_late(key, name, _owner()):
        on_change(lambda: set_value(st.session_state[key]))
