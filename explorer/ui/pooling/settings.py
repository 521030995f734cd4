"""The Pooling page's settings, by their names in the link."""

from explorer.core import limits
from explorer.core.arithmetic.inputs import INPUTS
from explorer.ui.choices import Fields, read_choices
from explorer.ui.pooling.choices import PoolChoices
from explorer.ui.setting import Choice, Number, Switch

MAX_SHIFT = 2  # columns

INPUT = Choice("pool_input", INPUTS)
HEIGHT, WIDTH = (Number(f"pool_{side}", 1, limits.MAX_GRID_SIZE, 5) for side in ("height", "width"))
KERNEL_SIZE = Number("pool_kernel_size", 1, limits.MAX_KERNEL_SIZE, 2)
STRIDE = Number("pool_stride", 1, limits.MAX_STRIDE, 2)
PADDING = Number("pool_padding", 0, min(limits.MAX_PADDING, limits.MAX_KERNEL_SIZE // 2), 0)
DILATION = Number("pool_dilation", 1, limits.MAX_DILATION, 1)
CEIL_MODE, COUNT_INCLUDE_PAD = Switch("pool_ceil_mode"), Switch("pool_count_include_pad", default=True)
SHIFT = Number("pool_shift", 0, MAX_SHIFT, 0)
DIGIT, SEED = Number("pool_digit", 0, 9, 3), Number("pool_seed", 0, 9999, 0)

FIELDS: Fields = {  # of PoolChoices
    "input_source": INPUT,
    "height": HEIGHT,
    "width": WIDTH,
    "kernel_size": KERNEL_SIZE,
    "stride": STRIDE,
    "padding": PADDING,
    "dilation": DILATION,
    "ceil_mode": CEIL_MODE,
    "count_include_pad": COUNT_INCLUDE_PAD,
    "shift": SHIFT,
    "digit": DIGIT,
    "seed": SEED,
}


def pool_choices() -> PoolChoices:
    """What the controls, drawn or not yet, stand at."""
    return read_choices(PoolChoices, FIELDS)
