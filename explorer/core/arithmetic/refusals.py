"""What a convolution and a pooling are refused for, in sentences with the numbers and the way out."""

from typing import TYPE_CHECKING

from explorer.core import limits
from explorer.core.arithmetic.index_map import PADDING_MODES
from explorer.core.errors import SettingError, mark

if TYPE_CHECKING:
    from explorer.core.arithmetic.convolution import ConvSpec
    from explorer.core.arithmetic.pooling import PoolSpec


def refuse_convolution(spec: "ConvSpec") -> None:
    """Raises SettingError where PyTorch or the app's limits do not take the convolution's settings."""
    _refuse_convolution_beyond_limits(spec)
    _refuse_combination(spec)
    for axis in (0, 1):
        _refuse_convolution_that_does_not_fit(spec, axis)
        limits.within(mark("output size"), spec.output_size[axis], 1, limits.MAX_OUTPUT_SIZE)


def refuse_pooling(spec: "PoolSpec") -> None:
    """Raises SettingError where PyTorch or the app's limits do not take the pooling's settings."""
    _refuse_pooling_beyond_limits(spec)
    for axis in (0, 1):
        _refuse_more_padding_than_half(spec, axis)
        _refuse_pooling_that_does_not_fit(spec, axis)


def _require_within(*bounds: tuple[str, tuple[int, ...], int, int]) -> None:
    """Each (setting, its numbers, lowest, highest)."""
    for name, numbers, lowest, highest in bounds:
        for number in numbers:
            limits.within(name, number, lowest, highest)


def _refuse_convolution_beyond_limits(spec: "ConvSpec") -> None:
    _require_within(
        (mark("input size"), spec.input_size, 1, limits.MAX_INPUT_SIZE),
        (mark("kernel size"), spec.kernel_size, 1, limits.MAX_KERNEL_SIZE),
        (mark("padding"), spec.numeric_padding, 0, limits.MAX_PADDING),
        (mark("stride"), spec.stride, 1, limits.MAX_STRIDE),
        (mark("dilation"), spec.dilation, 1, limits.MAX_DILATION),
        (mark("output padding"), spec.output_padding, 0, limits.MAX_PADDING),
        (mark("number of input channels"), (spec.in_channels,), 1, limits.MAX_CHANNELS),
        (mark("number of output channels"), (spec.out_channels,), 1, limits.MAX_CHANNELS),
        (mark("number of groups"), (spec.groups,), 1, limits.MAX_CHANNELS),
    )


def _refuse_combination(spec: "ConvSpec") -> None:
    """Settings that PyTorch does not take together."""
    if spec.padding_mode not in PADDING_MODES:
        raise SettingError(
            "The {setting} {value} is unknown. Choose one of {known}.",
            setting=mark("padding mode"),
            value=spec.padding_mode,
            known=", ".join(PADDING_MODES),
        )
    if spec.transposed and (spec.padding_mode != "zeros" or spec.padding == "same"):
        raise SettingError("A transposed convolution takes padding as a number, filled with zeros, only.")
    if spec.padding == "same" and spec.stride != (1, 1):
        raise SettingError("padding='same' needs stride 1; set the stride to 1 or the padding to a number.")
    if spec.in_channels % spec.groups or spec.out_channels % spec.groups:
        raise SettingError(
            "{in_channels} input and {out_channels} output channels cannot both be divided into {groups} groups. "
            "Choose a number of groups that divides both.",
            in_channels=spec.in_channels,
            out_channels=spec.out_channels,
            groups=spec.groups,
        )
    if not spec.transposed:
        return
    for extra, stride, dilation in zip(spec.output_padding, spec.stride, spec.dilation, strict=True):
        if extra >= max(stride, dilation):
            raise SettingError(
                "An output padding of {extra} must be smaller than the stride {stride} or the dilation {dilation}.",
                extra=extra,
                stride=stride,
                dilation=dilation,
            )


def _refuse_convolution_that_does_not_fit(spec: "ConvSpec", axis: int) -> None:
    if spec.transposed:
        return
    size, padding = spec.input_size[axis], spec.border[axis]
    most = size - 1 if spec.padding_mode == "reflect" else size
    if spec.padding_mode in ("reflect", "circular") and max(padding) > most:
        raise SettingError(
            "padding_mode='{mode}' can pad {size} cells by {most} at most, not by {padding}. "
            "Choose a smaller padding, a larger input or another padding mode.",
            mode=spec.padding_mode,
            size=size,
            most=most,
            padding=max(padding),
        )
    padded = size + sum(padding)
    if spec.span[axis] > padded:
        raise SettingError(
            "A kernel of {kernel} {lines} with dilation {dilation} spans {span} {lines}, more than the {padded} "
            "{lines} of the padded input. Make the kernel or the dilation smaller, or the input or the padding "
            "larger.",
            kernel=spec.kernel_size[axis],
            dilation=spec.dilation[axis],
            span=spec.span[axis],
            padded=padded,
            lines=(mark("rows"), mark("columns"))[axis],
        )


def _refuse_pooling_beyond_limits(spec: "PoolSpec") -> None:
    _require_within(
        (mark("input size"), spec.input_size, 1, limits.MAX_INPUT_SIZE),
        (mark("kernel size"), spec.kernel_size, 1, limits.MAX_KERNEL_SIZE),
        (mark("stride"), spec.stride, 1, limits.MAX_STRIDE),
        (mark("padding"), spec.padding, 0, limits.MAX_PADDING),
        (mark("dilation"), spec.dilation, 1, limits.MAX_DILATION),
    )


def _refuse_more_padding_than_half(spec: "PoolSpec", axis: int) -> None:
    # PyTorch's message speaks of the "effective" kernel, dilation included, but refuses by kernel_size alone.
    most = spec.kernel_size[axis] // 2
    if spec.padding[axis] > most:
        raise SettingError(
            "Pooling with a kernel of {kernel} {lines} takes a padding of {most} at most, half of the kernel, not "
            "{padding}. Make the padding smaller or the kernel larger.",
            kernel=spec.kernel_size[axis],
            lines=(mark("rows"), mark("columns"))[axis],
            most=most,
            padding=spec.padding[axis],
        )


def _refuse_pooling_that_does_not_fit(spec: "PoolSpec", axis: int) -> None:
    if spec.output_size[axis] < 1:
        raise SettingError(
            "A pooling window of {kernel} {lines} with dilation {dilation} spans {span} {lines}, more than the "
            "{padded} {lines} of the padded input. Make the kernel or the dilation smaller, or the input or the "
            "padding larger.",
            kernel=spec.kernel_size[axis],
            lines=(mark("rows"), mark("columns"))[axis],
            dilation=spec.dilation[axis],
            span=spec.span[axis],
            padded=spec.input_size[axis] + 2 * spec.padding[axis],
        )
