"""A curve that grows for ever in bounded memory: every extreme is kept, nothing is invented."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from explorer.core import limits

SMOOTH_STEPS = 50  # of the smoothed curve: an exponential mean whose weights add up to as many steps


def evenly_spaced(items: Sequence[Any], most: int) -> list[Any]:
    """The first, the last, and what is evenly between them, where there are more than ``most``."""
    if len(items) <= most:
        return list(items)
    return [items[place * (len(items) - 1) // (most - 1)] for place in range(most)]


@dataclass
class _Stretch:
    """``count`` neighbouring steps: their extremes and where these are, and the smoothed value at the end."""

    low: float
    low_at: int
    high: float
    high_at: int
    smooth: float
    last_at: int

    def join(self, later: "_Stretch") -> None:
        if later.low < self.low or math.isnan(self.low):
            self.low, self.low_at = later.low, later.low_at
        if later.high > self.high or math.isnan(self.high):
            self.high, self.high_at = later.high, later.high_at
        self.smooth, self.last_at = later.smooth, later.last_at


class Series:
    """One value a step, kept as at most ``most`` points: the smallest and the largest of equal stretches of steps.

    While there are no more than ``most`` / 2 steps, every one of them is a point.
    """

    def __init__(self, most: int = limits.MAX_POINTS_DRAWN) -> None:
        self.step = 0
        self._most, self._width = most // 2, 1
        self._stretches: list[_Stretch] = []
        self._mean, self._weight = 0.0, 0.0

    def extend(self, values: Iterable[float], step: int | None = None) -> None:
        """Adds a value for each next step; ``step`` says which step the first of them is, where some are left out."""
        at = self.step + 1 if step is None else step
        for at, value in enumerate(values, at):  # noqa: B020 - it is to end at the last one
            self._add(at, value)
            self.step = at

    def points(self) -> tuple[list[int], list[float]]:
        """(steps, values), extremes in the order of their steps; at most ``most``."""
        pairs = [
            pair
            for part in self._stretches
            for pair in sorted({(part.low_at, part.low), (part.high_at, part.high)}, key=lambda pair: pair[0])
        ]
        return [step for step, _ in pairs], [value for _, value in pairs]

    def smoothed(self) -> tuple[list[int], list[float]]:
        """(steps, values) of the exponential mean, at most ``most`` / 2; it is the first value at the first step."""
        return [part.last_at for part in self._stretches], [part.smooth for part in self._stretches]

    @property
    def last(self) -> float | None:
        """The smoothed value now; None before the first step."""
        return self._stretches[-1].smooth if self._stretches else None

    def _add(self, step: int, value: float) -> None:
        if math.isfinite(value):
            keep = 1 - 1 / SMOOTH_STEPS
            self._mean, self._weight = keep * self._mean + value, keep * self._weight + 1
        smooth = self._mean / self._weight if math.isfinite(value) else math.nan  # a gap, as the value itself
        part = _Stretch(value, step, value, step, smooth, step)
        if self._stretches and (step - 1) // self._width == (self._stretches[-1].last_at - 1) // self._width:
            self._stretches[-1].join(part)
            return
        self._stretches.append(part)
        if len(self._stretches) > self._most:
            self._halve()

    def _halve(self) -> None:
        self._width *= 2
        halved: list[_Stretch] = []
        for part in self._stretches:
            if halved and (part.last_at - 1) // self._width == (halved[-1].last_at - 1) // self._width:
                halved[-1].join(part)
            else:
                halved.append(part)
        self._stretches = halved
