"""The Convolution page's controls: widgets in, a spec and its numbers out. Keys are the names in the link."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from explorer.core import limits
from explorer.core.conv import ConvResult, ConvSpec, Pair, convolve
from explorer.core.edits import apply
from explorer.core.examples import make_input, make_kernel
from explorer.core.explained import SettingError
from explorer.ui.grid_edits import forget_edits, grid_edits
from explorer.ui.language import mark, t
from explorer.ui.setting import Choice, Number, Switch

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

INPUT, KERNEL = Choice("conv_input", INPUTS), Choice("conv_kernel", KERNELS)
HEIGHT, WIDTH = (Number(f"conv_{side}", 1, limits.MAX_INPUT_SIZE, 5) for side in ("height", "width"))
KERNEL_HEIGHT, KERNEL_WIDTH = (
    Number(f"conv_kernel_{side}", 1, limits.MAX_KERNEL_SIZE, 3) for side in ("height", "width")
)
# For both directions, or for the rows where the columns have a number of their own.
PADDING, PADDING_WIDTH = (Number(key, 0, limits.MAX_PADDING, 1) for key in ("conv_padding", "conv_padding_width"))
STRIDE, STRIDE_WIDTH = (Number(key, 1, limits.MAX_STRIDE, 1) for key in ("conv_stride", "conv_stride_width"))
DILATION, DILATION_WIDTH = (Number(key, 1, limits.MAX_DILATION, 1) for key in ("conv_dilation", "conv_dilation_width"))
SEPARATE = Switch("conv_separate")
DIGIT, SEED = Number("conv_digit", 0, 9, 3), Number("conv_seed", 0, 9999, 0)


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


def conv_choices() -> ConvChoices:
    """Reads the controls, drawn or not yet."""
    return ConvChoices(
        INPUT.value,
        KERNEL.value,
        (HEIGHT.value, WIDTH.value),
        (KERNEL_HEIGHT.value, KERNEL_WIDTH.value),
        _pair(PADDING, PADDING_WIDTH),
        _pair(STRIDE, STRIDE_WIDTH),
        _pair(DILATION, DILATION_WIDTH),
        DIGIT.value,
        SEED.value,
    )


def conv_controls() -> None:
    """Draws the controls, the most used first."""
    _sliders(t("Padding"), PADDING, PADDING_WIDTH)
    _sliders(t("Stride"), STRIDE, STRIDE_WIDTH)
    _sliders(t("Dilation"), DILATION, DILATION_WIDTH)
    SEPARATE.toggle(t("Rows and columns separately"))
    INPUT.select(t("Input"), on_change=_take_natural_size)
    _size(HEIGHT, WIDTH)
    KERNEL.select(t("Kernel"))
    _size(KERNEL_HEIGHT, KERNEL_WIDTH)
    if INPUT.value == "digit":
        DIGIT.slider(t("Digit"))
    if INPUT.value == "digit" or "random" in (INPUT.value, KERNEL.value):
        SEED.field(t("Seed"))
    forget_edits({"input": INPUT.value, "kernel": KERNEL.value})


def valid_result(choices: ConvChoices) -> tuple[ConvResult, SettingError | None]:
    """The choices' result; where they are refused, the last valid one, kept for this learner, and why."""
    try:
        st.session_state["conv_last_valid"] = choices.result()
    except SettingError as error:
        fallback = convolve(make_input("example", 5, 5), make_kernel("example", 3, 3), ConvSpec((5, 5), (3, 3), (1, 1)))
        return st.session_state.get("conv_last_valid", fallback), error
    return st.session_state["conv_last_valid"], None


def _pair(rows: Number, columns: Number) -> Pair:
    return rows.value, columns.value if SEPARATE.value else rows.value


def _sliders(name: str, rows: Number, columns: Number) -> None:
    """One for both directions, or one each for rows and columns."""
    if not SEPARATE.value:
        rows.slider(name)
        return
    left, right = st.columns(2)
    with left:
        rows.slider(t("{name}, rows", name=name))
    with right:
        columns.slider(t("{name}, columns", name=name))


def _size(height: Number, width: Number) -> None:
    left, right = st.columns(2)
    with left:
        height.slider(t("Height"))
    with right:
        width.slider(t("Width"))


def _take_natural_size() -> None:
    side = NATURAL_SIZE.get(st.session_state["conv_input"])
    if side:
        st.session_state["conv_height"] = st.session_state["conv_width"] = side
