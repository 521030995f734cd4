"""A small data set that is quickly learned, for tests of the loop and what is around it."""

import torch

from explorer.core.network.layers import layer
from explorer.training.data import DataSet

IMAGES, TESTS = 150, 50  # batches of 64, 64 and 22
# What needs random numbers in training, and what behaves otherwise when it is only asked.
NOISY = (
    layer("conv", "Conv2d", in_channels=1, out_channels=4, kernel_size=5, stride=2),
    layer("norm", "BatchNorm2d", num_features=4),
    layer("dropout", "Dropout", p=0.25),
    layer("flatten", "Flatten"),
    layer("fc", "Linear", in_features=576, out_features=10),
)


def easy_digits() -> DataSet:
    """Each class is a pattern of its own under noise: easy to learn, and hard to guess."""
    generator = torch.Generator().manual_seed(0)
    labels = torch.randint(10, (IMAGES + TESTS,), generator=generator)
    patterns = torch.randn(10, 1, 28, 28, generator=generator)
    images = patterns[labels] + torch.randn(len(labels), 1, 28, 28, generator=generator) / 2
    return DataSet(images[:IMAGES], labels[:IMAGES], images[IMAGES:], labels[IMAGES:])


class Clock:
    """Every look at it takes ``tick`` seconds; a test moves it on by hand."""

    def __init__(self, tick: float = 0.0) -> None:
        self.now, self.tick = 0.0, tick

    def __call__(self) -> float:
        self.now += self.tick
        return self.now
