"""The Pooling page's controls, the most used first; sliders offer what MaxPool2d takes beside the other choices."""

from dataclasses import replace

import streamlit as st

from explorer.core.arithmetic.inputs import natural_side
from explorer.ui.choices import with_value
from explorer.ui.language import join_sentences, t
from explorer.ui.pooling import settings
from explorer.ui.pooling.choices import PoolChoices
from explorer.ui.pooling.settings import pool_choices
from explorer.ui.valid_slider import valid_slider


def pool_controls(choices: PoolChoices) -> None:
    """Draws the controls."""
    _slider("kernel_size", t("Kernel size"), choices)
    _slider("stride", t("Stride"), choices)
    _slider("padding", t("Padding"), choices)
    _slider("dilation", t("Dilation"), choices)
    settings.CEIL_MODE.toggle(t("Round up (ceil_mode)"))
    meaning = t("count_include_pad of AvgPool2d. Off: a mean is divided by the number of the input's own cells.")
    why_not = "" if choices.padding else t("Without padding there is none to count.")
    settings.COUNT_INCLUDE_PAD.toggle(
        t("Mean counts padding"), disabled=bool(why_not), help=join_sentences(meaning, why_not)
    )
    settings.SHIFT.slider(t("Shift to the right"))
    settings.INPUT.select(t("Input"), on_change=_set_natural_size)
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        _slider("height", t("Height"), choices)
    with right:
        _slider("width", t("Width"), choices)
    if choices.input_source == "digit":
        settings.DIGIT.slider(t("Digit"))
    if choices.input_source in ("digit", "random"):
        settings.SEED.field(t("Seed"))


def _slider(field: str, label: str, choices: PoolChoices) -> None:
    valid_slider(settings.FIELDS[field], label, lambda value: with_value(choices, field, value).fits())


def _set_natural_size() -> None:
    side = natural_side(settings.INPUT.value)
    if side and replace(pool_choices(), height=side, width=side).fits():
        settings.HEIGHT.set(side)
        settings.WIDTH.set(side)
