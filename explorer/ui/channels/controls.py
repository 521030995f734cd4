"""The Channels page's controls, the most used first; sliders offer only what the other choices leave valid."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import streamlit as st

from explorer.core.arithmetic.inputs import natural_side
from explorer.ui import image_upload
from explorer.ui.channels import settings
from explorer.ui.channels.choices import ChannelChoices
from explorer.ui.choices import with_value
from explorer.ui.fresh_key import fresh_key, is_late
from explorer.ui.image_upload import UPLOAD
from explorer.ui.language import language, mark, t
from explorer.ui.valid_slider import valid_slider
from explorer.ui.view_options import control_options

OWN = mark("Your own settings")
UPLOAD_SIDE = 28  # rows or columns of an uploaded image at first, whichever are more
_PRESET = "channels_preset"


def channel_controls(choices: ChannelChoices) -> None:
    """Draws the controls."""
    _preset(choices)
    settings.INPUT.select(t("Input"), on_change=_set_natural_size)
    if choices.input_source == UPLOAD:
        image_upload.image_uploader(image_upload.SHARED, on_image=_set_shape)

    def slider(field: str, label: str) -> Callable[[], None]:
        return lambda: valid_slider(
            settings.FIELDS[field], label, lambda value: with_value(choices, field, value).fits()
        )

    _beside(slider("in_channels", t("Input channels")), lambda: settings.OUT_CHANNELS.slider(t("Output channels")))
    _beside(lambda: _groups(choices), lambda: _selected_channel(choices))
    _beside(slider("height", t("Height")), slider("width", t("Width")))
    _beside(slider("kernel_size", t("Kernel size")), slider("padding", t("Padding")))
    _beside(lambda: settings.STRIDE.slider(t("Stride")), lambda: settings.SEED.field(t("Seed")))
    settings.BIAS.toggle(t("Bias"))


def select_channel(channel: object) -> None:
    """Takes the output channel, from 0, that the learner chose in the picture; what is none is left out."""
    if isinstance(channel, int | float) and 0 <= channel < settings.OUT_CHANNELS.value:
        settings.SELECTED.set(int(channel) + 1)


def _beside(left: Callable[[], None], right: Callable[[], None]) -> None:
    """Two controls in a row, level with each other however their labels wrap."""
    for column, draw in zip(st.columns(2, vertical_alignment="bottom"), (left, right), strict=True):
        with column:
            draw()


def _selected_channel(choices: ChannelChoices) -> None:
    replace(settings.SELECTED, highest=choices.out_channels).field(t("Shown output"))


def _preset(choices: ChannelChoices) -> None:
    """Shows the preset that the settings are, whoever set them."""
    chosen = settings.preset_of(choices) or OWN
    names = [*settings.PRESETS, OWN] if chosen == OWN else list(settings.PRESETS)
    key = fresh_key(_PRESET, language(), chosen)
    options = control_options(_PRESET, t("Preset"), {})
    if options is None:
        return
    st.selectbox(
        t("Preset"),
        names,
        index=names.index(chosen),
        format_func=t,
        key=key,
        on_change=_set_chosen_preset,
        args=(key,),
        **options,
    )


def _set_chosen_preset(key: str) -> None:
    name = st.session_state[key]
    if name in settings.PRESETS and not is_late(key, _PRESET, language()):
        settings.set_preset(name)


def _groups(choices: ChannelChoices) -> None:
    """The numbers of groups that are possible; one channel a group has a name of its own."""
    settings.GROUPS.write()
    options = control_options(settings.GROUPS.key, t("Groups"), {})
    if options is None:
        return
    offered = sorted({*choices.possible_groups, choices.groups})  # a fixed number may fit the channels no longer
    owner = language(), choices.in_channels
    key = fresh_key(settings.GROUPS.key, owner, choices.groups)
    st.selectbox(
        t("Groups"),
        offered,
        index=offered.index(choices.groups),
        format_func=lambda groups: (
            t("{groups}: depthwise", groups=groups) if 1 < groups == choices.in_channels else str(groups)
        ),
        key=key,
        on_change=_set_chosen_groups,
        args=(key, owner),
        **options,
    )


def _set_chosen_groups(key: str, owner: tuple[str, int]) -> None:
    if not is_late(key, settings.GROUPS.key, owner):
        settings.GROUPS.set(st.session_state[key])


def _set_natural_size() -> None:
    """Another input comes at a size at which it is recognised; a picture in colours with three channels."""
    source = settings.INPUT.value
    side = UPLOAD_SIDE if source == UPLOAD else natural_side(source)
    settings.HEIGHT.set(side)
    settings.WIDTH.set(side)
    if source in ("rgb", UPLOAD):
        settings.IN_CHANNELS.set(3)


def _set_shape(image: np.ndarray) -> None:
    """A new picture (C, H, W) comes with its channels and proportions."""
    channels, *sides = image.shape
    shrink = min(1, UPLOAD_SIDE / max(sides))
    settings.IN_CHANNELS.set(channels)
    for number, side in zip((settings.HEIGHT, settings.WIDTH), sides, strict=True):
        number.set(max(int(number.lowest), round(side * shrink)))
