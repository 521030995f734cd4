"""The Convolution page's controls: widgets in, a spec and its numbers out. Keys are the names in the link."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from explorer.core import limits
from explorer.core.conv import ConvResult, ConvSpec, Pair, convolve
from explorer.core.edits import apply
from explorer.core.examples import make_input, make_kernel
from explorer.core.explained import SettingError
from explorer.ui.choice import choice
from explorer.ui.grid_edits import forget_edits, grid_edits
from explorer.ui.language import mark, t

INPUTS = {
    "example": mark("Worked example"),
    "ramp": mark("Ramp 1, 2, 3, …"),
    "random": mark("Random"),
    "digit": mark("A digit"),
}
KERNELS = {
    "example": mark("Worked example 1 … 9"),
    "identity": mark("Identity"),
    "box_blur": mark("Box blur"),
    "gaussian": mark("Gaussian"),
    "sharpen": mark("Sharpen"),
    "sobel_x": mark("Sobel x"),
    "sobel_y": mark("Sobel y"),
    "laplacian": mark("Laplacian"),
    "random": mark("Random"),
}
NATURAL_SIZE = {"example": 5, "digit": 28}  # the side at which an input is itself


@dataclass(frozen=True)
class ConvChoices:
    """What the controls stand at, valid or not: pairs are (height, width)."""

    input_source: str
    kernel_source: str
    input_size: Pair
    kernel_size: Pair
    padding: Pair
    stride: Pair
    dilation: Pair
    digit: int
    seed: int

    def result(self) -> ConvResult:
        """The convolution that the choices describe, edited numbers included. Raises SettingError."""
        spec = ConvSpec(self.input_size, self.kernel_size, self.padding, self.stride, self.dilation)
        return convolve(self._image(), self._kernel(), spec)

    def _image(self) -> np.ndarray:
        image = make_input(self.input_source, *self.input_size, seed=self.seed, digit=self.digit)
        return apply(grid_edits("input", self.input_source), image)

    def _kernel(self) -> np.ndarray:
        kernel = make_kernel(self.kernel_source, *self.kernel_size, seed=self.seed)
        return apply(grid_edits("kernel", self.kernel_source), kernel)


def conv_controls() -> ConvChoices:
    """Draws the controls, the most used first."""
    most_used = st.container()
    separate = st.toggle(t("Rows and columns separately"), key="conv_separate", bind="query-params")
    with most_used:
        padding = _setting("conv_padding", t("Padding"), 0, limits.MAX_PADDING, 1, separate)
        stride = _setting("conv_stride", t("Stride"), 1, limits.MAX_STRIDE, 1, separate)
        dilation = _setting("conv_dilation", t("Dilation"), 1, limits.MAX_DILATION, 1, separate)
    input_source = choice("conv_input", t("Input"), INPUTS, on_change=_take_natural_size)
    input_size = _size("conv", limits.MAX_INPUT_SIZE, NATURAL_SIZE["example"])
    kernel_source = choice("conv_kernel", t("Kernel"), KERNELS)
    kernel_size = _size("conv_kernel", limits.MAX_KERNEL_SIZE, 3)
    digit, seed = _digit_and_seed(input_source, kernel_source)
    forget_edits({"input": input_source, "kernel": kernel_source})
    return ConvChoices(input_source, kernel_source, input_size, kernel_size, padding, stride, dilation, digit, seed)


def valid_result(choices: ConvChoices) -> tuple[ConvResult, SettingError | None]:
    """The choices' result; where they are refused, the last valid one, kept for this learner, and why."""
    try:
        st.session_state["conv_last_valid"] = choices.result()
    except SettingError as error:
        fallback = convolve(make_input("example", 5, 5), make_kernel("example", 3, 3), ConvSpec((5, 5), (3, 3), (1, 1)))
        return st.session_state.get("conv_last_valid", fallback), error
    return st.session_state["conv_last_valid"], None


def _slider(key: str, label: str, lowest: int, highest: int, default: int, **options: object) -> int:
    return st.slider(label, lowest, highest, default, key=key, bind="query-params", **options)


def _setting(key: str, label: str, lowest: int, highest: int, default: int, separate: bool) -> Pair:
    """One number for both directions, or one each for rows and columns."""
    if not separate:
        value = _slider(key, label, lowest, highest, default)
        return value, value
    rows, columns = st.columns(2)
    with rows:
        height = _slider(key, t("{name}, rows", name=label), lowest, highest, default)
    with columns:
        width = _slider(f"{key}_width", t("{name}, columns", name=label), lowest, highest, default)
    return height, width


def _size(key: str, highest: int, default: int) -> Pair:
    rows, columns = st.columns(2)
    with rows:
        height = _slider(f"{key}_height", t("Height"), 1, highest, default)
    with columns:
        width = _slider(f"{key}_width", t("Width"), 1, highest, default)
    return height, width


def _digit_and_seed(input_source: str, kernel_source: str) -> tuple[int, int]:
    """Both are shown only where they matter, and keep their values where they don't."""
    digit, seed = 3, 0
    if input_source == "digit":
        digit = st.slider(t("Digit"), 0, 9, 3, key="conv_digit", bind="query-params")
    if "random" in (input_source, kernel_source) or input_source == "digit":
        seed = st.number_input(t("Seed"), 0, 9999, 0, key="conv_seed", bind="query-params")
    return digit, seed


def _take_natural_size() -> None:
    side = NATURAL_SIZE.get(st.session_state["conv_input"])
    if side:
        st.session_state["conv_height"] = st.session_state["conv_width"] = side
