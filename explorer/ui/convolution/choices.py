"""What the Convolution page's controls stand at, and the convolution that they describe."""

from dataclasses import dataclass

import numpy as np

from explorer.core.arithmetic.convolution import ConvResult, ConvSpec, Pair, convolve
from explorer.core.arithmetic.edits import apply
from explorer.core.arithmetic.inputs import make_input, resample
from explorer.core.arithmetic.kernels import make_kernel
from explorer.ui import image_upload
from explorer.ui.convolution.grid_edits import grid_edits
from explorer.ui.image_upload import UPLOAD


@dataclass(frozen=True)
class ConvChoices:
    """Valid or not; pairs are (height, width). ``separate``: rows and columns have numbers of their own."""

    input_size: Pair = (5, 5)
    kernel_size: Pair = (3, 3)
    separate: bool = False
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
    def sources(self) -> dict[str, str]:
        """Where the numbers of each grid come from."""
        return {"input": self.input_source, "kernel": self.kernel_source}

    @property
    def spec(self) -> ConvSpec:
        """Raises SettingError."""
        extra = self.output_padding if self.transposed else 0
        return ConvSpec(
            input_size=self.input_size,
            kernel_size=self.kernel_size,
            padding="same" if self.same and not self.transposed else self.padding,
            stride=self.stride,
            dilation=self.dilation,
            padding_mode="zeros" if self.transposed else self.padding_mode,
            transposed=self.transposed,
            output_padding=(extra, extra),
        )

    def check(self) -> None:
        """Raises SettingError where there is no such convolution."""
        _ = self.spec

    def result(self) -> ConvResult:
        """The convolution that the choices describe, edited numbers included. Raises SettingError."""
        kernel = self._kernel()[::-1, ::-1] if self.flip else self._kernel()
        bias = np.array([self.bias]) if self.bias else None
        return convolve(self._image()[None], kernel[None, None], self.spec, bias)

    def _image(self) -> np.ndarray:
        is_own = self.input_source == UPLOAD
        own = image_upload.uploaded_image(image_upload.SHARED, channels=1) if is_own else None
        if own is None:
            source = "digit" if is_own else self.input_source  # until there is an upload
            image = make_input(source, *self.input_size, seed=self.seed, digit=self.digit)
        else:
            image = resample(own[0], *self.input_size).round(2)
        return apply(grid_edits("input", self.input_source), image)

    def _kernel(self) -> np.ndarray:
        kernel = make_kernel(self.kernel_source, *self.kernel_size, seed=self.seed)
        return apply(grid_edits("kernel", self.kernel_source), kernel)
