"""One output value of a convolution as a sum of products, and the slips on the way to it."""

import numpy as np

from explorer.core.arithmetic.convolution import ConvResult
from explorer.core.arithmetic.index_map import gather
from explorer.core.exercises.worked import Worked, factor, result, spell


def window_at(of: ConvResult, channel: int, row: int, column: int) -> np.ndarray:
    """What the kernels of an output channel meet at that place: (C / groups, kh, kw), zeros where there is padding."""
    spec = of.spec
    windows = gather(of.images, *spec.maps)[:, row, column]
    size = spec.in_channels // spec.groups
    first = channel // (spec.out_channels // spec.groups) * size
    return windows[first : first + size]


def place_without_stride(of: ConvResult, row: int, column: int) -> np.ndarray:
    """The window of one channel whose first cell lies at the output's own row and column: (kh, kw)."""
    spec = of.spec
    padding = ((0, 0), *spec.border)
    padded = np.pad(of.images, padding)[0]
    (height, width), dilation = spec.kernel_size, spec.dilation
    rows, columns = row + np.arange(height) * dilation[0], column + np.arange(width) * dilation[1]
    return padded[np.ix_(rows, columns)]


def sum_of_products(window: np.ndarray, kernel: np.ndarray, bias: float | None, *, relu: bool, slip: str) -> Worked:
    """A window (kh, kw) times a kernel, a line for each of its rows, the bias, the ReLU."""
    used = kernel[::-1, ::-1] if slip in ("kernel_flipped", "kernel_not_flipped") else kernel
    lines: list[str] = []
    sums: list[float] = []
    for cells, weights in zip(window, used, strict=True):
        terms = " + ".join(f"{factor(cell)}·{factor(weight)}" for cell, weight in zip(cells, weights, strict=True))
        sums.append(float((cells * weights).sum()))
        lines.append(f"{terms} = {spell(sums[-1])}")
    total = sum(sums)
    if len(sums) > 1:
        lines.append(f"{' + '.join(map(factor, sums))} = {spell(total)}")
    return finished(total, lines, bias, relu=relu, slip=slip)


def finished(total: float, lines: list[str], bias: float | None, *, relu: bool, slip: str) -> Worked:
    """The sum with its bias, where there is one, and behind the ReLU."""
    if bias is not None and slip != "bias_forgotten":
        lines = [*lines, f"{spell(total)} + {factor(bias)} = {spell(total + bias)}"]
        total += bias
    if relu and slip != "relu_forgotten":
        lines = [*lines, f"ReLU({spell(total)}) = {spell(max(total, 0))}"]
        total = max(total, 0)
    return result(total, *lines)
