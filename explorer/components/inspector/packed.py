"""Matrices on their way to the browser, in few bytes and to the last bit; ``packed.js`` unpacks them.

As JSON the lecture's 5×100×100 numbers take 250 kB, and 128×128 sevenths 340.
"""

from base64 import b64encode
from typing import Literal

import numpy as np

from explorer.components.inspector.message import Matrix

FEW = 256  # numbers that go as they are: a matrix that one reads, in tests too


def packed(values: np.ndarray) -> Matrix:
    """(H, W) finite numbers: lists where they are few, else bytes in base64.

    ``palette`` holds the different numbers as float64, ``cells`` for each cell its place in the palette, in ``bytes``
    1 or 2 each; where hardly a number comes twice the palette is the cells themselves, and ``bytes`` is 0.
    """
    if values.size <= FEW:
        return values.tolist()
    palette, places = np.unique(values, return_inverse=True)
    size: Literal[1, 2] = 1 if palette.size <= 1 << 8 else 2
    if palette.size > 1 << 16 or 8 * palette.size + size * values.size >= 8 * values.size:
        return {"columns": values.shape[1], "bytes": 0, "palette": _text(values, "<f8"), "cells": ""}
    cells = _text(places, f"<u{size}")
    return {"columns": values.shape[1], "bytes": size, "palette": _text(palette, "<f8"), "cells": cells}


def _text(values: np.ndarray, kind: str) -> str:
    return b64encode(values.astype(kind).tobytes()).decode("ascii")
