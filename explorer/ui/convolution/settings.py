"""The Convolution page's settings, by their names in the link."""

from dataclasses import replace

from explorer.core import limits
from explorer.core.arithmetic.inputs import INPUTS
from explorer.core.arithmetic.kernels import KERNELS
from explorer.ui.choices import Fields, read_choices
from explorer.ui.convolution.choices import ConvChoices
from explorer.ui.image_upload import UPLOAD
from explorer.ui.language import mark
from explorer.ui.setting import Choice, Number, Switch

PADDING_MODES = {
    "zeros": mark("zeros"),
    "reflect": mark("reflect"),
    "replicate": mark("replicate"),
    "circular": mark("circular"),
}

INPUT = Choice("conv_input", INPUTS | {UPLOAD: mark("My own image")})
KERNEL = Choice("conv_kernel", KERNELS)
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

FIELDS: Fields = {  # of ConvChoices
    "input_source": INPUT,
    "input_size": (HEIGHT, WIDTH),
    "kernel_source": KERNEL,
    "kernel_size": (KERNEL_HEIGHT, KERNEL_WIDTH),
    "separate": SEPARATE,
    "padding": (PADDING, PADDING_WIDTH),
    "stride": (STRIDE, STRIDE_WIDTH),
    "dilation": (DILATION, DILATION_WIDTH),
    "same": SAME,
    "padding_mode": PADDING_MODE,
    "transposed": TRANSPOSED,
    "output_padding": OUTPUT_PADDING,
    "bias": BIAS,
    "relu": RELU,
    "flip": FLIP,
    "digit": DIGIT,
    "seed": SEED,
}


def conv_choices() -> ConvChoices:
    """What the controls, drawn or not yet, stand at; the rows' numbers are the columns' too where they are one."""
    choices = read_choices(ConvChoices, FIELDS)
    if choices.separate:
        return choices
    rows = {name: getattr(choices, name)[0] for name in ("padding", "stride", "dilation")}
    return replace(choices, **{name: (number, number) for name, number in rows.items()})
