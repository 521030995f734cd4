"""What the Channels page's controls stand at, and the convolution of several channels that they describe."""

from dataclasses import dataclass, replace
from functools import lru_cache
from math import gcd

import numpy as np

from explorer.core import limits
from explorer.core.arithmetic.convolution import ConvResult, ConvSpec, convolve
from explorer.core.arithmetic.inputs import make_channel_input, make_channels
from explorer.core.arithmetic.kernels import make_bias, make_weights
from explorer.core.data.sample_picture import sample_picture
from explorer.core.errors import SettingError
from explorer.ui import image_upload
from explorer.ui.image_upload import UPLOAD


@dataclass(frozen=True)
class ChannelChoices:
    """Valid or not. ``selected`` is the output channel that is drawn large, from 1."""

    input_source: str = "numbers"
    in_channels: int = 3
    out_channels: int = 2
    groups: int = 1
    height: int = 5
    width: int = 5
    kernel_size: int = 3
    padding: int = 0
    stride: int = 1
    bias: bool = True
    seed: int = 0
    selected: int = 1

    @property
    def spec(self) -> ConvSpec:
        """Raises SettingError."""
        return ConvSpec(
            input_size=(self.height, self.width),
            kernel_size=(self.kernel_size, self.kernel_size),
            padding=(self.padding, self.padding),
            stride=(self.stride, self.stride),
            in_channels=self.in_channels,
            out_channels=self.out_channels,
            groups=self.groups,
        )

    def check(self) -> None:
        """Raises SettingError where nothing can be drawn of them."""
        _ = self.spec
        numbers = self.in_channels * self.height * self.width
        if numbers > limits.MAX_STACK_CELLS:
            raise SettingError(
                "The input has {count} numbers, more than {most}. Make it smaller, or give it fewer channels.",
                count=numbers,
                most=limits.MAX_STACK_CELLS,
            )
        if self.selected > self.out_channels:
            raise SettingError(
                "There is no output channel {number}: there are {count}.",
                number=self.selected,
                count=self.out_channels,
            )

    @property
    def possible_groups(self) -> list[int]:
        """The numbers that divide both the input and the output channels."""
        common = gcd(self.in_channels, self.out_channels)
        return [groups for groups in range(1, common + 1) if common % groups == 0]

    def fits(self) -> bool:
        """Whether the input is small enough and the kernel fits into it; the groups follow the channels."""
        cells = self.in_channels * self.height * self.width
        return cells <= limits.MAX_STACK_CELLS and _kernel_fits(self.height, self.width, self.kernel_size, self.padding)

    def fitted(self) -> "ChannelChoices":
        """The choices with channels, kernel and groups lowered until they fit the rest: a link may say anything."""
        most_channels = max(1, limits.MAX_STACK_CELLS // (self.height * self.width))
        kernels = range(self.kernel_size, 1, -1)
        fitting = (size for size in kernels if _kernel_fits(self.height, self.width, size, self.padding))
        sized = replace(self, in_channels=min(self.in_channels, most_channels), kernel_size=next(fitting, 1))
        groups = max(groups for groups in sized.possible_groups if groups <= self.groups)
        return replace(sized, groups=groups, selected=min(self.selected, self.out_channels))

    def result(self) -> ConvResult:
        """The convolution that the choices describe. Raises SettingError."""
        spec = self.spec
        bias = make_bias(spec.out_channels, seed=self.seed) if self.bias else None
        return convolve(self._images(), make_weights(*spec.weight_shape, seed=self.seed), spec, bias)

    def _images(self) -> np.ndarray:
        """The input stack (C, H, W); before a picture was uploaded, the drawn one."""
        shape = (self.in_channels, self.height, self.width)
        if self.input_source != UPLOAD:
            return make_channel_input(self.input_source, *shape, seed=self.seed)
        image = image_upload.uploaded_image(image_upload.SHARED, channels=1 if self.in_channels == 1 else 3)
        return make_channels(sample_picture() if image is None else image, *shape)


@lru_cache(maxsize=4096)  # the sliders ask some hundred times at each move: 20 µs each
def _kernel_fits(height: int, width: int, kernel_size: int, padding: int) -> bool:
    """Whether ConvSpec takes that kernel; stride and channels do not matter."""
    try:
        ConvSpec((height, width), (kernel_size, kernel_size), (padding, padding))
    except SettingError:
        return False
    return True
