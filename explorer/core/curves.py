"""Long series made short enough to draw: every extreme kept, nothing invented."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np


def thin(values: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    """(steps, values) of at most ``most`` points: each stretch keeps its smallest and its largest value, in order.

    Steps count from 1. A series that is short enough is returned whole.
    """
    steps = np.arange(1, len(values) + 1)
    if len(values) <= most:
        return steps, values
    edges = np.linspace(0, len(values), most // 2 + 1).astype(int)
    kept = [start + np.unique([part.argmin(), part.argmax()]) for start, part in _stretches(values, edges)]
    index = np.concatenate(kept)
    return steps[index], values[index]


def smooth(values: np.ndarray, width: int) -> np.ndarray:
    """The mean of each value and the ``width − 1`` before it (fewer at the beginning): same length."""
    total = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    end = np.arange(1, len(values) + 1)
    start = np.maximum(0, end - width)
    return (total[end] - total[start]) / (end - start)


def sample(values: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    """(steps, values) at ``most`` evenly spread places, the last one included: for a series that is smooth already."""
    index = np.unique(np.linspace(0, len(values) - 1, min(most, len(values))).astype(int)) if len(values) else []
    index = np.asarray(index, int)
    return index + 1, values[index]


def _stretches(values: np.ndarray, edges: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    return ((start, values[start:end]) for start, end in pairwise(edges))
