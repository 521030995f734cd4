"""The chosen layer's arguments, and where the whole is sent: drawn with the picture, for they change with it."""

from collections.abc import Callable

import streamlit as st

from explorer.core import limits
from explorer.core.layer_kinds import KINDS
from explorer.core.layers import Stack
from explorer.core.ledger import Ledger
from explorer.core.trainable import reasons_against
from explorer.ui import network_stack
from explorer.ui.fresh_key import fresh_key, is_late
from explorer.ui.language import explain, mark, t
from explorer.ui.session_runs import current_run
from explorer.ui.train_controls import NETWORK

LABELS = {
    "in_channels": mark("Input channels"),
    "out_channels": mark("Output channels"),
    "kernel_size": mark("Kernel size"),
    "stride": mark("Stride"),
    "padding": mark("Padding"),
    "dilation": mark("Dilation"),
    "groups": mark("Groups"),
    "p": mark("Share that is dropped"),
    "num_features": mark("Channels"),
    "in_features": mark("Inputs"),
    "out_features": mark("Outputs"),
    "size": mark("Numbers a row"),
}


Change = Callable[[float], None]  # takes the field's new value
OnChange = Callable[[Callable[[], None]], None]  # the callback, given what takes the new value


def layer_fields(stack: Stack, row: int, on_change: OnChange) -> None:
    """A field for each argument of the chosen layer, or for each side of the images."""
    if row < 0:
        _image_fields(stack, on_change)
        return
    spec, columns = stack.layers[row], st.columns(2)
    options = [option for option in KINDS[spec.kind] if option.lowest < option.highest]
    for number, option in enumerate(options):
        with columns[number % 2]:
            _field(
                option.name,
                t(LABELS[option.name]),
                (option.lowest, option.highest),
                spec[option.name],
                on_change,
                lambda value, name=option.name: network_stack.change(row, **{name: value}),
            )


def train_button(ledger: Ledger) -> None:
    """Sends the stack to the Train page; the reason where it cannot be sent."""
    problem = next(reasons_against(ledger), None)
    run = current_run()
    busy = t("A run is under way.") if run and run.unfinished else None
    reason = busy or (explain(problem.sentence, problem.numbers) if problem else None)
    if (
        st.button(t("Train it"), key="network_train", type="primary", disabled=bool(reason), width="stretch")
        and not reason
    ):
        NETWORK.take(ledger.stack)
        st.switch_page("explorer/pages/train.py")
    if reason:
        st.caption(reason)


def _image_fields(stack: Stack, on_change: OnChange) -> None:
    labels = (t("Channels"), t("Height"), t("Width"))
    most = (limits.MAX_LAYER_CHANNELS, limits.MAX_IMAGE_SIZE, limits.MAX_IMAGE_SIZE)
    columns = st.columns(2)
    for axis in range(3):
        with columns[axis % 2]:
            _field(
                f"image_{axis}",
                labels[axis],
                (1, most[axis]),
                stack.image[axis],
                on_change,
                lambda value, axis=axis: network_stack.set_image(axis, value),
            )


def _field(
    name: str,
    label: str,
    bounds: tuple[float, float],
    value: float,
    on_change: OnChange,
    change: Change,
) -> None:
    name = f"network_{name}"
    key = fresh_key(name, _owner(), value)
    step = 0.05 if isinstance(bounds[0], float) else 1
    st.number_input(label, *bounds, value, step=step, key=key, on_change=_take, args=(name, key, on_change, change))


def _owner() -> tuple[object, ...]:
    return *network_stack.names(), network_stack.chosen()[0]


def _take(name: str, key: str, on_change: OnChange, change: Change) -> None:
    if not is_late(key, name, _owner()):
        on_change(lambda: change(st.session_state[key]))
