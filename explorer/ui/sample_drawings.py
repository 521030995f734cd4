"""Drawings that one can begin with: the ten digits as a hand writes them."""

from functools import cache

import numpy as np

from explorer.components.inside.message import Strokes
from explorer.core.data.digits import VARIANTS

_MARGIN = 0.2  # of the pad, on each side
_EVERY = 3  # of the path's points: the pen is smooth all the same


@cache
def sample_drawings() -> list[Strokes]:
    """The usual way of writing each, as strokes between 0 and 1 across the pad."""
    return [_drawing(digit) for digit in VARIANTS]


def _drawing(digit: int) -> Strokes:
    variant = VARIANTS[digit][0]
    path = variant.blend @ variant.controls * (1 - 2 * _MARGIN) + _MARGIN  # (samples, 2)
    lifted = np.flatnonzero(variant.inked == 0) + 1
    strokes = [stroke[::_EVERY] for stroke in np.split(path.round(3), lifted)]
    return [[(float(x), float(y)) for x, y in stroke] for stroke in strokes]
