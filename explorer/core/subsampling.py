"""One input made smaller in three ways: maximum, mean, and a convolution with the same window and stride."""

from dataclasses import dataclass

import numpy as np

from explorer.core.conv import ConvResult, ConvSpec, convolve
from explorer.core.explained import SettingError
from explorer.core.pooling import PoolResult, PoolSpec, average_pool, max_pool


@dataclass(frozen=True, eq=False)
class Subsampling:
    """The three results for the same images (C, H, W)."""

    maximum: PoolResult
    average: PoolResult
    convolution: ConvResult

    @property
    def images(self) -> np.ndarray:
        """The input of all three: (C, H, W)."""
        return self.maximum.images

    @property
    def outputs(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Maximum, mean, convolution: (C, H_out, W_out) each, their sizes may differ."""
        return self.maximum.output, self.average.output, self.convolution.output


def same_convolution(spec: PoolSpec) -> ConvSpec:
    """The convolution with the pooling's settings; it has no ceil_mode.

    Raises SettingError where PyTorch refuses it, or where a window of the pooling reads padding alone: its maximum is
    −∞ in PyTorch, which no picture can show.
    """
    if spec.reads_padding_alone:
        raise SettingError(
            "With dilation {dilation} a window steps over the whole input and reads padding alone: PyTorch's maximum "
            "is −∞ there. Make the dilation or the padding smaller, or the input larger.",
            dilation=max(spec.dilation),
        )
    return ConvSpec(spec.input_size, spec.kernel_size, spec.padding, spec.stride, spec.dilation)


def subsample(images: np.ndarray, kernel: np.ndarray, spec: PoolSpec) -> Subsampling:
    """Images (1, H, W) by all three; ``kernel`` (kh, kw) is the convolution's. Raises SettingError."""
    convolution = convolve(images, kernel[None, None], same_convolution(spec))
    return Subsampling(max_pool(images, spec), average_pool(images, spec), convolution)


def changes(before: np.ndarray, after: np.ndarray) -> tuple[int, float]:
    """How many values differ, and the mean absolute difference over all of them, in the values' unit."""
    difference = np.abs(after - before)
    return int((difference > 1e-12).sum()), float(difference.mean())
