"""The Channels page's settings: their names in the link, which values fit together, and the presets."""

from math import gcd

from explorer.core import limits
from explorer.ui.language import mark
from explorer.ui.setting import Choice, Number, Switch

INPUTS = {
    "numbers": mark("Small numbers"),
    "rgb": mark("RGB picture"),
    "digits": mark("Stack of digits"),
    "upload": mark("Your image"),
}

INPUT = Choice("channels_input", INPUTS)
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

# What a preset sets; the seed and the output channel that is looked at stay.
_SET = (INPUT, IN_CHANNELS, OUT_CHANNELS, GROUPS, HEIGHT, WIDTH, KERNEL_SIZE, PADDING, STRIDE, BIAS)
PRESETS = {
    mark("Small numbers"): ("numbers", 3, 2, 1, 5, 5, 3, 0, 1, True),
    mark("RGB picture"): ("rgb", 3, 4, 1, 24, 24, 3, 1, 1, True),
    mark("Depthwise"): ("digits", 4, 4, 4, 14, 14, 3, 1, 1, True),
    mark("The lecture's Conv2d(5, 10, 3)"): ("numbers", 5, 10, 1, 100, 100, 3, 0, 1, True),
}


def preset() -> str | None:
    """The preset that the settings are, or None."""
    values = tuple(setting.value for setting in _SET)
    return next((name for name, preset_values in PRESETS.items() if preset_values == values), None)


def take_preset(name: str) -> None:
    """Sets what the preset of that name sets; any other name sets nothing."""
    for setting, value in zip(_SET, PRESETS.get(name, ()), strict=False):
        setting.set(value)


def clamp_settings() -> None:
    """Lowers what fits the rest no longer (a link may say anything, another setting may have changed) until it does."""
    for number in (IN_CHANNELS, KERNEL_SIZE):
        _set(number, next(value for value in range(number.value, 0, -1) if value == 1 or fits(number, value)))
    _set(GROUPS, max(groups for groups in possible_groups() if groups <= GROUPS.value))
    _set(SELECTED, min(SELECTED.value, OUT_CHANNELS.value))


def fits(number: Number, value: int) -> bool:
    """Whether the input is small enough and the kernel fits into it with ``number`` at ``value``, the rest as it is."""
    channels, height, width, kernel_size, padding = (
        value if setting == number else setting.value for setting in (IN_CHANNELS, HEIGHT, WIDTH, KERNEL_SIZE, PADDING)
    )
    small_enough = number in (KERNEL_SIZE, PADDING) or channels * height * width <= limits.MAX_STACK_CELLS
    return small_enough and (number == IN_CHANNELS or kernel_size <= min(height, width) + 2 * padding)


def possible_groups() -> list[int]:
    """The numbers that divide both the input and the output channels."""
    common = gcd(IN_CHANNELS.value, OUT_CHANNELS.value)
    return [groups for groups in range(1, common + 1) if common % groups == 0]


def _set(number: Number, value: int) -> None:
    if number.value != value:
        number.set(value)
