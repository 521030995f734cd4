"""Where the explorer pages' numbers come from: inputs and kernels by name, at any size."""

import numpy as np

from explorer.core.digits import draw_digits

# The lecture's worked example.
EXAMPLE = np.array([[3, 4, 6, 5, 7], [2, 4, 6, 8, 2], [1, 6, 7, 8, 4], [9, 7, 4, 6, 2], [3, 7, 5, 4, 1]], float)

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
    return _resample(_digit(digit, seed), height, width).round(2)


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


def _tile(pattern: np.ndarray, height: int, width: int) -> np.ndarray:
    rows, columns = np.arange(height) % pattern.shape[0], np.arange(width) % pattern.shape[1]
    return pattern[np.ix_(rows, columns)]


def _digit(digit: int, seed: int) -> np.ndarray:
    images, labels = draw_digits(20, seed)  # labels are balanced: two of each
    return images[np.flatnonzero(labels == digit)[0]] / 255.0


def _resample(image: np.ndarray, height: int, width: int) -> np.ndarray:
    """Area average: (H, W) -> (height, width)."""
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
