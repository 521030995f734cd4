"""What the Pooling page's controls stand at, and the three ways of subsampling that they describe."""

from dataclasses import dataclass
from functools import lru_cache

from explorer.core.arithmetic.inputs import make_input
from explorer.core.arithmetic.kernels import make_kernel
from explorer.core.arithmetic.pooling import shift_right
from explorer.core.arithmetic.subsampling import Subsampling, Window, subsample
from explorer.core.errors import SettingError


@dataclass(frozen=True)
class PoolChoices:
    """Valid or not: sizes in cells, the window's numbers for both directions, ``shift`` in columns."""

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

    @property
    def spec(self) -> Window:
        """What the three ways share, valid or not."""
        numbers = ((n, n) for n in (self.kernel_size, self.stride, self.padding, self.dilation))
        return Window((self.height, self.width), *numbers, self.ceil_mode, self.count_include_pad)

    def check(self) -> None:
        """Raises SettingError where none of the three ways is possible."""
        self.spec.ways()

    def fits(self) -> bool:
        """Whether MaxPool2d takes them; rows and columns do not depend on each other: each side asks for itself."""
        rest = (self.kernel_size, self.stride, self.padding, self.dilation, self.ceil_mode)
        return _side_fits(self.height, *rest) and _side_fits(self.width, *rest)

    def result(self, columns: int) -> Subsampling:
        """What is possible of the three, after the input has moved to the right by that many columns.

        Raises SettingError where nothing is.
        """
        source = {"seed": self.seed, "digit": self.digit}
        image = make_input(self.input_source, self.height, self.width, **source)
        # A single weight has no neighbour to differ from: it would be 0.
        name = "sobel_x" if self.kernel_size > 1 else "identity"
        kernel = make_kernel(name, self.kernel_size, self.kernel_size)
        return subsample(shift_right(image[None], columns), kernel, self.spec)


@lru_cache(maxsize=10_000)  # the two sliders of sizes ask 128 times at each move of another: 7 ms
def _side_fits(side: int, kernel_size: int, stride: int, padding: int, dilation: int, ceil_mode: bool) -> bool:
    try:
        PoolChoices("ramp", side, side, kernel_size, stride, padding, dilation, ceil_mode).spec.maximum()
    except SettingError:
        return False
    return True
