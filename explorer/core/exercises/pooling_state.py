"""A pooling that is on screen, and poolings made up for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

import numpy as np

from explorer.core.arithmetic.convolution import Pair
from explorer.core.arithmetic.inputs import make_input
from explorer.core.arithmetic.kernels import make_kernel
from explorer.core.arithmetic.subsampling import Subsampling, Window, subsample
from explorer.core.errors import SettingError
from explorer.core.exercises.convolution_state import MOST_SEEDS
from explorer.core.exercises.window_size import Axis


@dataclass(frozen=True, eq=False)
class PoolingState:
    """The three ways of the same numbers as the page shows them; ``settings`` as in ConvolutionState."""

    shown: Subsampling
    settings: Mapping[str, object] = field(default_factory=dict[str, object])

    @property
    def axes(self) -> tuple[Axis, Axis]:
        """The numbers of the rows, and of the columns."""
        w = self.shown.window
        rows, columns = (
            Axis(w.input_size[i], w.kernel_size[i], w.padding[i], w.stride[i], w.dilation[i], w.ceil_mode)
            for i in (0, 1)
        )
        return rows, columns

    @property
    def cell(self) -> Pair:
        """The output cell that is asked about, from 0: the second of the diagonal, where there is one."""
        height, width = next(iter(self.shown.results.values())).spec.output_size
        return min(1, height - 1), min(1, width - 1)

    @property
    def max_axes(self) -> tuple[Axis, Axis]:
        """The same of the max pooling. Raises SettingError where there is none."""
        if "max" not in self.shown.results:
            raise SettingError("These numbers have no max pooling. Press “New numbers”.")
        return self.axes

    @property
    def dropped_rows(self) -> Axis:
        """The rows' numbers where the last ones may lie in no window. Raises SettingError where they cannot."""
        rows, _ = self.max_axes
        if rows.stride == 1 or rows.ceil_mode or rows.padding:
            raise SettingError(
                "This is asked with a stride above 1, without padding and ceil_mode. Press “New numbers”."
            )
        return rows

    def require_plain(self, way: str) -> None:
        """Raises SettingError where the way is impossible, or its windows are no plain ones."""
        window = self.shown.window
        if way not in self.shown.results or window.dilation != (1, 1) or any(window.padding) or window.ceil_mode:
            raise SettingError("This is asked without padding, dilation and ceil_mode. Press “New numbers”.")

    def window(self, row: int, column: int) -> np.ndarray:
        """The input that a window with its first cell there covers, what lies outside left out: (≤ kh, ≤ kw)."""
        image, (height, width) = self.shown.images[0], self.shown.window.kernel_size
        return image[max(row, 0) : max(row + height, 0), max(column, 0) : max(column + width, 0)]


def draw_pooling(random: Random, *, ceil_mode: bool = False) -> PoolingState:
    """Whole numbers in small windows, which no padding surrounds."""
    kernel = random.randint(2, 4)
    stride = random.choice([number for number in (2, 3) if number != kernel])
    height, width = random.randint(kernel + stride, 9), random.randint(kernel + stride, 9)
    seed = random.randint(1, MOST_SEEDS)
    window = Window((height, width), (kernel, kernel), (stride, stride), ceil_mode=ceil_mode)
    image = make_input("random", height, width, seed=seed)[None]
    settings = {
        "input_source": "random",
        "height": height,
        "width": width,
        "kernel_size": kernel,
        "stride": stride,
        "padding": 0,
        "dilation": 1,
        "ceil_mode": ceil_mode,
        "count_include_pad": True,
        "shift": 0,
        "seed": seed,
    }
    return PoolingState(subsample(image, make_kernel("sobel_x", kernel, kernel), window), settings)
