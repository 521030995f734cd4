"""The Convolution page's settings, by their names in the link, and the convolution they describe."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from explorer.core import limits
from explorer.core.arithmetic.convolution import ConvResult, ConvSpec, Pair, convolve
from explorer.core.arithmetic.edits import apply
from explorer.core.arithmetic.examples import make_input, make_kernel, resample
from explorer.core.errors import SettingError
from explorer.ui.convolution.grid_edits import grid_edits
from explorer.ui.image_upload import UPLOAD, uploaded_image
from explorer.ui.language import mark
from explorer.ui.setting import Choice, Number, Switch

INPUTS = {
    "example": mark("Worked example"),
    "ramp": mark("Ramp 1, 2, 3, …"),
    "random": mark("Random"),
    "digit": mark("A digit"),
    "upload": mark("My own image"),
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
PADDING_MODES = {
    "zeros": mark("zeros"),
    "reflect": mark("reflect"),
    "replicate": mark("replicate"),
    "circular": mark("circular"),
}

INPUT, KERNEL = Choice("conv_input", INPUTS), Choice("conv_kernel", KERNELS)
HEIGHT, WIDTH = (Number(f"conv_{side}", 1, limits.MAX_GRID_SIZE, 5) for side in ("height", "width"))
KERNEL_HEIGHT, KERNEL_WIDTH = (
    Number(f"conv_kernel_{side}", 1, limits.MAX_KERNEL_SIZE, 3) for side in ("height", "width")
)
# For both directions, or for the rows where the columns have a number of their own.
PADDING, PADDING_WIDTH = (Number(key, 0, limits.MAX_PADDING, 1) for key in ("conv_padding", "conv_padding_width"))
STRIDE, STRIDE_WIDTH = (Number(key, 1, limits.MAX_STRIDE, 1) for key in ("conv_stride", "conv_stride_width"))
DILATION, DILATION_WIDTH = (Number(key, 1, limits.MAX_DILATION, 1) for key in ("conv_dilation", "conv_dilation_width"))
SEPARATE, SAME, TRANSPOSED = Switch("conv_separate"), Switch("conv_same"), Switch("conv_transposed")
PADDING_MODE = Choice("conv_padding_mode", PADDING_MODES)
OUTPUT_PADDING = Number("conv_output_padding", 0, limits.MAX_STRIDE, 0)
BIAS = Number("conv_bias", -float(limits.MAX_ABSOLUTE_VALUE), float(limits.MAX_ABSOLUTE_VALUE), 0.0)
RELU, FLIP = Switch("conv_relu"), Switch("conv_flip")
DIGIT, SEED = Number("conv_digit", 0, 9, 3), Number("conv_seed", 0, 9999, 0)
EVERY = (INPUT, KERNEL, HEIGHT, WIDTH, KERNEL_HEIGHT, KERNEL_WIDTH, PADDING, PADDING_WIDTH, STRIDE, STRIDE_WIDTH)
EVERY += (DILATION, DILATION_WIDTH, SEPARATE, SAME, TRANSPOSED, PADDING_MODE, OUTPUT_PADDING, BIAS, RELU, FLIP)
EVERY += (DIGIT, SEED)


@dataclass(frozen=True)
class ConvChoices:
    """What the controls stand at, valid or not: pairs are (height, width)."""

    input_size: Pair = (5, 5)
    kernel_size: Pair = (3, 3)
    padding: Pair = (1, 1)
    stride: Pair = (1, 1)
    dilation: Pair = (1, 1)
    same: bool = False
    padding_mode: str = "zeros"
    transposed: bool = False
    output_padding: int = 0
    bias: float = 0.0
    relu: bool = False
    flip: bool = False
    input_source: str = "example"
    kernel_source: str = "example"
    digit: int = 3
    seed: int = 0

    @property
    def spec(self) -> ConvSpec:
        """Raises SettingError."""
        extra = self.output_padding if self.transposed else 0
        return ConvSpec(
            self.input_size,
            self.kernel_size,
            "same" if self.same and not self.transposed else self.padding,
            self.stride,
            self.dilation,
            "zeros" if self.transposed else self.padding_mode,
            self.transposed,
            (extra, extra),
        )

    def result(self) -> ConvResult:
        """The convolution that the choices describe, edited numbers included. Raises SettingError."""
        kernel = self._kernel()[::-1, ::-1] if self.flip else self._kernel()
        bias = np.array([self.bias]) if self.bias else None
        return convolve(self._image()[None], kernel[None, None], self.spec, bias)

    def _image(self) -> np.ndarray:
        own = uploaded_image(UPLOAD, channels=1) if self.input_source == "upload" else None
        if own is None:
            source = "digit" if self.input_source == "upload" else self.input_source  # until there is an upload
            image = make_input(source, *self.input_size, seed=self.seed, digit=self.digit)
        else:
            image = resample(own[0], *self.input_size).round(2)
        return apply(grid_edits("input", self.input_source), image)

    def _kernel(self) -> np.ndarray:
        kernel = make_kernel(self.kernel_source, *self.kernel_size, seed=self.seed)
        return apply(grid_edits("kernel", self.kernel_source), kernel)


def conv_choices() -> ConvChoices:
    """Reads the controls, drawn or not yet."""
    return ConvChoices(
        (HEIGHT.value, WIDTH.value),
        (KERNEL_HEIGHT.value, KERNEL_WIDTH.value),
        _pair(PADDING, PADDING_WIDTH),
        _pair(STRIDE, STRIDE_WIDTH),
        _pair(DILATION, DILATION_WIDTH),
        SAME.value,
        PADDING_MODE.value,
        TRANSPOSED.value,
        OUTPUT_PADDING.value,
        BIAS.value,
        RELU.value,
        FLIP.value,
        INPUT.value,
        KERNEL.value,
        DIGIT.value,
        SEED.value,
    )


def valid_choices(choices: ConvChoices) -> tuple[ConvChoices, SettingError | None]:
    """The choices; where they are refused, the last valid ones, kept for this learner, and why."""
    try:
        choices.spec  # noqa: B018 - asked for its refusal
    except SettingError as error:
        return st.session_state.get("conv_last_valid", ConvChoices()), error
    st.session_state["conv_last_valid"] = choices
    return choices, None


def _pair(rows: Number, columns: Number) -> Pair:
    return rows.value, columns.value if SEPARATE.value else rows.value
