"""2-D pooling as torch.nn.MaxPool2d and AvgPool2d compute it: sizes, index maps, values, winners. numpy only."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from explorer.core.arithmetic.index_map import NOTHING, AxisMap, gather, output_size, window_map
from explorer.core.arithmetic.refusals import refuse_pooling

Pair = tuple[int, int]  # (height, width), as everywhere in PyTorch


@dataclass(frozen=True)
class PoolNumbers:
    """The numbers of one pooling, by PyTorch's names, valid or not; pairs are (height, width) in cells.

    ``count_include_pad`` says whether a mean counts the padding's zeros; a maximum is the same either way.
    """

    input_size: Pair
    kernel_size: Pair
    stride: Pair
    padding: Pair = (0, 0)
    dilation: Pair = (1, 1)
    ceil_mode: bool = False
    count_include_pad: bool = True


@dataclass(frozen=True)  # whose __init__ is the one that validates
class PoolSpec(PoolNumbers):
    """The settings of one pooling that torch.nn.functional.max_pool2d computes.

    Raises SettingError, with the numbers and the way out, where PyTorch or the app's limits refuse them.
    """

    def __post_init__(self) -> None:
        refuse_pooling(self)

    @property
    def span(self) -> Pair:
        """Rows and columns from a window's first cell to its last, the gaps of dilation included."""
        height, width = (d * (k - 1) + 1 for k, d in zip(self.kernel_size, self.dilation, strict=True))
        return height, width

    @property
    def output_size(self) -> Pair:
        """(H_out, W_out) of the max pooling."""
        height, width = (self._output_size(axis) for axis in (0, 1))
        return height, width

    @property
    def undilated(self) -> "PoolSpec":
        """The average pooling's settings: torch.nn.AvgPool2d has no dilation."""
        return replace(self, dilation=(1, 1))

    @cached_property
    def maps(self) -> tuple[AxisMap, AxisMap]:
        """What each output row and each output column of the max pooling reads; the average's are undilated.maps.

        Without ``count_include_pad`` no window reads the padding.
        """
        rows, columns = (self._map(axis) for axis in (0, 1))
        return rows, columns

    @property
    def reads_padding_alone(self) -> bool:
        """Whether a dilated window steps over a small input altogether: PyTorch computes a maximum of −∞ there."""
        return any(bool((axis.reads == NOTHING).all(axis=1).any()) for axis in self.maps)

    def _axis(self, axis: int) -> tuple[int, int, Pair, int, int]:
        padding = self.padding[axis]
        return self.input_size[axis], self.kernel_size[axis], (padding, padding), self.stride[axis], self.dilation[axis]

    def _output_size(self, axis: int) -> int:
        return output_size(*self._axis(axis), ceil_mode=self.ceil_mode)

    def _map(self, axis: int) -> AxisMap:
        reading = window_map(*self._axis(axis), ceil_mode=self.ceil_mode)
        return reading if self.count_include_pad else reading.within_input


@dataclass(frozen=True, eq=False)
class PoolResult:
    """One computed pooling: ``images`` (C, H, W) and ``output`` (C, H_out, W_out), float64.

    ``spec.maps`` are the maps behind it. ``winners`` (C, H_out, W_out), of a max pooling only: where each maximum
    lies, as torch's ``return_indices`` counts, row · W + column of its channel; NOTHING for a window of padding alone.
    """

    images: np.ndarray
    spec: PoolSpec
    output: np.ndarray
    winners: np.ndarray | None = None


def max_pool(images: np.ndarray, spec: PoolSpec) -> PoolResult:
    """The largest value of each window, and the first cell, in reading order, that holds it: (C, H, W) -> PoolResult.

    Padding is −∞: it never wins. A window of padding alone gives −∞, as PyTorch's does.
    """
    rows, columns = spec.maps
    outside = (rows.reads == NOTHING)[:, None, :, None] | (columns.reads == NOTHING)[None, :, None, :]
    windows = np.where(outside, -np.inf, gather(images, rows, columns))
    windows = windows.reshape(*windows.shape[:3], -1)  # (C, H_out, W_out, kh · kw)
    return PoolResult(images, spec, windows.max(-1), _winners(windows.argmax(-1), spec))


def average_pool(images: np.ndarray, spec: PoolSpec) -> PoolResult:
    """The mean of each window: (C, H, W) -> PoolResult, whose spec has no dilation.

    Padding counts as zeros, or not at all without ``count_include_pad``; what a last window of ``ceil_mode`` reaches
    beyond the padded end never counts.
    """
    spec = spec.undilated
    counts = [(axis.at != NOTHING).sum(axis=1) for axis in spec.maps]
    sums = gather(images, *spec.maps).sum(axis=(3, 4))
    return PoolResult(images, spec, sums / np.outer(*counts))


def shift_right(images: np.ndarray, columns: int) -> np.ndarray:
    """``images`` (C, H, W) moved to the right by that many columns; zeros enter at the left."""
    width = images.shape[-1]
    return np.pad(images, ((0, 0), (0, 0), (columns, 0)))[..., :width]


def _winners(first: np.ndarray, spec: PoolSpec) -> np.ndarray:
    """Positions within the windows (C, H_out, W_out) -> input cells row · W + column, or NOTHING."""
    rows, columns = (axis.reads for axis in spec.maps)
    in_row, in_column = np.divmod(first, spec.kernel_size[1])
    y = rows[np.arange(len(rows))[:, None], in_row]
    x = columns[np.arange(len(columns)), in_column]
    return np.where((y == NOTHING) | (x == NOTHING), NOTHING, y * spec.input_size[1] + x)
