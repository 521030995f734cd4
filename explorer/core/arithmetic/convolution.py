"""2-D convolution as torch.nn.Conv2d and ConvTranspose2d compute it: sizes, index maps, values. numpy only."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from explorer.core import limits
from explorer.core.arithmetic.index_map import (
    PADDING_MODES,
    AxisMap,
    gather,
    output_size,
    transposed_map,
    transposed_size,
    window_map,
)
from explorer.core.errors import SettingError, mark

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
        self._within_limits()
        self._combinable()
        for axis in (0, 1):
            self._fits(axis)
            limits.within(mark("output size"), self.output_size[axis], 1, limits.MAX_OUTPUT_SIZE)

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
    def _padding(self) -> Pair:
        """(0, 0) for "same", which has no numbers of its own."""
        return (0, 0) if isinstance(self.padding, str) else self.padding

    def _axis(self, axis: int) -> tuple[int, int, int, int]:
        return self.input_size[axis], self.kernel_size[axis], self.stride[axis], self.dilation[axis]

    def _output_size(self, axis: int) -> int:
        size, kernel, stride, dilation = self._axis(axis)
        if self.transposed:
            return transposed_size(size, kernel, self._padding[axis], stride, dilation, self.output_padding[axis])
        return output_size(size, kernel, self.border[axis], stride, dilation)

    def _map(self, axis: int) -> AxisMap:
        size, kernel, stride, dilation = self._axis(axis)
        if self.transposed:
            return transposed_map(size, kernel, self._padding[axis], stride, dilation, self.output_padding[axis])
        return window_map(size, kernel, self.border[axis], stride, dilation, mode=self.padding_mode)

    def _within_limits(self) -> None:
        for name, pair, lowest, highest in (
            (mark("input size"), self.input_size, 1, limits.MAX_INPUT_SIZE),
            (mark("kernel size"), self.kernel_size, 1, limits.MAX_KERNEL_SIZE),
            (mark("padding"), self._padding, 0, limits.MAX_PADDING),
            (mark("stride"), self.stride, 1, limits.MAX_STRIDE),
            (mark("dilation"), self.dilation, 1, limits.MAX_DILATION),
            (mark("output padding"), self.output_padding, 0, limits.MAX_PADDING),
            (mark("number of input channels"), (self.in_channels,), 1, limits.MAX_CHANNELS),
            (mark("number of output channels"), (self.out_channels,), 1, limits.MAX_CHANNELS),
            (mark("number of groups"), (self.groups,), 1, limits.MAX_CHANNELS),
        ):
            for value in pair:
                limits.within(name, value, lowest, highest)

    def _combinable(self) -> None:
        """Settings that PyTorch does not take together."""
        if self.padding_mode not in PADDING_MODES:
            raise SettingError(
                "The {setting} {value} is unknown. Choose one of {known}.",
                setting=mark("padding mode"),
                value=self.padding_mode,
                known=", ".join(PADDING_MODES),
            )
        if self.transposed and (self.padding_mode != "zeros" or self.padding == "same"):
            raise SettingError("A transposed convolution takes padding as a number, filled with zeros, only.")
        if self.padding == "same" and self.stride != (1, 1):
            raise SettingError("padding='same' needs stride 1; set the stride to 1 or the padding to a number.")
        if self.in_channels % self.groups or self.out_channels % self.groups:
            raise SettingError(
                "{in_channels} input and {out_channels} output channels cannot both be divided into {groups} groups. "
                "Choose a number of groups that divides both.",
                in_channels=self.in_channels,
                out_channels=self.out_channels,
                groups=self.groups,
            )
        if not self.transposed:
            return
        for extra, stride, dilation in zip(self.output_padding, self.stride, self.dilation, strict=True):
            if extra >= max(stride, dilation):
                raise SettingError(
                    "An output padding of {extra} must be smaller than the stride {stride} or the dilation {dilation}.",
                    extra=extra,
                    stride=stride,
                    dilation=dilation,
                )

    def _fits(self, axis: int) -> None:
        if self.transposed:
            return
        size, padding = self.input_size[axis], self.border[axis]
        most = size - 1 if self.padding_mode == "reflect" else size
        if self.padding_mode in ("reflect", "circular") and max(padding) > most:
            raise SettingError(
                "padding_mode='{mode}' can pad {size} cells by {most} at most, not by {padding}. "
                "Choose a smaller padding, a larger input or another padding mode.",
                mode=self.padding_mode,
                size=size,
                most=most,
                padding=max(padding),
            )
        padded = size + sum(padding)
        if self.span[axis] > padded:
            raise SettingError(
                "A kernel of {kernel} {lines} with dilation {dilation} spans {span} {lines}, more than the {padded} "
                "{lines} of the padded input. Make the kernel or the dilation smaller, or the input or the padding "
                "larger.",
                kernel=self.kernel_size[axis],
                dilation=self.dilation[axis],
                span=self.span[axis],
                padded=padded,
                lines=(mark("rows"), mark("columns"))[axis],
            )


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
