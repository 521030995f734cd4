"""One-channel 2-D convolution as torch.nn.functional.conv2d computes it: sizes, windows, values. numpy only."""

from dataclasses import dataclass

import numpy as np

from explorer.core import limits
from explorer.core.explained import SettingError

Pair = tuple[int, int]  # (height, width), as everywhere in PyTorch


def output_size(size: int, kernel_size: int, padding: int = 0, stride: int = 1, dilation: int = 1) -> int:
    """Windows that fit along one axis: floor((size + 2·padding − dilation·(kernel_size − 1) − 1) / stride) + 1.

    Source: the shape section of torch.nn.Conv2d. Zero or less where the kernel does not fit.
    """
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1


@dataclass(frozen=True)
class ConvSpec:
    """The settings of one convolution; every field is a (height, width) pair in cells.

    Raises SettingError, with the numbers and the way out, where PyTorch or the app's limits refuse them.
    """

    input_size: Pair
    kernel_size: Pair
    padding: Pair = (0, 0)
    stride: Pair = (1, 1)
    dilation: Pair = (1, 1)

    def __post_init__(self) -> None:
        for name, pair, lowest, highest in (
            ("input size", self.input_size, 1, limits.MAX_INPUT_SIZE),
            ("kernel size", self.kernel_size, 1, limits.MAX_KERNEL_SIZE),
            ("padding", self.padding, 0, limits.MAX_PADDING),
            ("stride", self.stride, 1, limits.MAX_STRIDE),
            ("dilation", self.dilation, 1, limits.MAX_DILATION),
        ):
            for value in pair:
                limits.within(name, value, lowest, highest)
        for axis in (0, 1):
            self._fits(axis)

    def _fits(self, axis: int) -> None:
        padded = self.input_size[axis] + 2 * self.padding[axis]
        if self.span[axis] <= padded:
            return
        numbers = {
            "kernel": self.kernel_size[axis],
            "dilation": self.dilation[axis],
            "span": self.span[axis],
            "padded": padded,
        }
        if axis == 0:
            raise SettingError(
                "A kernel of {kernel} rows with dilation {dilation} spans {span} rows, more than the {padded} rows "
                "of the padded input. Make the kernel or the dilation smaller, or the input or the padding larger.",
                **numbers,
            )
        raise SettingError(
            "A kernel of {kernel} columns with dilation {dilation} spans {span} columns, more than the {padded} "
            "columns of the padded input. Make the kernel or the dilation smaller, or the input or the padding larger.",
            **numbers,
        )

    @property
    def span(self) -> Pair:
        """Rows and columns from the kernel's first weight to its last, the gaps of dilation included."""
        height, width = (d * (k - 1) + 1 for k, d in zip(self.kernel_size, self.dilation, strict=True))
        return height, width

    @property
    def output_size(self) -> Pair:
        """(H_out, W_out) of the feature map."""
        height, width = map(output_size, self.input_size, self.kernel_size, self.padding, self.stride, self.dilation)
        return height, width


def windows(image: np.ndarray, spec: ConvSpec) -> np.ndarray:
    """The input values under the kernel at each of its places: (H, W) -> (H_out, W_out, kh, kw), a view."""
    padded = np.pad(image, [(p, p) for p in spec.padding])
    every = np.lib.stride_tricks.sliding_window_view(padded, spec.span)
    (sy, sx), (dy, dx) = spec.stride, spec.dilation
    return every[::sy, ::sx, ::dy, ::dx]


@dataclass(frozen=True)
class ConvResult:
    """One computed convolution: ``image`` (H, W), ``kernel`` (kh, kw), ``output`` (H_out, W_out), all float64."""

    image: np.ndarray
    kernel: np.ndarray
    spec: ConvSpec
    output: np.ndarray


def convolve(image: np.ndarray, kernel: np.ndarray, spec: ConvSpec) -> ConvResult:
    """Each window times the kernel, summed: (H, W), (kh, kw) -> (H_out, W_out).

    Cross-correlation, as torch.nn.Conv2d: the kernel is not flipped.
    """
    output = np.einsum("yxij,ij->yx", windows(image, spec), kernel, dtype=np.float64)
    return ConvResult(image, kernel, spec, output)
