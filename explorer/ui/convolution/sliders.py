"""The Convolution page's sliders, one for rows and columns or one for each; they offer what the rest leaves valid."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from explorer.ui.choices import refusal, with_value
from explorer.ui.convolution import settings
from explorer.ui.convolution.choices import ConvChoices
from explorer.ui.language import t
from explorer.ui.setting import Number
from explorer.ui.valid_slider import valid_range, valid_slider
from explorer.ui.view_options import name_control

STEPS = ("padding", "stride", "dilation")  # the fields that are moved most
SIZES = ("input_size", "kernel_size")
BOTH = (0, 1)  # the axes of a slider that sets rows and columns alike


@dataclass(frozen=True)
class FieldSlider:
    """A slider's number, the field of ConvChoices that it sets, and of a pair the axes."""

    number: Number
    field: str
    axes: tuple[int, ...] = ()

    def is_valid(self, choices: ConvChoices, value: int) -> bool:
        """Whether the other choices leave ``value`` valid."""
        return refusal(with_value(choices, self.field, value, self.axes)) is None

    def bounds(self, choices: ConvChoices) -> tuple[int, int]:
        """The lowest and the highest value on offer."""
        return valid_range(self.number, partial(self.is_valid, choices))

    def draw(self, label: str, choices: ConvChoices, on_change: Callable[[], object]) -> None:
        """Draws it; padding='same' leaves nothing to choose of the padding."""
        by_same = self.field == "padding" and choices.same
        options = {"disabled": True, "help": t("padding='same' chooses it.")} if by_same else {}
        valid_slider(self.number, label, partial(self.is_valid, choices), on_change=on_change, **options)


OUTPUT_PADDING = FieldSlider(settings.OUTPUT_PADDING, "output_padding")


def step_sliders(choices: ConvChoices, on_change: Callable[[], object]) -> None:
    """Draws padding, stride and dilation."""
    names = {"padding": t("Padding"), "stride": t("Stride"), "dilation": t("Dilation")}
    for field in STEPS:
        name, sliders = names[field], _sliders(field, choices)
        if choices.separate:
            _beside(sliders, (t("{name}, rows", name=name), t("{name}, columns", name=name)), choices, on_change)
        else:
            sliders[0].draw(name, choices, on_change)


def size_sliders(field: str, choices: ConvChoices, on_change: Callable[[], object]) -> None:
    """Draws height and width of the input or the kernel, one of SIZES."""
    sliders, labels = _sliders(field, choices), (t("Height"), t("Width"))
    _beside(sliders, labels, choices, on_change)
    grid = t("Input") if field == "input_size" else t("Kernel")
    for slider, label in zip(sliders, labels, strict=True):
        name_control(slider.number.key, t("{grid}: {control}", grid=grid, control=label))


def slider_bounds(choices: ConvChoices) -> list[tuple[int, int]]:
    """What all sliders of the page offer."""
    sliders = [slider for field in (*STEPS, *SIZES) for slider in _sliders(field, choices)]
    return [slider.bounds(choices) for slider in (*sliders, OUTPUT_PADDING)]


def _sliders(field: str, choices: ConvChoices) -> list[FieldSlider]:
    """One for the rows and one for the columns, or one for both."""
    rows, columns = settings.FIELDS[field]
    if field in STEPS and not choices.separate:
        return [FieldSlider(rows, field, BOTH)]
    return [FieldSlider(rows, field, (0,)), FieldSlider(columns, field, (1,))]


def _beside(
    sliders: Sequence[FieldSlider], labels: Sequence[str], choices: ConvChoices, on_change: Callable[[], object]
) -> None:
    columns = st.columns(2, vertical_alignment="bottom")
    for column, slider, label in zip(columns, sliders, labels, strict=True):
        with column:
            slider.draw(label, choices, on_change)
