"""One input made smaller in three ways: maximum, mean, and a convolution with the same window and stride.

Each way may refuse what the others take: a convolution has no ceil_mode, an average no dilation, and only a convolution
takes more padding than half of its kernel.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from explorer.core.arithmetic.convolution import ConvResult, ConvSpec, convolve
from explorer.core.arithmetic.pooling import PoolNumbers, PoolResult, PoolSpec, average_pool, max_pool
from explorer.core.errors import SettingError

Spec = PoolSpec | ConvSpec


class Window(PoolNumbers):
    """The numbers that the three ways share; each way takes those it has, and refuses what PyTorch refuses."""

    def maximum(self) -> PoolSpec:
        """torch.nn.MaxPool2d's settings. Raises SettingError where PyTorch refuses them."""
        shape = self.input_size, self.kernel_size, self.stride, self.padding
        return PoolSpec(*shape, self.dilation, ceil_mode=self.ceil_mode)

    def average(self) -> PoolSpec:
        """torch.nn.AvgPool2d's, which has no dilation. Raises SettingError where PyTorch refuses them."""
        shape = self.input_size, self.kernel_size, self.stride, self.padding
        return PoolSpec(*shape, ceil_mode=self.ceil_mode, count_include_pad=self.count_include_pad)

    def convolution(self) -> ConvSpec:
        """torch.nn.Conv2d's, which has no ceil_mode. Raises SettingError where PyTorch refuses them."""
        return ConvSpec(self.input_size, self.kernel_size, self.padding, self.stride, self.dilation)

    def ways(self) -> tuple[dict[str, Spec], dict[str, SettingError]]:
        """("max", "mean" or "sum" -> its settings, the same -> why it is impossible), each way in one of the two.

        A maximum counts as impossible where a window reads padding alone: it is −∞ in PyTorch, which then sends the
        gradient to a place outside the input. Raises the first way's SettingError where none is possible.
        """
        specs: dict[str, Spec] = {}
        refused: dict[str, SettingError] = {}
        for name, way in (("max", self._finite_maximum), ("mean", self.average), ("sum", self.convolution)):
            try:
                specs[name] = way()
            except SettingError as error:
                refused[name] = error
        if not specs:
            raise refused["max"]
        return specs, refused

    def _finite_maximum(self) -> PoolSpec:
        spec = self.maximum()
        if spec.reads_padding_alone:
            raise SettingError(
                "With dilation {dilation} a window steps over the whole input and reads padding alone: PyTorch's "
                "maximum is −∞ there. Make the dilation or the padding smaller, or the input larger.",
                dilation=max(spec.dilation),
            )
        return spec


@dataclass(frozen=True, eq=False)
class Subsampling:
    """The same images (1, H, W) by "max", "mean" and "sum", the convolution by ``kernel`` (kh, kw).

    ``results`` are those of the ways that are possible, in this order, their sizes may differ; ``refused`` says of
    each other one why it is not.
    """

    window: Window
    images: np.ndarray
    kernel: np.ndarray
    results: Mapping[str, PoolResult | ConvResult]
    refused: Mapping[str, SettingError]


def subsample(images: np.ndarray, kernel: np.ndarray, window: Window) -> Subsampling:
    """Images (1, H, W) by the ways that are possible. Raises SettingError where none is."""
    specs, refused = window.ways()
    compute: Mapping[str, Callable[[Any], PoolResult | ConvResult]] = {  # each is given its own way's Spec
        "max": lambda spec: max_pool(images, spec),
        "mean": lambda spec: average_pool(images, spec),
        "sum": lambda spec: convolve(images, kernel[None, None], spec),
    }
    return Subsampling(window, images, kernel, {way: compute[way](spec) for way, spec in specs.items()}, refused)


def changes(before: np.ndarray, after: np.ndarray) -> tuple[int, float]:
    """How many values differ, and the mean absolute difference over all of them, in the values' unit."""
    difference = np.abs(after - before)
    return int((difference > 1e-12).sum()), float(difference.mean())
