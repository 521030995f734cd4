"""The Network page's controls: what is changed, the chosen layer's arguments, what is added, where it is sent."""

from collections.abc import Callable

import streamlit as st

from explorer.core import limits
from explorer.core.layers import KINDS, Option, Stack
from explorer.core.ledger import Ledger
from explorer.core.networks import BROKEN, PRESETS
from explorer.core.trainable import reasons_against
from explorer.ui import network_stack
from explorer.ui.language import explain, mark, t
from explorer.ui.network_names import NAMES
from explorer.ui.session_runs import current_run
from explorer.ui.setting import Choice
from explorer.ui.train_controls import NETWORK

ADDABLE = ("Conv2d", "MaxPool2d", "AvgPool2d", "ReLU", "Dropout", "BatchNorm2d", "Flatten", "Linear")
KIND = Choice("network_add", {kind: kind for kind in ADDABLE})
LESSONS = {
    "in_features": mark("A wrong in_features"),
    "shrunk": mark("One pooling too many"),
    "view": mark("view(-1, 160)"),
    "softmax": mark("Softmax before cross entropy"),
}
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


def network_controls(ledger: Ledger) -> None:
    """Draws them for the stack of this ledger."""
    row = network_stack.chosen()[0]
    _start_from()
    _layer(ledger.stack, row)
    _add(ledger.stack, row)
    _train(ledger)


def _start_from() -> None:
    with st.container(horizontal=True):
        with st.popover(t("Start from")):
            for name, label in NAMES.items():
                _load(f"network_preset_{name}", t(label), Stack(PRESETS[name]))
            _load("network_preset_empty", t("No layer at all"), Stack(()))
        with st.popover(t("Break it")):
            for name, label in LESSONS.items():
                _load(f"network_lesson_{name}", t(label), Stack(BROKEN[name]))


def _load(key: str, label: str, stack: Stack) -> None:
    st.button(label, key=key, on_click=network_stack.load, args=(stack,), width="stretch")


def _layer(stack: Stack, row: int) -> None:
    """Which layer is chosen, its place, its arguments."""
    names = [t("input"), *(spec.name for spec in stack.layers)]
    st.session_state["network_layer"] = row
    st.selectbox(
        t("Layer"),
        range(-1, len(stack.layers)),
        format_func=lambda index: names[index + 1],
        key="network_layer",
        on_change=lambda: network_stack.choose(st.session_state["network_layer"]),
    )
    last = len(stack.layers) - 1
    no_place, no_layer = t("There is no such place for it."), t("There is no layer to remove.")
    with st.container(horizontal=True):
        _action("up", "↑", network_stack.move, (row, row - 1), t("Earlier"), None if row > 0 else no_place)
        _action("down", "↓", network_stack.move, (row, row + 1), t("Later"), None if 0 <= row < last else no_place)
        _action("remove", t("Remove"), network_stack.remove, (row,), None, None if row >= 0 else no_layer)
        nothing = None if network_stack.can_undo() else t("Nothing has been changed yet.")
        _action("undo", t("Undo"), network_stack.undo, (), None, nothing)
    if row >= 0:
        spec = stack.layers[row]
        _fields([(option, spec[option.name]) for option in KINDS[spec.kind] if option.lowest < option.highest], row)
    else:
        _image_fields(stack)


def _action(
    name: str, label: str, action: Callable, arguments: tuple[int, ...], help_text: str | None, why_not: str | None
) -> None:
    """A button; disabled with the reason where there is one against it."""
    key, disabled = f"network_{name}", why_not is not None
    st.button(label, key=key, on_click=action, args=arguments, disabled=disabled, help=why_not or help_text)


def _fields(options: list[tuple[Option, float]], row: int) -> None:
    columns = st.columns(2)
    for number, (option, value) in enumerate(options):
        key = f"network_{option.name}"
        st.session_state[key] = value
        with columns[number % 2]:
            st.number_input(
                t(LABELS[option.name]),
                option.lowest,
                option.highest,
                step=0.05 if isinstance(option.lowest, float) else 1,
                key=key,
                on_change=lambda name=option.name, key=key: network_stack.change(row, **{name: st.session_state[key]}),
            )


def _image_fields(stack: Stack) -> None:
    labels = (t("Channels"), t("Height"), t("Width"))
    most = (limits.MAX_LAYER_CHANNELS, limits.MAX_IMAGE_SIZE, limits.MAX_IMAGE_SIZE)
    for axis, (column, label) in enumerate(zip(st.columns(3), labels, strict=True)):
        key = f"network_image_{axis}"
        st.session_state[key] = stack.image[axis]
        with column:
            st.number_input(
                label,
                1,
                most[axis],
                key=key,
                on_change=lambda axis=axis, key=key: network_stack.set_image(axis, st.session_state[key]),
            )


def _add(stack: Stack, row: int) -> None:
    full = network_stack.full()
    no = t("{count} layers are all that this server takes.", count=limits.MAX_LAYERS) if full else None
    name = stack.layers[row].name if row >= 0 else t("input")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        KIND.select(t("Add behind {layer}", layer=name))
        st.button(
            t("Add"),
            key="network_add_button",
            on_click=lambda: network_stack.add(KIND.value, row),
            disabled=full,
            help=no,
        )


def _train(ledger: Ledger) -> None:
    problem = next(reasons_against(ledger), None)
    run = current_run()
    busy = t("A run is under way.") if run and run.unfinished else None
    reason = busy or (explain(problem.sentence, problem.numbers) if problem else None)
    if st.button(t("Train it"), key="network_train", type="primary", disabled=bool(reason), width="stretch"):
        NETWORK.take(ledger.stack)
        st.switch_page("explorer/pages/train.py")
    if reason:
        st.caption(reason)
