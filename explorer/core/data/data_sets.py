"""What a run can train on: sets of 28×28 grey images in ten classes, their names, and how their pixels are scaled.

A table: whatever depends on a data set asks it. Files, addresses and sums of the published ones are torchvision's.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from explorer.core import limits

PUBLISHED_IMAGES = 60_000, 10_000  # to train and to test, of every published set
PIXEL_SEED = 1  # of the one order that shuffled pixels are in


@dataclass(frozen=True)
class DataSource:
    """One of them. ``mean`` and ``std`` are of its training pixels in 0 … 1: (pixel − mean) / std goes into a network.

    ``title`` is its name, ``classes`` what its labels 0 … 9 stand for: digits, words, hiragana. ``published`` is its
    class in torchvision.datasets, and the folder that torchvision keeps it in; "" for what this project draws itself.
    ``folder_variable`` names the learner's own files, ``mirror_variable`` a web folder that is tried first.
    """

    title: str
    classes: tuple[str, ...]
    mean: float
    std: float
    published: str = ""
    folder_variable: str = ""
    mirror_variable: str = ""

    @property
    def train_images(self) -> int:
        """How many there are to train with."""
        return PUBLISHED_IMAGES[0] if self.published else limits.OFFLINE_DIGITS

    @property
    def test_images(self) -> int:
        """How many there are to test with."""
        return PUBLISHED_IMAGES[1] if self.published else max(1, limits.OFFLINE_DIGITS // 10)


DIGITS = tuple("0123456789")
LECTURES_MEAN, LECTURES_STD = 0.1307, 0.3081  # Normalize((0.1307,), (0.3081,)); the offline digits imitate MNIST's
# The other sets' two numbers are those in common use, to the four digits in which they are given everywhere.
SOURCES: Mapping[str, DataSource] = {
    "mnist": DataSource(
        "MNIST",
        DIGITS,
        LECTURES_MEAN,
        LECTURES_STD,
        "MNIST",
        "CNN_EXPLORER_DATA",
        "CNN_EXPLORER_MNIST_MIRROR",
    ),
    "fashion": DataSource(
        "Fashion-MNIST",
        ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"),
        0.2860,
        0.3530,
        "FashionMNIST",
        "CNN_EXPLORER_FASHION_DATA",
        "CNN_EXPLORER_FASHION_MIRROR",
    ),
    "kmnist": DataSource(
        "KMNIST",
        tuple("おきすつなはまやれを"),
        0.1918,
        0.3483,
        "KMNIST",
        "CNN_EXPLORER_KMNIST_DATA",
        "CNN_EXPLORER_KMNIST_MIRROR",
    ),
    "offline": DataSource("Offline digits", DIGITS, LECTURES_MEAN, LECTURES_STD),
}
