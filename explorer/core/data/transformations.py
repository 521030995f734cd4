"""What may happen to a digit before it is read: seven transformations of its ink, each by one number.

The browser does the same to the digit in view, in components/inside/breaking/transforms.js; a test holds the two
together. They are done in one order: the pen; scaling, rotating and shifting in one go; inverting; noise.
"""

from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

import numpy as np

SIDE = 28  # pixels of an image
PIXELS = SIDE * SIDE
CENTRE = (SIDE - 1) / 2  # the image's middle: of its first pixel, counted from 0, the centre is 0
POINTS = 11  # of a curve


class Range(NamedTuple):
    """What a transformation's number may be; ``neutral`` changes nothing."""

    lowest: float
    highest: float
    neutral: float = 0

    def amounts(self) -> list[float]:
        """The POINTS at which accuracy is measured, from the lowest to the highest; the neutral one is among them."""
        return np.linspace(self.lowest, self.highest, POINTS).round(6).tolist()


TRANSFORMATIONS = {
    "right": Range(-10, 10),  # pixels
    "down": Range(-10, 10),  # pixels
    "rotate": Range(-75, 75),  # degrees, clockwise
    "scale": Range(0.5, 1.5, 1),  # times as large
    "thicken": Range(-1, 1.5),  # pixels that the line gains on each side, or loses
    "noise": Range(0, 1),  # standard deviation, of ink from 0 to 1
    "invert": Range(0, 1),  # the share of what a negative would be
}


@dataclass(frozen=True)
class Amounts:
    """One number for each of TRANSFORMATIONS; by themselves they change nothing."""

    right: float = 0
    down: float = 0
    rotate: float = 0
    scale: float = 1
    thicken: float = 0
    noise: float = 0
    invert: float = 0

    def __post_init__(self) -> None:
        for name, amount in asdict(self).items():
            lowest, highest, _ = TRANSFORMATIONS[name]
            if not lowest <= amount <= highest:
                raise ValueError(f"{name} {amount} is outside {lowest} … {highest}")

    @property
    def moves(self) -> bool:
        """Whether pixels come from other places than their own."""
        return (self.right, self.down, self.rotate, self.scale) != (0, 0, 0, 1)


def transformed(images: np.ndarray, amounts: Amounts, first: int = 0) -> np.ndarray:
    """Ink, float32 (N, 28, 28), 0 for paper to 1, as it is after the transformations: a new array, clipped to 0 … 1.

    ``first`` is the first image's number in its data set: each number has noise of its own, always the same.
    """
    ink = thickened(images, amounts.thicken) if amounts.thicken else images
    ink = _moved(ink, amounts) if amounts.moves else ink
    if amounts.invert:
        ink = ink * np.float32(1 - 2 * amounts.invert) + np.float32(amounts.invert)
    if amounts.noise:
        ink = ink + np.float32(amounts.noise) * normal_noise(first, len(ink))
    return ink.clip(0, 1)


def thickened(images: np.ndarray, radius: float) -> np.ndarray:
    """As a pen that is ``radius`` pixels thicker would have drawn, its edge fading over a pixel; below 0, thinner."""
    return _spread(images, radius, 0) if radius >= 0 else 1 - _spread(1 - images, -radius, 1)


def _spread(images: np.ndarray, radius: float, outside: float) -> np.ndarray:
    """Each pixel as high as the highest within ``radius``; from there on, over one more pixel, these count less."""
    reach = int(np.ceil(radius))  # a pixel at radius + 1 counts nothing
    edge = ((0, 0), (reach, reach), (reach, reach))
    around = np.pad(images, edge, constant_values=outside)
    steps = range(-reach, reach + 1)
    places = sorted((x * x + y * y, y, x) for y in steps for x in steps)
    ink = images.copy()
    for square, ring in groupby(places, key=lambda place: place[0]):
        weight = min(1.0, radius + 1 - square**0.5)
        if square and weight > 0:  # all at one distance count the same
            parts = [around[:, reach + y : reach + y + SIDE, reach + x : reach + x + SIDE] for _, y, x in ring]
            np.maximum(ink, np.maximum.reduce(parts) * np.float32(weight), out=ink)
    return ink


def _moved(images: np.ndarray, amounts: Amounts) -> np.ndarray:
    """Scaled and rotated about the middle, then shifted; between pixels by the four around, beyond the edge paper."""
    flat = images.reshape(-1, PIXELS)
    taps = [(pixels, weights) for pixels, weights in _taps(amounts) if weights.any()]
    moved = np.zeros_like(flat)
    for pixels, weights in taps:
        moved += flat.take(pixels, axis=1) * weights
    return moved.reshape(images.shape)


def _taps(amounts: Amounts) -> list[tuple[np.ndarray, np.ndarray]]:
    """For the four pixels around where each pixel comes from: which one it is, and its share; each (PIXELS,)."""
    y, x = np.divmod(np.arange(PIXELS), SIDE)
    x, y = x - CENTRE - amounts.right, y - CENTRE - amounts.down
    cosine, sine = np.cos(np.radians(amounts.rotate)), np.sin(np.radians(amounts.rotate))
    column = (cosine * x + sine * y) / amounts.scale + CENTRE
    row = (cosine * y - sine * x) / amounts.scale + CENTRE
    left, top = np.floor(column).astype(int), np.floor(row).astype(int)
    return [
        _tap(top + down, left + right, (1 - np.abs(row - top - down)) * (1 - np.abs(column - left - right)))
        for down in (0, 1)
        for right in (0, 1)
    ]


def _tap(row: np.ndarray, column: np.ndarray, share: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    inside = (row >= 0) & (row < SIDE) & (column >= 0) & (column < SIDE)
    return np.where(inside, row * SIDE + column, 0), np.where(inside, share, 0).astype(np.float32)


@lru_cache(maxsize=8)  # each point of a curve asks for the same, 3 MB for 1,000 images; a part of them a thread
def normal_noise(first: int, count: int) -> np.ndarray:
    """Normal random numbers, float32 (count, 28, 28), for images ``first`` … in their data set; the same everywhere.

    Pixel p and pixel p + 392 of image n are one pair by Box and Muller's transform, from the hashes of
    784 n + 2 p and 784 n + 2 p + 1.
    """
    half = PIXELS // 2
    counters = np.arange(first * PIXELS, (first + count) * PIXELS, dtype=np.uint32)
    pairs = _hashed(counters).reshape(count, half, 2) / 2.0**32
    distance = np.sqrt(-2 * np.log(pairs[..., 0] + 0.5 / 2.0**32))
    angle = 2 * np.pi * pairs[..., 1]
    noise = np.concatenate([distance * np.cos(angle), distance * np.sin(angle)], axis=1)
    return noise.astype(np.float32).reshape(count, SIDE, SIDE)


def _hashed(counters: np.ndarray) -> np.ndarray:
    """32 bits that look random, for each of 32 (Chris Wellons's lowbias32); 0 would stay 0, so it begins elsewhere."""
    bits = counters + np.uint32(0x9E3779B9)
    bits = (bits ^ (bits >> np.uint32(16))) * np.uint32(0x7FEB352D)
    bits = (bits ^ (bits >> np.uint32(15))) * np.uint32(0x846CA68B)
    return bits ^ (bits >> np.uint32(16))
