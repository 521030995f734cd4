"""Long curves on their way to the browser, in few bytes; ``series.js`` unpacks them.

As JSON 1,200 values of six digits take 12 kB, their steps 6, at each of two updates a second.
"""

import math
from base64 import b64encode
from collections.abc import Sequence

import numpy as np

from explorer.components.live_curves.message import PackedSteps, PackedValues

FEW = 256  # numbers that go as they are: a curve that one reads, in tests too
_LARGEST = float(np.finfo(np.float32).max)


def packed_steps(x: Sequence[float]) -> list[float] | PackedSteps:
    """Ascending steps: as they are, or, where they are many and whole, each one's distance from the one before."""
    steps = np.asarray(x, float)
    if steps.size <= FEW or (steps != np.trunc(steps)).any():
        return [short_step(step) for step in steps.tolist()]
    return {"hops": np.diff(steps.astype(np.int64), prepend=0).tolist()}


def packed_values(y: Sequence[float | None]) -> list[float | None] | PackedValues:
    """Values, None where one is not finite: six digits of each, or, of many, 32 bits in base64, NaN for None."""
    values = np.asarray(y, float)
    finite = np.isfinite(values)
    if values.size <= FEW or np.abs(values[finite]).max(initial=0) > _LARGEST:
        return [_short_value(value) for value in values.tolist()]
    return {"float32": b64encode(np.where(finite, values, np.nan).astype("<f4").tobytes()).decode("ascii")}


def short_step(x: float) -> float:
    """A step exactly, a part of one to six digits."""
    return int(x) if x == int(x) else float(f"{x:.6g}")


def _short_value(y: float) -> float | None:
    # JSON knows neither nan nor infinity; six digits are more than any screen shows, and half the bytes.
    return float(f"{y:.6g}") if math.isfinite(y) else None
