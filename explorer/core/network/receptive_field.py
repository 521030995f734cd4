"""How large a part of the image one unit sees, by the usual formula."""

from dataclasses import dataclass

from explorer.core.network.layer_window import Adaptive, Pair, Sliding, Windows

Sizes = tuple[int | None, int | None]


@dataclass(frozen=True)
class ReceptiveField:
    """What one unit sees of the image, in pixels (height, width), the padding included.

    ``effective_stride`` is the distance between the fields of two neighbours, 0 where all see the same. ``grid`` is the
    number of units: they stay where they are when the map is flattened. Behind windows of several sizes along an axis,
    as an adaptive pooling may have, the fields of an axis differ: size and effective stride are None there.
    """

    size: Sizes
    effective_stride: Sizes
    grid: Pair

    def through(self, windows: Windows) -> "ReceptiveField":
        """After a layer with these windows along the rows and along the columns."""
        axes = zip(self.size, self.effective_stride, windows, strict=True)
        sizes, strides = zip(*(_behind(size, stride, window) for size, stride, window in axes), strict=True)
        return ReceptiveField(sizes, strides, (windows[0].count, windows[1].count))

    def merged(self, axes: tuple[int, ...]) -> "ReceptiveField":
        """After a layer whose every unit reads all units along these axes."""
        size, stride = list(self.size), list(self.effective_stride)
        for axis in axes:
            if stride[axis]:
                size[axis] += (self.grid[axis] - 1) * stride[axis]
            stride[axis] = 0
        return ReceptiveField(tuple(size), tuple(stride), self.grid)


def _behind(size: int | None, stride: int | None, window: Sliding | Adaptive) -> Sizes:
    """Size and effective stride behind a window, along one axis."""
    if stride == 0:
        return size, stride
    if stride is None or window.stride is None:
        return None, None
    return size + (window.span - 1) * stride, stride * window.stride
