"""The Pooling page's controls: widgets in, a spec and its numbers out. Keys are the names in the link."""

from dataclasses import dataclass, replace
from functools import lru_cache

import streamlit as st

from explorer.core import limits
from explorer.core.arithmetic.examples import make_input, make_kernel
from explorer.core.arithmetic.pooling import shift_right
from explorer.core.arithmetic.subsampling import Subsampling, Window, subsample
from explorer.core.errors import SettingError
from explorer.ui.language import mark, t
from explorer.ui.setting import Choice, Number, Switch
from explorer.ui.valid_slider import valid_slider

INPUTS = {
    "example": mark("Worked example"),
    "ramp": mark("Ramp 1, 2, 3, …"),
    "random": mark("Random"),
    "digit": mark("A digit"),
}
NATURAL_SIZE = {"example": 5, "digit": 28}  # the side at which an input is itself
MAX_SHIFT = 2

INPUT = Choice("pool_input", INPUTS)
HEIGHT, WIDTH = (Number(f"pool_{side}", 1, limits.MAX_GRID_SIZE, 5) for side in ("height", "width"))
KERNEL_SIZE = Number("pool_kernel_size", 1, limits.MAX_KERNEL_SIZE, 2)
STRIDE = Number("pool_stride", 1, limits.MAX_STRIDE, 2)
PADDING = Number("pool_padding", 0, min(limits.MAX_PADDING, limits.MAX_KERNEL_SIZE // 2), 0)
DILATION = Number("pool_dilation", 1, limits.MAX_DILATION, 1)
CEIL_MODE, COUNT_INCLUDE_PAD = Switch("pool_ceil_mode"), Switch("pool_count_include_pad", default=True)
SHIFT = Number("pool_shift", 0, MAX_SHIFT, 0)
DIGIT, SEED = Number("pool_digit", 0, 9, 3), Number("pool_seed", 0, 9999, 0)


@dataclass(frozen=True)
class PoolChoices:
    """What the controls stand at, valid or not: sizes in cells, the window's numbers for both directions."""

    input_source: str = "example"
    height: int = 5
    width: int = 5
    kernel_size: int = 2
    stride: int = 2
    padding: int = 0
    dilation: int = 1
    ceil_mode: bool = False
    count_include_pad: bool = True
    shift: int = 0
    digit: int = 3
    seed: int = 0

    def window(self) -> Window:
        """What the three ways share, valid or not."""
        numbers = ((n, n) for n in (self.kernel_size, self.stride, self.padding, self.dilation))
        return Window((self.height, self.width), *numbers, self.ceil_mode, self.count_include_pad)

    def shifted(self, columns: int) -> Subsampling:
        """What is possible of the three, after the input has moved to the right by that many columns.

        Raises SettingError where nothing is.
        """
        source = {"seed": self.seed, "digit": self.digit}
        image = make_input(self.input_source, self.height, self.width, **source)
        # A single weight has no neighbour to differ from: it would be 0.
        name = "sobel_x" if self.kernel_size > 1 else "identity"
        kernel = make_kernel(name, self.kernel_size, self.kernel_size)
        return subsample(shift_right(image[None], columns), kernel, self.window())


def pool_choices() -> PoolChoices:
    """Reads the controls, drawn or not yet."""
    return PoolChoices(
        INPUT.value,
        HEIGHT.value,
        WIDTH.value,
        KERNEL_SIZE.value,
        STRIDE.value,
        PADDING.value,
        DILATION.value,
        CEIL_MODE.value,
        COUNT_INCLUDE_PAD.value,
        SHIFT.value,
        DIGIT.value,
        SEED.value,
    )


def pool_controls(choices: PoolChoices) -> None:
    """Draws the controls, the most used first; sliders offer what MaxPool2d takes beside the other ``choices``."""
    _slider(t("Kernel size"), KERNEL_SIZE, choices, "kernel_size")
    _slider(t("Stride"), STRIDE, choices, "stride")
    _slider(t("Padding"), PADDING, choices, "padding")
    _slider(t("Dilation"), DILATION, choices, "dilation")
    CEIL_MODE.toggle(t("Round up (ceil_mode)"))
    meaning = t("count_include_pad of AvgPool2d. Off: a mean is divided by the number of the input's own cells.")
    why_not = "" if choices.padding else t("Without padding there is none to count.")
    COUNT_INCLUDE_PAD.toggle(t("Mean counts padding"), disabled=bool(why_not), help=f"{meaning} {why_not}")
    SHIFT.slider(t("Shift to the right"))
    INPUT.select(t("Input"), on_change=_take_natural_size)
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        _slider(t("Height"), HEIGHT, choices, "height")
    with right:
        _slider(t("Width"), WIDTH, choices, "width")
    if INPUT.value == "digit":
        DIGIT.slider(t("Digit"))
    if INPUT.value in ("digit", "random"):
        SEED.field(t("Seed"))


def valid_choices(choices: PoolChoices) -> tuple[PoolChoices, SettingError | None]:
    """The choices; where all three ways refuse them, the last valid ones, kept for this learner, and why."""
    try:
        choices.window().ways()
    except SettingError as error:
        return st.session_state.get("pool_last_valid", PoolChoices()), error
    st.session_state["pool_last_valid"] = choices
    return choices, None


def _slider(label: str, number: Number, choices: PoolChoices, field: str) -> None:
    valid_slider(number, label, lambda value: _is_valid(replace(choices, **{field: value})))


def _is_valid(choices: PoolChoices) -> bool:
    """Rows and columns do not depend on each other, so that each side asks for itself."""
    rest = (choices.kernel_size, choices.stride, choices.padding, choices.dilation, choices.ceil_mode)
    return _is_valid_side(choices.height, *rest) and _is_valid_side(choices.width, *rest)


@lru_cache(maxsize=10_000)  # the two sliders of sizes ask 128 times at each move of another: 7 ms
def _is_valid_side(side: int, kernel_size: int, stride: int, padding: int, dilation: int, ceil_mode: bool) -> bool:
    try:
        PoolChoices("ramp", side, side, kernel_size, stride, padding, dilation, ceil_mode).window().maximum()
    except SettingError:
        return False
    return True


def _take_natural_size() -> None:
    side = NATURAL_SIZE.get(INPUT.value)
    if side and _is_valid(replace(pool_choices(), height=side, width=side)):
        HEIGHT.set(side)
        WIDTH.set(side)
