"""Where the explorer pages' numbers come from: inputs and kernels by name, at any size."""

from functools import lru_cache

import numpy as np

from explorer.core.data.digits import draw_digits
from explorer.core.data.sample_picture import sample_picture

# The lecture's worked example.
EXAMPLE = np.array([[3, 4, 6, 5, 7], [2, 4, 6, 8, 2], [1, 6, 7, 8, 4], [9, 7, 4, 6, 2], [3, 7, 5, 4, 1]], float)

STACKS = ("numbers", "rgb", "digits")
INPUTS = ("example", "ramp", "random", "digit")
KERNELS = (
    "example",
    "identity",
    "box_blur",
    "gaussian",
    "sharpen",
    "sobel_x",
    "sobel_y",
    "laplacian",
    "random",
)


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


def make_kernel(name: str, height: int, width: int, *, seed: int = 0) -> np.ndarray:
    """The kernel of that name: (height, width), float64. The textbook's numbers at 3×3, their pattern elsewhere."""
    if name == "example":
        return np.arange(1.0, height * width + 1).reshape(height, width)
    if name == "random":
        return np.random.default_rng([seed, 1]).integers(-5, 6, (height, width)).astype(float)
    if name == "box_blur":
        return np.full((height, width), 1 / (height * width))
    if name == "gaussian":
        return np.outer(_binomial(height), _binomial(width)) / 2.0 ** (height + width - 2)
    if name == "sobel_x":
        return np.outer(_binomial(height), _difference(width))
    if name == "sobel_y":
        return np.outer(_difference(height), _binomial(width))
    identity, laplacian = _cross(height, width)
    return {"identity": identity, "laplacian": laplacian, "sharpen": identity - laplacian}[name]


def make_stack(source: str, channels: int, height: int, width: int, *, seed: int = 0) -> np.ndarray:
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


def make_weights(out_channels: int, in_channels: int, height: int, width: int, *, seed: int = 0) -> np.ndarray:
    """Whole numbers −3 … 3: (out_channels, in_channels, height, width), ``in_channels`` being those of one group.

    A kernel depends on its two channels only, so that one channel more leaves the others as they are.
    """
    kernels = [
        np.random.default_rng([seed, 3, m, c]).integers(-3, 4, (height, width))
        for m in range(out_channels)
        for c in range(in_channels)
    ]
    return np.reshape(kernels, (out_channels, in_channels, height, width)).astype(float)


def make_bias(out_channels: int, *, seed: int = 0) -> np.ndarray:
    """Whole numbers −5 … 5, never 0, for it would not be seen: (out_channels,)."""
    draws = [np.random.default_rng([seed, 4, m]) for m in range(out_channels)]
    return np.array([draw.integers(1, 6) * draw.choice([-1.0, 1.0]) for draw in draws])


def _tile(pattern: np.ndarray, height: int, width: int) -> np.ndarray:
    rows, columns = np.arange(height) % pattern.shape[0], np.arange(width) % pattern.shape[1]
    return pattern[np.ix_(rows, columns)]


@lru_cache(maxsize=64)  # of 28×28, read only; a slider moves many times over one digit
def _digit(digit: int, seed: int) -> np.ndarray:
    images, labels = draw_digits(20, seed)  # labels are balanced: two of each
    return images[np.flatnonzero(labels == digit)[0]] / 255.0


def resample(image: np.ndarray, height: int, width: int) -> np.ndarray:
    """Area average where it gets smaller, repeated where it gets larger: (H, W) -> (height, width)."""
    return _overlap(image.shape[0], height) @ image @ _overlap(image.shape[1], width).T


def _overlap(old: int, new: int) -> np.ndarray:
    """The share of each old cell in each new one: (new, old), rows sum to 1."""
    edges_new, edges_old = np.linspace(0, old, new + 1), np.arange(old + 1)
    upper = np.minimum(edges_new[1:, None], edges_old[None, 1:])
    lower = np.maximum(edges_new[:-1, None], edges_old[None, :-1])
    return np.clip(upper - lower, 0, None) * new / old


def _binomial(size: int) -> np.ndarray:
    """1; 1 1; 1 2 1; 1 3 3 1; …: the smoothing half of Gaussian and Sobel kernels."""
    row = np.ones(1)
    for _ in range(size - 1):
        row = np.convolve(row, [1, 1])
    return row


def _difference(size: int) -> np.ndarray:
    """0; -1 1; -1 0 1; -1 -1 1 1; …: the derivative half of a Sobel kernel; one cell has no neighbour."""
    return np.convolve(_binomial(size - 1), [-1, 1]) if size > 1 else np.zeros(1)


def _cross(height: int, width: int) -> tuple[np.ndarray, np.ndarray]:
    """Identity (1 in the middle) and Laplacian (1 along the middle row and column, minus their number there)."""
    middle = (height - 1) // 2, (width - 1) // 2
    identity, laplacian = np.zeros((height, width)), np.zeros((height, width))
    identity[middle] = 1
    laplacian[middle[0], :] = laplacian[:, middle[1]] = 1
    laplacian[middle] = -(height + width - 2)
    return identity, laplacian
