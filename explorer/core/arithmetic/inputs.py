"""The inputs on offer: their names on screen and their numbers, at any size, of one channel or of several."""

from functools import lru_cache

import numpy as np

from explorer.core.data.digits import draw_digits
from explorer.core.data.sample_picture import sample_picture
from explorer.core.errors import mark

# The lecture's worked example.
EXAMPLE = np.array([[3, 4, 6, 5, 7], [2, 4, 6, 8, 2], [1, 6, 7, 8, 4], [9, 7, 4, 6, 2], [3, 7, 5, 4, 1]], float)

# Its name in a link -> its name on screen. ``make_input`` has the numbers.
INPUTS = {
    "example": mark("Worked example"),
    "ramp": mark("Ramp 1, 2, 3, …"),
    "random": mark("Random"),
    "digit": mark("A digit"),
}
# The same of several channels. ``make_channel_input`` has the numbers.
CHANNEL_INPUTS = {
    "numbers": mark("Small numbers"),
    "rgb": mark("RGB picture"),
    "digits": mark("Stack of digits"),
}
_NATURAL_SIDE = {"example": 5, "digit": 28, "numbers": 5, "rgb": 24, "digits": 28}


def natural_side(source: str) -> int | None:
    """Rows and columns of the input as it was made; None where any size shows what it is."""
    return _NATURAL_SIDE.get(source)


def make_input(source: str, height: int, width: int, *, seed: int = 0, digit: int = 3) -> np.ndarray:
    """The input of that name: (height, width), float64.

    The worked example repeats beyond its 5×5; "random" holds whole numbers 0 … 9; "digit" is one of the offline
    digits in 0 … 1, averaged down (or repeated up) from 28×28.
    """
    if source == "example":
        return _tile(EXAMPLE, height, width)
    if source == "ramp":
        return np.arange(1.0, height * width + 1).reshape(height, width)
    if source == "random":
        return np.random.default_rng([seed, 0]).integers(0, 10, (height, width)).astype(float)
    return resample(_digit(digit, seed), height, width).round(2)


def make_channel_input(source: str, channels: int, height: int, width: int, *, seed: int = 0) -> np.ndarray:
    """The channels of that name: (channels, height, width), float64. One more channel leaves the others as they are.

    "numbers" are whole, 0 … 9; "rgb" is a drawn landscape in 0 … 1, red again after blue; "digits" are the offline
    digits 0, 1, 2, …, in 0 … 1.
    """
    numbers = range(channels)
    if source == "numbers":
        return np.stack([np.random.default_rng([seed, 2, c]).integers(0, 10, (height, width)) for c in numbers]) * 1.0
    if source == "rgb":
        return make_channels(sample_picture(), channels, height, width)
    images, labels = draw_digits(20, seed)
    return np.stack([resample(images[labels == c % 10][0] / 255.0, height, width) for c in numbers]).round(2)


def make_channels(image: np.ndarray, channels: int, height: int, width: int) -> np.ndarray:
    """A picture at another size, its channels repeated where more are asked for, rounded to two decimals:
    (C, H, W) -> (channels, height, width)."""
    return np.stack([resample(image[c % len(image)], height, width) for c in range(channels)]).round(2)


def resample(image: np.ndarray, height: int, width: int) -> np.ndarray:
    """Area average where it gets smaller, repeated where it gets larger: (H, W) -> (height, width)."""
    return _overlap(image.shape[0], height) @ image @ _overlap(image.shape[1], width).T


def _tile(pattern: np.ndarray, height: int, width: int) -> np.ndarray:
    rows, columns = np.arange(height) % pattern.shape[0], np.arange(width) % pattern.shape[1]
    return pattern[np.ix_(rows, columns)]


@lru_cache(maxsize=64)  # of 28×28, read only; a slider moves many times over one digit
def _digit(digit: int, seed: int) -> np.ndarray:
    images, labels = draw_digits(20, seed)  # labels are balanced: two of each
    return images[np.flatnonzero(labels == digit)[0]] / 255.0


def _overlap(old: int, new: int) -> np.ndarray:
    """The share of each old cell in each new one: (new, old), rows sum to 1."""
    edges_new, edges_old = np.linspace(0, old, new + 1), np.arange(old + 1)
    upper = np.minimum(edges_new[1:, None], edges_old[None, 1:])
    lower = np.maximum(edges_new[:-1, None], edges_old[None, :-1])
    return np.clip(upper - lower, 0, None) * new / old
