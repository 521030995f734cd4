"""The kernels on offer: their names on screen and their numbers, at any size; and weights for several channels."""

import numpy as np

from explorer.core.errors import mark

# Its name in a link -> its name on screen. ``make_kernel`` has the numbers.
KERNELS = {
    "example": mark("Worked example 1 … 9"),
    "identity": mark("Identity"),
    "box_blur": mark("Box blur"),
    "gaussian": mark("Gaussian"),
    "sharpen": mark("Sharpen"),
    "sobel_x": mark("Sobel x"),
    "sobel_y": mark("Sobel y"),
    "laplacian": mark("Laplacian"),
    "random": mark("Random"),
}


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
