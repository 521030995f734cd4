"""The Convolution page's controls, the most used first; sliders offer only what the other settings leave valid."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache, partial

import numpy as np
import streamlit as st

from explorer.core import limits
from explorer.core.errors import SettingError
from explorer.ui.convolution import settings
from explorer.ui.convolution.grid_edits import forget_edits, grid_edits
from explorer.ui.convolution.settings import ConvChoices, conv_choices
from explorer.ui.image_upload import UPLOAD, image_uploader
from explorer.ui.language import explain_error, t
from explorer.ui.setting import Number, Switch
from explorer.ui.valid_slider import valid_range, valid_slider

NATURAL_SIZE = {"example": 5, "digit": 28}  # the side at which an input is itself
PICTURE, CONTROLS = "conv_picture", "conv_controls"  # the page's fragments
BOTH = (0, 1)  # the axes of a slider that sets rows and columns alike
SLIDERS = (
    ("padding", (settings.PADDING, settings.PADDING_WIDTH)),
    ("stride", (settings.STRIDE, settings.STRIDE_WIDTH)),
    ("dilation", (settings.DILATION, settings.DILATION_WIDTH)),
)
SIZES = (
    ("input_size", (settings.HEIGHT, settings.WIDTH)),
    ("kernel_size", (settings.KERNEL_HEIGHT, settings.KERNEL_WIDTH)),
)


def conv_sliders() -> None:
    """Padding, stride and dilation: in the picture's own fragment, for they are moved most."""
    choices = conv_choices()
    for field, numbers in SLIDERS:
        _sliders(field, numbers, choices, redraw_controls)


def conv_controls() -> None:
    """All other controls, in a fragment of their own: a slider's move sends the browser twenty messages fewer."""
    choices = conv_choices()
    st.session_state["conv_look"] = _look(choices)
    changed = _redraw
    settings.INPUT.select(t("Input"), on_change=lambda: (_take_natural_size(), changed()))
    if settings.INPUT.value == "upload":
        image_uploader(UPLOAD, on_image=_show_upload)
    _sizes(*SIZES[0], choices, changed)
    settings.KERNEL.select(t("Kernel"), on_change=changed)
    _sizes(*SIZES[1], choices, changed)
    if settings.INPUT.value == "digit":
        settings.DIGIT.slider(t("Digit"), on_change=changed)
    if settings.INPUT.value == "digit" or "random" in (settings.INPUT.value, settings.KERNEL.value):
        settings.SEED.field(t("Seed"), on_change=changed)
    with st.popover(t("More settings"), width="stretch"):  # drawn by the browser when it is opened, not before
        _more(choices, changed)


def _more(choices: ConvChoices, changed: Callable[[], object]) -> None:
    settings.BIAS.field(t("Bias"), on_change=changed)
    settings.RELU.toggle(t("ReLU afterwards"), on_change=changed)
    no_mode = t("A transposed convolution pads with zeros only.") if choices.transposed else None
    _switch(settings.SAME, t("padding='same' (with stride 1)"), no_mode, lambda: (_take_stride_1(), changed()))
    settings.PADDING_MODE.select(t("Padding mode"), on_change=changed, disabled=bool(no_mode), help=no_mode)
    settings.FLIP.toggle(
        t("True convolution: flip the kernel"),
        on_change=changed,
        help=t(
            "Mathematics flips the kernel first. Conv2d does not: its weights are learned, and a flipped kernel "
            "would only be learned the other way round."
        ),
    )
    problem = _refused(replace(choices, transposed=True))
    why_not = explain_error(problem) if problem else None
    _switch(settings.TRANSPOSED, t("Transposed convolution"), why_not, changed)
    if choices.transposed:
        _slider(settings.OUTPUT_PADDING, t("Output padding"), choices, "output_padding", None, changed)
    settings.SEPARATE.toggle(t("Rows and columns separately"), on_change=changed)
    forget_edits({"input": choices.input_source, "kernel": choices.kernel_source}, changed)


def _sliders(field: str, numbers: Sequence[Number], choices: ConvChoices, changed: Callable[[], object]) -> None:
    """One for both directions, or one each for rows and columns."""
    name = {"padding": t("Padding"), "stride": t("Stride"), "dilation": t("Dilation")}[field]
    if not settings.SEPARATE.value:
        _slider(numbers[0], name, choices, field, BOTH, changed)
        return
    labels = t("{name}, rows", name=name), t("{name}, columns", name=name)
    for column, number, label, axis in zip(
        st.columns(2, vertical_alignment="bottom"), numbers, labels, BOTH, strict=True
    ):
        with column:
            _slider(number, label, choices, field, (axis,), changed)


