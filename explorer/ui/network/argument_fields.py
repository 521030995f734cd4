"""What the fields of the chosen layer, or of the images, hold: one for each argument, and the switches."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import streamlit as st

from explorer.core import limits
from explorer.core.network.layer_kinds import KINDS, Option
from explorer.core.network.layer_window import paddings
from explorer.core.network.layers import LayerSpec, NetworkSpec
from explorer.ui.language import in_context, mark, t
from explorer.ui.network import edited_network

LABELS = {
    "in_channels": mark("Input channels"),
    "out_channels": mark("Output channels"),
    "kernel_size": mark("Kernel size"),
    "stride": mark("Stride"),
    "padding": mark("Padding"),
    "dilation": mark("Dilation"),
    "groups": mark("Groups"),
    "output_size": mark("Output size"),
    "p": mark("Share that is dropped"),
    "num_features": in_context("how many", "Channels"),
    "in_features": mark("Inputs"),
    "out_features": mark("Outputs"),
    "size": mark("Numbers a row"),
    "ceil_mode": mark("Round up (ceil_mode)"),
    "count_include_pad": mark("Mean counts padding"),
    "bias": mark("Bias"),
}
_SEPARATE = "network_separate"  # whether height and width have a field each, also where they are equal


@dataclass(frozen=True)
class ArgumentField:
    """One field: its widget's ``name``, its bounds (False and True: a switch), what it shows.

    ``set_value`` changes the network. ``why_not`` is the reason where it cannot be changed.
    """

    name: str
    label: str
    lowest: float
    highest: float
    value: float
    set_value: Callable[[Any], None] = field(compare=False)
    why_not: str | None = None

    @property
    def is_switch(self) -> bool:
        """Whether it is on or off."""
        return isinstance(self.value, bool)


def argument_fields(stack: NetworkSpec, row: int) -> list[ArgumentField]:
    """The numbers first, in torch's order, then the switches; row -1 are the images."""
    if row < 0:
        return list(_image_fields(stack))
    spec = stack.layers[row]
    options = [option for option in KINDS[spec.kind] if option.lowest < option.highest]
    fields = [one for option in options if not option.is_switch for one in _numbers(spec, row, option)]
    return [*fields, *_switches(spec, row, options)]


def _image_fields(stack: NetworkSpec) -> Iterator[ArgumentField]:
    labels = (t(in_context("how many", "Channels")), t("Height"), t("Width"))
    most = (limits.MAX_LAYER_CHANNELS, limits.MAX_IMAGE_SIZE, limits.MAX_IMAGE_SIZE)
    for axis, (label, highest, size) in enumerate(zip(labels, most, stack.image, strict=True)):
        set_value = partial(edited_network.set_image_side, axis)
        yield ArgumentField(f"image_{axis}", label, 1, highest, size, set_value)


def _numbers(spec: LayerSpec, row: int, option: Option) -> Iterator[ArgumentField]:
    """One field, or for a pair one for the rows and one for the columns."""
    label = t("Inputs") if spec.kind == "BatchNorm1d" else t(LABELS[option.name])
    chosen = t("padding='same' chooses it.") if spec[option.name] == "same" else None
    shown = tuple(before for before, _ in paddings(spec)) if chosen else spec[option.name]
    if not (option.is_pair and _is_separate(spec)):
        value = shown[0] if isinstance(shown, tuple) else shown
        set_value = partial(_set_number, row, option)
        yield ArgumentField(option.name, label, option.lowest, option.highest, value, set_value, chosen)
        return
    pair = shown if isinstance(shown, tuple) else (shown, shown)
    labels = (t("{name}, rows", name=label), t("{name}, columns", name=label))
    for axis, name in enumerate(("rows", "columns")):
        set_value = partial(_set_side, row, option.name, pair, axis)
        yield ArgumentField(
            f"{option.name}_{name}", labels[axis], option.lowest, option.highest, pair[axis], set_value, chosen
        )


def _switches(spec: LayerSpec, row: int, options: list[Option]) -> Iterator[ArgumentField]:
    for option in options:
        if option.word:  # padding='same'
            set_value = partial(_set_same, row)
            yield ArgumentField(
                "same", f"{option.name}='{option.word}'", False, True, spec[option.name] == option.word, set_value
            )
        if option.is_switch:
            set_value = partial(_set_number, row, option)
            yield ArgumentField(option.name, t(LABELS[option.name]), False, True, spec[option.name], set_value)
    if any(option.is_pair for option in options):
        set_value = partial(_set_separate, row)
        yield ArgumentField("separate", t("Rows and columns separately"), False, True, _is_separate(spec), set_value)


def _is_separate(spec: LayerSpec) -> bool:
    pairs = any(isinstance(value, tuple) for _, value in spec.options)
    return pairs or bool(st.session_state.get(_SEPARATE))


def _set_number(row: int, option: Option, value: float) -> None:
    """A field adds up steps of 0.05; a link has four decimals."""
    edited_network.change_layer(row, **{option.name: round(value, 4) if option.number is float else value})


def _set_side(row: int, name: str, pair: tuple[int, int], axis: int, value: int) -> None:
    st.session_state[_SEPARATE] = True  # also when the two are equal now
    edited_network.change_layer(row, **{name: (value, pair[1]) if axis == 0 else (pair[0], value)})


def _set_same(row: int, same: bool) -> None:
    """Without 'same' the numbers that it chose stay, as far as a layer may have them."""
    numbers = (min(before, limits.MAX_LAYER_WINDOW) for before, _ in paddings(edited_network.NETWORK.value.layers[row]))
    edited_network.change_layer(row, padding="same" if same else tuple(numbers))


def _set_separate(row: int, separate: bool) -> None:
    """One number for both again: the rows'."""
    st.session_state[_SEPARATE] = separate
    pairs = {
        name: value[0] for name, value in edited_network.NETWORK.value.layers[row].options if isinstance(value, tuple)
    }
    if pairs and not separate:
        edited_network.change_layer(row, **pairs)
