"""Which input cell each output cell reads, along one axis: the one map behind every value and every highlight.

Convolution, transposed convolution and pooling are separable: a cell (row, column) reads what its row reads by what
its column reads. So two small tables describe any of them, and nothing else knows of strides or padding modes.
"""

from dataclasses import dataclass, replace

import numpy as np

PADDING_MODES = ("zeros", "reflect", "replicate", "circular")  # torch.nn.Conv2d's names
NOTHING = -1  # in ``at``: this weight meets nothing here; in ``source``: no input cell, a zero


@dataclass(frozen=True, eq=False)
class AxisMap:
    """One axis of an operation, in cells.

    ``at`` (out, kernel): the padded position that output cell reads with that kernel cell, or NOTHING.
    ``source`` (padded,): the input index that a padded position shows, or NOTHING where it is a zero.
    ``before``: padded positions in front of the input's first cell.  ``size``: the input's cells.
    """

    at: np.ndarray
    source: np.ndarray
    before: int
    size: int

    @property
    def reads(self) -> np.ndarray:
        """Input index that output cell o reads with kernel cell k, or NOTHING: (out, kernel)."""
        return np.where(self.at == NOTHING, NOTHING, self.source[self.at])

    @property
    def within_input(self) -> "AxisMap":
        """The same map where padding is not read, not even as a zero."""
        return replace(self, at=np.where(self.reads == NOTHING, NOTHING, self.at))

    @property
    def unused(self) -> list[int]:
        """Input indices that no output cell reads, ascending."""
        return sorted(set(range(self.size)) - set(self.reads.ravel().tolist()))


def window_map(
    size: int,
    kernel_size: int,
    padding: tuple[int, int],
    stride: int,
    dilation: int,
    *,
    mode: str = "zeros",
    ceil_mode: bool = False,
) -> AxisMap:
    """A window that slides: convolution and pooling. ``padding`` is (before, after).

    With ``ceil_mode`` a last window may begin in the input or the padding before it and reach beyond the padded end;
    what lies beyond is NOTHING.
    """
    padded = size + sum(padding)
    out = output_size(size, kernel_size, padding, stride, dilation, ceil_mode=ceil_mode)
    at = np.arange(out)[:, None] * stride + np.arange(kernel_size) * dilation
    return AxisMap(np.where(at < padded, at, NOTHING), padded_sources(size, padding, mode), padding[0], size)


def transposed_map(
    size: int, kernel_size: int, padding: int, stride: int, dilation: int, output_padding: int = 0
) -> AxisMap:
    """Each input cell stamps the kernel onto the output: output o meets input i by weight k where
    o = i·stride − padding + k·dilation. Source: the shape section of torch.nn.ConvTranspose2d."""
    out = transposed_size(size, kernel_size, padding, stride, dilation, output_padding)
    reach = np.arange(out)[:, None] + padding - np.arange(kernel_size) * dilation  # i·stride
    meets = (reach >= 0) & (reach % stride == 0) & (reach // stride < size)
    return AxisMap(np.where(meets, reach // stride, NOTHING), np.arange(size), 0, size)


def output_size(
    size: int, kernel_size: int, padding: tuple[int, int], stride: int, dilation: int, *, ceil_mode: bool = False
) -> int:
    """Windows along one axis: floor((size + padding − dilation·(kernel_size − 1) − 1) / stride) + 1.

    ``padding`` is (before, after), so that their sum is the formula's 2·padding. ``ceil_mode`` rounds up, but drops a
    window that would begin beyond the input and the padding before it. Source: torch.nn.Conv2d, torch.nn.MaxPool2d.
    Zero or less where the kernel does not fit.
    """
    reach = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if not ceil_mode:
        return reach // stride + 1
    out = -(-reach // stride) + 1
    return out - 1 if (out - 1) * stride >= size + padding[0] else out


def transposed_size(
    size: int, kernel_size: int, padding: int, stride: int, dilation: int, output_padding: int = 0
) -> int:
    """(size − 1)·stride − 2·padding + dilation·(kernel_size − 1) + output_padding + 1."""
    return (size - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + output_padding + 1


def padded_sources(size: int, padding: tuple[int, int], mode: str) -> np.ndarray:
    """The input index that each padded position shows, NOTHING for a zero: (padding + size + padding,)."""
    index = np.arange(-padding[0], size + padding[1])
    if mode == "replicate":
        return index.clip(0, size - 1)
    if mode == "reflect":
        return size - 1 - abs(size - 1 - abs(index))
    if mode == "circular":
        return index % size
    return np.where((index < 0) | (index >= size), NOTHING, index)


def gather(images: np.ndarray, rows: AxisMap, columns: AxisMap) -> np.ndarray:
    """The input under the kernel at each of its places: (C, H, W) -> (C, H_out, W_out, kh, kw), 0 for NOTHING."""
    bordered = np.pad(images, ((0, 0), (0, 1), (0, 1)))  # index −1 is the added zero
    y, x = rows.reads, columns.reads
    return bordered[:, y[:, None, :, None], x[None, :, None, :]]
