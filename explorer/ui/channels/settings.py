"""The Channels page's settings, by their names in the link, and the presets."""

from collections.abc import Iterable
from dataclasses import replace

from explorer.core import limits
from explorer.core.arithmetic.inputs import CHANNEL_INPUTS
from explorer.ui.channels.choices import ChannelChoices
from explorer.ui.choices import Fields, read_choices
from explorer.ui.image_upload import UPLOAD
from explorer.ui.language import mark
from explorer.ui.setting import Choice, Number, Switch

INPUT = Choice("channels_input", CHANNEL_INPUTS | {UPLOAD: mark("Your image")})
IN_CHANNELS = Number("channels_in", 1, limits.MAX_STACK_CHANNELS, 3)
OUT_CHANNELS = Number("channels_out", 1, limits.MAX_CHANNELS, 2)
GROUPS = Number("channels_groups", 1, limits.MAX_STACK_CHANNELS, 1)
HEIGHT, WIDTH = (Number(f"channels_{side}", 2, limits.MAX_INPUT_SIZE, 5) for side in ("height", "width"))
KERNEL_SIZE = Number("channels_kernel_size", 1, limits.MAX_KERNEL_SIZE, 3)
PADDING = Number("channels_padding", 0, limits.MAX_PADDING, 0)
STRIDE = Number("channels_stride", 1, limits.MAX_STRIDE, 1)
BIAS = Switch("channels_bias", default=True)
SEED = Number("channels_seed", 0, 9999, 0)
SELECTED = Number("channels_selected", 1, limits.MAX_CHANNELS, 1)

FIELDS: Fields = {  # of ChannelChoices
    "input_source": INPUT,
    "in_channels": IN_CHANNELS,
    "out_channels": OUT_CHANNELS,
    "groups": GROUPS,
    "height": HEIGHT,
    "width": WIDTH,
    "kernel_size": KERNEL_SIZE,
    "padding": PADDING,
    "stride": STRIDE,
    "bias": BIAS,
    "seed": SEED,
    "selected": SELECTED,
}
PRESETS = {
    mark("Small numbers"): ChannelChoices(),
    mark("RGB picture"): ChannelChoices("rgb", out_channels=4, height=24, width=24, padding=1),
    mark("Depthwise"): ChannelChoices("digits", 4, out_channels=4, groups=4, height=14, width=14, padding=1),
    mark("The lecture's Conv2d(5, 10, 3)"): ChannelChoices("numbers", 5, out_channels=10, height=100, width=100),
}
_KEPT_BY_PRESET = ("seed", "selected")


def channel_choices() -> ChannelChoices:
    """What the controls, drawn or not yet, stand at; what fits the rest no longer is set to what does.

    What a lecturer's link fixes stays, and is refused where it does not fit.
    """
    chosen = read_choices(ChannelChoices, FIELDS)
    fitted = chosen.fitted()
    _set_fields(fitted, (name for name in FIELDS if getattr(fitted, name) != getattr(chosen, name)))
    return read_choices(ChannelChoices, FIELDS)


def preset_of(choices: ChannelChoices) -> str | None:
    """The preset that the choices are, or None."""
    kept = {name: getattr(choices, name) for name in _KEPT_BY_PRESET}
    return next((name for name, preset in PRESETS.items() if replace(preset, **kept) == choices), None)


def set_preset(name: str) -> None:
    """Sets all that the preset of that name is; the seed and the output channel that is looked at stay."""
    _set_fields(PRESETS[name], (field for field in FIELDS if field not in _KEPT_BY_PRESET))


def _set_fields(choices: ChannelChoices, names: Iterable[str]) -> None:
    for name in names:
        FIELDS[name].set(getattr(choices, name))
