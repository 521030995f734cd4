"""Drawings for the pad: handwriting.txt's ways of writing the digits, each by several hands."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("handwriting.txt")
BETWEEN = 2  # steps from one of the file's points to the next, of a pen that is not in a hurry


@dataclass(frozen=True)
class Hand:
    """How a way of writing comes onto the pad, which is 1 wide and high.

    ``size`` is what the paper's side becomes, ``left`` and ``top`` where it lies; ``slant`` leans to the right,
    ``wobble`` is how far a point strays; a hand in a ``hurry`` leaves the file's points alone.
    """

    size: float
    left: float
    top: float
    slant: float = 0.0
    wobble: float = 0.0
    hurry: bool = False


HANDS = {
    "steady": Hand(0.6, 0.2, 0.2),
    "small, in a corner": Hand(0.25, 0.02, 0.72),
    "large": Hand(0.95, 0.02, 0.02),
    "slanted": Hand(0.55, 0.3, 0.25, slant=0.25),
    "wobbly": Hand(0.7, 0.12, 0.18, wobble=0.02),
    "hasty": Hand(0.5, 0.4, 0.1, hurry=True),
}


@dataclass(frozen=True)
class Drawing:
    """Strokes, arrays (points, 2) of x and y between 0 and 1, the digit that they are, and its way of writing."""

    digit: int
    way: str
    strokes: list[np.ndarray]


def drawings(hand: str) -> list[Drawing]:
    """Each way by one of the hands, always the same ones."""
    random = np.random.default_rng(0)
    made = []
    for line in FILE.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        digit, way, points = line.split(maxsplit=2)
        paths = [[point.split(",") for point in stroke.split()] for stroke in points.split("/")]
        strokes = [_by(HANDS[hand], np.array(path, float) / 100, random) for path in paths]
        made.append(Drawing(int(digit), way, strokes))
    return made


def _by(hand: Hand, stroke: np.ndarray, random: np.random.Generator) -> np.ndarray:
    stroke = stroke + random.normal(0, 1, stroke.shape) * hand.wobble
    path = stroke if hand.hurry else _smooth(stroke)
    leaning = path @ np.array([[1, 0], [-hand.slant, 1]])
    return np.clip(leaning * hand.size + (hand.left, hand.top), 0.01, 0.99)


def _smooth(points: np.ndarray) -> np.ndarray:
    """A Catmull-Rom curve through the points."""
    before, after = 2 * points[0] - points[1], 2 * points[-1] - points[-2]
    all_points = np.vstack([before, points, after])
    share = (np.arange(BETWEEN) / BETWEEN)[:, None]
    parts = []
    for p, q, r, s in zip(all_points, all_points[1:], all_points[2:], all_points[3:], strict=False):
        bend = (2 * p - 5 * q + 4 * r - s) * share**2 + (3 * q - p - 3 * r + s) * share**3
        parts.append(q + ((r - p) * share + bend) / 2)
    return np.vstack([*parts, points[-1:]])
