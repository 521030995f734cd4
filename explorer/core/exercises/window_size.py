"""How many windows there are along an axis, and the slips on the way to it."""

from dataclasses import dataclass
from math import ceil, floor

from explorer.core.exercises.worked import Worked, result, shape, spell

SLIPS = (
    "plus_one_forgotten",
    "padding_once",
    "ceil_for_floor",
    "tensorflow_same",
    "stride_forgotten",
    "window_for_stride",
    "dilation_forgotten",
)


@dataclass(frozen=True)
class Axis:
    """The numbers of one axis, in cells; ``padding`` is that of each side."""

    size: int
    kernel: int
    padding: int = 0
    stride: int = 1
    dilation: int = 1
    ceil_mode: bool = False


def applicable(*axes: Axis) -> tuple[str, ...]:
    """The slips that concern a setting which some axis has: without padding none can be counted once."""
    concerns = {
        "padding_once": any(axis.padding for axis in axes),
        "ceil_for_floor": any(axis.stride > 1 and not axis.ceil_mode for axis in axes),
        "tensorflow_same": any(axis.stride > 1 for axis in axes),
        "stride_forgotten": any(axis.stride > 1 for axis in axes),
        "window_for_stride": any(axis.stride > 1 for axis in axes),
        "dilation_forgotten": any(axis.dilation > 1 for axis in axes),
    }
    floor_for_ceil = ("floor_for_ceil",) if any(axis.ceil_mode for axis in axes) else ()
    return (*(name for name in SLIPS if concerns.get(name, True)), *floor_for_ceil)


def windows(axis: Axis, slip: str = "") -> Worked:
    """⌊(size + 2·padding − span) / stride⌋ + 1, with the span of a dilated kernel; as torch.nn.Conv2d counts."""
    kernel, stride = (axis.stride, axis.kernel) if slip == "window_for_stride" else (axis.kernel, axis.stride)
    stride = 1 if slip == "stride_forgotten" else stride
    if slip == "tensorflow_same":
        count = ceil(axis.size / axis.stride)
        return result(count, f"⌈{axis.size} / {axis.stride}⌉ = {count}")
    span, lines = _span(kernel, 1 if slip == "dilation_forgotten" else axis.dilation)
    sides = 1 if slip == "padding_once" else 2
    steps = (axis.size + sides * axis.padding - span) / stride
    padding = f" + {'2·' if sides == 2 else ''}{axis.padding}" if axis.padding else ""
    lines.append(f"({axis.size}{padding} − {span}) / {stride} = {spell(steps)}")
    return _rounded(axis, steps, lines, slip)


def _span(kernel: int, dilation: int) -> tuple[int, list[str]]:
    span = dilation * (kernel - 1) + 1
    return span, [f"{dilation}·({kernel} − 1) + 1 = {span}"] if dilation > 1 else []


def _rounded(axis: Axis, steps: float, lines: list[str], slip: str) -> Worked:
    up = slip == "ceil_for_floor" or (axis.ceil_mode and slip != "floor_for_ceil")
    whole = ceil(steps) if up else floor(steps)
    left, right = "⌈⌉" if up else "⌊⌋"
    rounded = f"{left}{spell(steps)}{right}"
    if slip == "plus_one_forgotten":
        return result(whole, *lines, f"{rounded} = {whole}")
    lines.append(f"{rounded} + 1 = {whole + 1}")
    # PyTorch leaves out a last window that would begin beyond the input and the padding before it.
    beyond = up and whole * axis.stride >= axis.size + axis.padding
    if beyond and slip != "ceil_for_floor":
        return result(whole, *lines, f"{whole + 1} − 1 = {whole}")
    return result(whole + 1, *lines)


def map_shape(rows: Axis, columns: Axis, slip: str = "", channels: tuple[int, ...] = ()) -> Worked:
    """The shape of the map, behind ``channels``: the columns' chain stands there where it is not the rows'."""
    height, width = windows(rows, slip), windows(columns, slip)
    lines = height.lines if rows == columns else (*height.lines, *width.lines)
    answer = (*channels, *height.answer, *width.answer)
    return Worked(answer, (*lines, shape(answer)))