def _sizes(field: str, numbers: Sequence[Number], choices: ConvChoices, changed: Callable[[], object]) -> None:
    for column, number, label, axis in zip(
        st.columns(2, vertical_alignment="bottom"), numbers, (t("Height"), t("Width")), BOTH, strict=True
    ):
        with column:
            _slider(number, label, choices, field, (axis,), changed)


def _slider(
    number: Number, label: str, choices: ConvChoices, field: str, axes: object, changed: Callable[[], object]
) -> None:
    options = {"disabled": True, "help": t("padding='same' chooses it.")} if field == "padding" and choices.same else {}
    valid_slider(number, label, partial(_valid_at, choices, field, axes), on_change=changed, **options)


def _switch(switch: Switch, label: str, why_not: str | None, changed: Callable[[], object]) -> None:
    """Disabled, with the reason, where it cannot be turned on; what is on can always be turned off."""
    locked = bool(why_not) and not switch.value
    switch.toggle(label, on_change=changed, disabled=locked, help=why_not if locked else None)


def _valid_at(choices: ConvChoices, field: str, axes: Sequence[int] | None, value: int) -> bool:
    if axes is not None:
        pair = list(getattr(choices, field))
        for axis in axes:
            pair[axis] = value
        return _refused(replace(choices, **{field: tuple(pair)})) is None
    return _refused(replace(choices, **{field: value})) is None


@lru_cache(maxsize=4096)  # a few hundred settings are tried for the bounds at each move: 20 µs each
def _refused(choices: ConvChoices) -> SettingError | None:
    try:
        choices.spec  # noqa: B018 - asked for its refusal
    except SettingError as error:
        return error
    return None


def _take_stride_1() -> None:
    """padding='same' needs it; the sliders then offer nothing else."""
    if settings.SAME.value:
        settings.STRIDE.set(1)
        settings.STRIDE_WIDTH.set(1)


def _look(choices: ConvChoices) -> object:
    """What of the controls' looks depends on the settings: equal where nothing has to be drawn anew."""
    axes = [(i,) for i in BOTH] if settings.SEPARATE.value else [BOTH]
    plan = [(field, number, axis) for field, numbers in SLIDERS for number, axis in zip(numbers, axes, strict=False)]
    plan += [(field, number, (axis,)) for field, numbers in SIZES for number, axis in zip(numbers, BOTH, strict=True)]
    plan.append(("output_padding", settings.OUTPUT_PADDING, None))
    bounds = [valid_range(number, partial(_valid_at, choices, field, axis)) for field, number, axis in plan]
    switches = settings.SEPARATE.value, choices.transposed, choices.same
    able = _refused(replace(choices, transposed=True)) is None
    edited = [bool(grid_edits(g, s)) for g, s in (("input", choices.input_source), ("kernel", choices.kernel_source))]
    wrong = [number.problem is not None for number in (settings.BIAS, settings.SEED)]
    return wrong, bounds, switches, able, edited, choices.input_source, choices.kernel_source == "random"


def redraw_controls() -> None:
    """A callback for what the picture's fragment draws: takes the other controls along where they look different."""
    if _look(conv_choices()) != st.session_state.get("conv_look"):
        st.rerun([PICTURE, CONTROLS])


def _redraw() -> None:
    """The callback of the other controls: the picture, and themselves where they look different."""
    redraw_controls()
    st.rerun([PICTURE])


def _take_natural_size() -> None:
    side = NATURAL_SIZE.get(settings.INPUT.value)
    if side:
        settings.HEIGHT.set(side)
        settings.WIDTH.set(side)


def _show_upload(image: np.ndarray) -> None:
    """Takes the picture's proportions, its longer side as long as a grid may be."""
    scale = limits.MAX_GRID_SIZE / max(image.shape[1:])
    for number, side in zip((settings.HEIGHT, settings.WIDTH), image.shape[1:], strict=True):
        number.set(max(1, min(limits.MAX_GRID_SIZE, round(side * scale))))
    st.rerun([PICTURE, CONTROLS])
