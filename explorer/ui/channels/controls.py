"""The Channels page's controls: widgets in, a convolution of several channels out."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import streamlit as st

from explorer.core.arithmetic.convolution import ConvResult, ConvSpec, convolve
from explorer.core.arithmetic.examples import make_bias, make_channels, make_stack, make_weights
from explorer.core.data.sample_picture import sample_picture
from explorer.ui.channels import settings
from explorer.ui.fresh_key import fresh_key, is_late
from explorer.ui.image_upload import UPLOAD, image_uploader, uploaded_image
from explorer.ui.language import language, mark, t
from explorer.ui.setting import Number
from explorer.ui.valid_slider import valid_slider

OWN = mark("Your own settings")
NATURAL_SIZE = {"numbers": 5, "rgb": 24, "digits": 28, "upload": 28}  # the side at which an input is recognised


def channel_result() -> ConvResult:
    """The convolution that the controls, drawn or not yet, describe."""
    settings.clamp_settings()
    spec = ConvSpec(
        (settings.HEIGHT.value, settings.WIDTH.value),
        _square(settings.KERNEL_SIZE),
        _square(settings.PADDING),
        _square(settings.STRIDE),
        in_channels=settings.IN_CHANNELS.value,
        out_channels=settings.OUT_CHANNELS.value,
        groups=settings.GROUPS.value,
    )
    seed = settings.SEED.value
    bias = make_bias(spec.out_channels, seed=seed) if settings.BIAS.value else None
    return convolve(_images(spec, seed), make_weights(*spec.weight_shape, seed=seed), spec, bias)


def selected_channel() -> int:
    """The output channel that is drawn large, from 0."""
    return settings.SELECTED.value - 1


def select_channel(channel: object) -> None:
    """Takes the output channel, from 0, that the learner chose in the picture; what is none is left out."""
    if isinstance(channel, int | float) and 0 <= channel < settings.OUT_CHANNELS.value:
        settings.SELECTED.set(int(channel) + 1)


def channel_controls() -> None:
    """Draws the controls, the most used first."""
    _preset()
    settings.INPUT.select(t("Input"), on_change=_take_natural_size)
    if settings.INPUT.value == "upload":
        image_uploader(UPLOAD, on_image=_take_shape)
    _beside(
        lambda: _slider(settings.IN_CHANNELS, t("Input channels")),
        lambda: settings.OUT_CHANNELS.slider(t("Output channels")),
    )
    _beside(_groups, lambda: _shown_output(t("Shown output")))
    _beside(lambda: _slider(settings.HEIGHT, t("Height")), lambda: _slider(settings.WIDTH, t("Width")))
    _beside(lambda: _slider(settings.KERNEL_SIZE, t("Kernel size")), lambda: _slider(settings.PADDING, t("Padding")))
    _beside(lambda: settings.STRIDE.slider(t("Stride")), lambda: settings.SEED.field(t("Seed")))
    settings.BIAS.toggle(t("Bias"))


def _beside(left: Callable[[], None], right: Callable[[], None]) -> None:
    """Two controls in a row, level with each other however their labels wrap."""
    for column, draw in zip(st.columns(2, vertical_alignment="bottom"), (left, right), strict=True):
        with column:
            draw()


def _shown_output(label: str) -> None:
    replace(settings.SELECTED, highest=settings.OUT_CHANNELS.value).field(label)


def _slider(number: Number, label: str) -> None:
    valid_slider(number, label, lambda value: settings.fits(number, value))


def _preset() -> None:
    """Shows the preset that the settings are, whoever set them."""
    chosen = settings.preset() or OWN
    names = [*settings.PRESETS, OWN] if chosen == OWN else list(settings.PRESETS)
    key = fresh_key("channels_preset", language(), chosen)
    st.selectbox(
        t("Preset"),
        names,
        index=names.index(chosen),
        format_func=t,
        key=key,
        on_change=_take_preset,
        args=(key,),
    )


def _take_preset(key: str) -> None:
    if not is_late(key, "channels_preset", language()):
        settings.take_preset(st.session_state[key])


def _groups() -> None:
    """The numbers of groups that are possible; one channel a group has a name of its own."""
    channels = settings.IN_CHANNELS.value
    settings.GROUPS.write()
    st.selectbox(
        t("Groups"),
        settings.possible_groups(),
        format_func=lambda groups: t("{groups}: depthwise", groups=groups) if 1 < groups == channels else str(groups),
        key=settings.GROUPS.key,
        persist_state="session",
    )


def _images(spec: ConvSpec, seed: int) -> np.ndarray:
    """The input stack (C, H, W); before a picture was uploaded, the drawn one."""
    source, shape = settings.INPUT.value, (spec.in_channels, *spec.input_size)
    if source != "upload":
        return make_stack(source, *shape, seed=seed)
    image = uploaded_image(UPLOAD, channels=1 if spec.in_channels == 1 else 3)
    return make_channels(sample_picture() if image is None else image, *shape)


def _square(number: Number) -> tuple[int, int]:
    return number.value, number.value


def _take_natural_size() -> None:
    """Another input comes at a size at which it is recognised; a picture in colours with three channels."""
    side = NATURAL_SIZE[settings.INPUT.value]
    settings.HEIGHT.set(side)
    settings.WIDTH.set(side)
    if settings.INPUT.value in ("rgb", "upload"):
        settings.IN_CHANNELS.set(3)


def _take_shape(image: np.ndarray) -> None:
    """A new picture (C, H, W) comes with its channels and proportions."""
    channels, *sides = image.shape
    shrink = min(1, NATURAL_SIZE["upload"] / max(sides))
    settings.IN_CHANNELS.set(channels)
    for number, side in zip((settings.HEIGHT, settings.WIDTH), sides, strict=True):
        number.set(max(int(number.lowest), round(side * shrink)))
