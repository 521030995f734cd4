"""The Convolution page's controls, the most used first."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import streamlit as st

from explorer.core import limits
from explorer.core.arithmetic.inputs import natural_side
from explorer.ui import image_upload
from explorer.ui.choices import refusal
from explorer.ui.convolution import settings
from explorer.ui.convolution.choices import ConvChoices
from explorer.ui.convolution.grid_edits import add_edit, grid_edits, restore_button
from explorer.ui.convolution.settings import conv_choices
from explorer.ui.convolution.sliders import OUTPUT_PADDING, size_sliders, slider_bounds, step_sliders
from explorer.ui.image_upload import UPLOAD
from explorer.ui.language import explain_error, t
from explorer.ui.page_fragments import PageFragments
from explorer.ui.setting import Switch


def appearance(choices: ConvChoices) -> object:
    """What the controls' looks depend on: bounds, what is there, what is disabled, which text is refused."""
    return (
        [number.problem is not None for number in (settings.BIAS, settings.SEED)],
        slider_bounds(choices),
        (choices.separate, choices.transposed, choices.same),
        refusal(replace(choices, transposed=True)) is None,
        [bool(grid_edits(grid, source)) for grid, source in choices.sources.items()],
        choices.input_source,
        choices.kernel_source == "random",
    )


FRAGMENTS = PageFragments("conv", lambda: appearance(conv_choices()))


def conv_sliders(choices: ConvChoices) -> None:
    """Padding, stride and dilation: in the picture's own fragment, for they are moved most."""
    step_sliders(choices, FRAGMENTS.redraw_changed_controls)


def conv_controls() -> None:
    """All other controls, in a fragment of their own."""
    choices, redraw = conv_choices(), FRAGMENTS.redraw
    FRAGMENTS.remember_appearance(appearance(choices))
    settings.INPUT.select(t("Input"), on_change=lambda: (_set_natural_size(), redraw()))
    if choices.input_source == UPLOAD:
        image_upload.image_uploader(image_upload.SHARED, on_image=_set_proportions)
    size_sliders("input_size", choices, redraw)
    settings.KERNEL.select(t("Kernel"), on_change=redraw)
    size_sliders("kernel_size", choices, redraw)
    if choices.input_source == "digit":
        settings.DIGIT.slider(t("Digit"), on_change=redraw)
    if choices.input_source == "digit" or "random" in choices.sources.values():
        settings.SEED.field(t("Seed"), on_change=redraw)
    with st.popover(t("More settings"), width="stretch"):  # drawn by the browser when it is opened, not before
        _rare_controls(choices)


def keep_edit(edit: Mapping[str, object], choices: ConvChoices) -> None:
    """Takes the number typed over a cell; a flipped kernel is kept unflipped."""
    add_edit(edit, choices.sources, choices.kernel_size if choices.flip else None)
    FRAGMENTS.redraw_changed_controls()


def _rare_controls(choices: ConvChoices) -> None:
    redraw = FRAGMENTS.redraw
    settings.BIAS.field(t("Bias"), on_change=redraw)
    settings.RELU.toggle(t("ReLU afterwards"), on_change=redraw)
    no_mode = t("A transposed convolution pads with zeros only.") if choices.transposed else None
    _switch(settings.SAME, t("padding='same' (with stride 1)"), no_mode, on_change=_set_stride_1)
    settings.PADDING_MODE.select(t("Padding mode"), on_change=redraw, disabled=bool(no_mode), help=no_mode)
    settings.FLIP.toggle(
        t("True convolution: flip the kernel"),
        on_change=redraw,
        help=t(
            "Mathematics flips the kernel first. Conv2d does not: its weights are learned, and a flipped kernel "
            "would only be learned the other way round."
        ),
    )
    problem = refusal(replace(choices, transposed=True))
    why_not = explain_error(problem) if problem else None
    _switch(settings.TRANSPOSED, t("Transposed convolution"), why_not, on_change=redraw)
    if choices.transposed:
        OUTPUT_PADDING.draw(t("Output padding"), choices, redraw)
    settings.SEPARATE.toggle(t("Rows and columns separately"), on_change=redraw)
    restore_button(choices.sources, redraw)


def _switch(switch: Switch, label: str, why_not: str | None, **options: object) -> None:
    """Disabled, with the reason, where it cannot be turned on; what is on can always be turned off."""
    locked = bool(why_not) and not switch.value
    switch.toggle(label, disabled=locked, help=why_not if locked else None, **options)


def _set_stride_1() -> None:
    """padding='same' needs it; the sliders then offer nothing else."""
    if settings.SAME.value:
        settings.STRIDE.set(1)
        settings.STRIDE_WIDTH.set(1)
    FRAGMENTS.redraw()


def _set_natural_size() -> None:
    if side := natural_side(settings.INPUT.value):
        settings.HEIGHT.set(side)
        settings.WIDTH.set(side)


def _set_proportions(image: np.ndarray) -> None:
    """Sets the proportions of an uploaded image (C, H, W), its longer side as long as a grid may be."""
    scale = limits.MAX_GRID_SIZE / max(image.shape[1:])
    for number, side in zip((settings.HEIGHT, settings.WIDTH), image.shape[1:], strict=True):
        number.set(max(1, min(limits.MAX_GRID_SIZE, round(side * scale))))
    FRAGMENTS.redraw_both()
