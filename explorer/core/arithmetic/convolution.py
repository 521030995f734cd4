"""2-D convolution as torch.nn.Conv2d and ConvTranspose2d compute it: sizes, index maps, values. numpy only."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from explorer.core.arithmetic.index_map import (
    AxisMap,
    gather,
    output_size,
    transposed_map,
    transposed_size,
    window_map,
)
from explorer.core.arithmetic.refusals import refuse_convolution

Pair = tuple[int, int]  # (height, width), as everywhere in PyTorch


@dataclass(frozen=True)
class ConvSpec:
    """The settings of one convolution, by PyTorch's names; pairs are (height, width) in cells.

    ``padding`` may be "same". ``output_padding`` counts only where ``transposed``.
    Raises SettingError, with the numbers and the way out, where PyTorch or the app's limits refuse them.
    """

    input_size: Pair
    kernel_size: Pair
    padding: Pair | str = (0, 0)
    stride: Pair = (1, 1)
    dilation: Pair = (1, 1)
    padding_mode: str = "zeros"
    transposed: bool = False
    output_padding: Pair = (0, 0)
    in_channels: int = 1
    out_channels: int = 1
    groups: int = 1

    def __post_init__(self) -> None:
        refuse_convolution(self)

    @property
    def weight_shape(self) -> tuple[int, int, int, int]:
        """(out_channels, in_channels / groups, kh, kw)."""
        return self.out_channels, self.in_channels // self.groups, *self.kernel_size

    @property
    def span(self) -> Pair:
        """Rows and columns from the kernel's first weight to its last, the gaps of dilation included."""
        height, width = (d * (k - 1) + 1 for k, d in zip(self.kernel_size, self.dilation, strict=True))
        return height, width

    @property
    def border(self) -> tuple[Pair, Pair]:
        """Padding as ((top, bottom), (left, right)); "same" puts an odd cell at the end, as PyTorch does."""
        if isinstance(self.padding, str):
            rows, columns = ((s - 1) // 2 for s in self.span)
            return (rows, self.span[0] - 1 - rows), (columns, self.span[1] - 1 - columns)
        return (self.padding[0], self.padding[0]), (self.padding[1], self.padding[1])

    @property
    def output_size(self) -> Pair:
        """(H_out, W_out) of the feature map."""
        height, width = (self._output_size(axis) for axis in (0, 1))
        return height, width

    @cached_property
    def maps(self) -> tuple[AxisMap, AxisMap]:
        """What each output row and each output column reads."""
        rows, columns = (self._map(axis) for axis in (0, 1))
        return rows, columns

    @property
    def numeric_padding(self) -> Pair:
        """(0, 0) for "same", which has no numbers of its own."""
        return (0, 0) if isinstance(self.padding, str) else self.padding

    def _axis(self, axis: int) -> tuple[int, int, int, int]:
        return self.input_size[axis], self.kernel_size[axis], self.stride[axis], self.dilation[axis]

    def _output_size(self, axis: int) -> int:
        size, kernel, stride, dilation = self._axis(axis)
        if self.transposed:
            return transposed_size(
                size, kernel, self.numeric_padding[axis], stride, dilation, self.output_padding[axis]
            )
        return output_size(size, kernel, self.border[axis], stride, dilation)

    def _map(self, axis: int) -> AxisMap:
        size, kernel, stride, dilation = self._axis(axis)
        if self.transposed:
            return transposed_map(size, kernel, self.numeric_padding[axis], stride, dilation, self.output_padding[axis])
        return window_map(size, kernel, self.border[axis], stride, dilation, mode=self.padding_mode)


@dataclass(frozen=True, eq=False)
class ConvResult:
    """One computed convolution, all float64.

    ``images`` (C, H, W), ``weight`` (M, C / groups, kh, kw), ``bias`` (M,) or None, ``output`` (M, H_out, W_out)
    before any ReLU.
    """

    images: np.ndarray
    weight: np.ndarray
    bias: np.ndarray | None
    spec: ConvSpec
    output: np.ndarray


def convolve(images: np.ndarray, weight: np.ndarray, spec: ConvSpec, bias: np.ndarray | None = None) -> ConvResult:
    """Each window times the kernels of its group, summed: (C, H, W), (M, C / groups, kh, kw) -> (M, H_out, W_out).

    Cross-correlation, as torch.nn.Conv2d: the kernel is not flipped.
    """
    windows = gather(images, *spec.maps)  # (C, H_out, W_out, kh, kw)
    parts = zip(np.split(windows, spec.groups), np.split(weight, spec.groups), strict=True)
    output = np.concatenate([np.tensordot(w, x, ([1, 2, 3], [0, 3, 4])) for x, w in parts])
    return ConvResult(images, weight, bias, spec, output if bias is None else output + bias[:, None, None])
