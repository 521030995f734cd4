"""The window of a convolution or a pooling on its way along one axis: its places, what it reads, what it leaves."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from explorer.core.arithmetic.index_map import NOTHING, AxisMap, output_size, window_map
from explorer.core.network.layers import LayerSpec

Pair = tuple[int, int]


@dataclass(frozen=True)
class Sliding:
    """A window of ``kernel_size`` cells, ``dilation`` apart, that moves by ``stride`` over ``size`` cells.

    ``padding`` is (before, after); with ``ceil_mode`` the last window may reach beyond it.
    """

    size: int
    kernel_size: int
    stride: int
    padding: Pair
    dilation: int = 1
    ceil_mode: bool = False

    @property
    def span(self) -> int:
        """Cells from a window's first to its last, the gaps of dilation included."""
        return self.dilation * (self.kernel_size - 1) + 1

    @property
    def padded(self) -> int:
        """Cells in all."""
        return self.size + sum(self.padding)

    @property
    def count(self) -> int:
        """Places of the window: cells of the output, none or fewer where it does not fit."""
        rest = (self.kernel_size, self.padding, self.stride, self.dilation)
        return output_size(self.size, *rest, ceil_mode=self.ceil_mode)

    @property
    def beyond(self) -> int:
        """Cells that the last window reaches beyond the padded end; below 0, that it leaves before it."""
        return (self.count - 1) * self.stride + self.span - self.padded

    @property
    def axis(self) -> AxisMap:
        """What each window reads, padding included."""
        rest = (self.kernel_size, self.padding, self.stride, self.dilation)
        return window_map(self.size, *rest, ceil_mode=self.ceil_mode)

    @property
    def reads(self) -> np.ndarray:
        """The cells that each window reads, NOTHING for padding: (count, kernel_size)."""
        return self.axis.reads


@dataclass(frozen=True)
class Adaptive:
    """As many windows as are wanted, ``count``, which share ``size`` cells as evenly as may be.

    Window n reads the cells from ⌊n · size / count⌋ to ⌈(n + 1) · size / count⌉. Source: torch.nn.AdaptiveAvgPool2d.
    """

    size: int
    count: int
    beyond = 0

    @cached_property
    def ends(self) -> list[Pair]:
        """The first cell of each window, and the first behind it."""
        return [(n * self.size // self.count, -(-(n + 1) * self.size // self.count)) for n in range(self.count)]

    @property
    def spans(self) -> Pair:
        """Cells of the smallest and of the largest window."""
        lengths = [stop - start for start, stop in self.ends]
        return min(lengths), max(lengths)

    @property
    def span(self) -> int:
        """Cells of the largest window."""
        return self.spans[1]

    @property
    def stride(self) -> int | None:
        """Cells from a window to the next one, 0 where all read the same; None where that or their size differs."""
        starts = [start for start, _ in self.ends]
        steps = {later - start for start, later in pairwise(starts)} or {self.size}
        smallest, largest = self.spans
        return steps.pop() if smallest == largest and len(steps) == 1 else None

    @property
    def reads(self) -> np.ndarray:
        """The cells that each window reads, NOTHING behind a smaller one: (count, span)."""
        starts, stops = np.array(self.ends).T
        cells = starts[:, None] + np.arange(self.span)
        return np.where(cells < stops[:, None], cells, NOTHING)

    @property
    def axis(self) -> AxisMap:
        """What each window reads."""
        return AxisMap(self.reads, np.arange(self.size), 0, self.size)


Windows = tuple[Sliding, Sliding] | tuple[Adaptive, Adaptive]  # along the rows and along the columns


def windows_of(spec: LayerSpec, maps: Pair) -> Windows:
    """The windows of a layer whose kind is among WINDOWED, on maps of (height, width)."""
    if spec.kind == "AdaptiveAvgPool2d":
        rows, columns = map(Adaptive, maps, spec.pair("output_size"))
        return rows, columns
    names = {option for option, _ in spec.options}
    dilation = spec.pair("dilation") if "dilation" in names else (1, 1)
    ceil_mode = "ceil_mode" in names and spec["ceil_mode"]
    kernel, stride = spec.pair("kernel_size"), spec.pair("stride")
    rows, columns = (
        Sliding(size, k, s, p, d, ceil_mode)
        for size, k, s, p, d in zip(maps, kernel, stride, paddings(spec), dilation, strict=True)
    )
    return rows, columns


def axis_maps(spec: LayerSpec, maps: Pair) -> tuple[AxisMap, AxisMap]:
    """What the windows of ``windows_of`` read; a mean that does not count the padding does not read it either."""
    rows, columns = (window.axis for window in windows_of(spec, maps))
    if spec.kind == "AvgPool2d" and not spec["count_include_pad"]:
        return rows.within_input, columns.within_input
    return rows, columns


def paddings(spec: LayerSpec) -> tuple[Pair, Pair]:
    """What a sliding window's layer puts before and behind the rows, and the columns; 'same' may differ by one."""
    if spec["padding"] != "same":
        height, width = spec.pair("padding")
        return (height, height), (width, width)
    totals = (d * (k - 1) for k, d in zip(spec.pair("kernel_size"), spec.pair("dilation"), strict=True))
    rows, columns = ((total // 2, total - total // 2) for total in totals)
    return rows, columns


def reads_padding_alone(spec: LayerSpec, maps: Pair) -> bool:
    """Whether a window of a dilated max pooling steps over a small map altogether: its maximum is −∞."""
    return any(bool((window.reads == NOTHING).all(axis=1).any()) for window in windows_of(spec, maps))
