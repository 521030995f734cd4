"""A small picture in colour that the project draws itself: sky, sun, hill and a house."""

from functools import cache

import numpy as np

SIDE = 96  # drawn larger than it is shown: averaged down, its edges are smooth

SUN, HILL, WALL, ROOF, DOOR, WINDOW = (
    (1.0, 0.85, 0.2),
    (0.25, 0.6, 0.25),
    (0.95, 0.92, 0.85),
    (0.8, 0.2, 0.15),
    (0.45, 0.25, 0.1),
    (0.3, 0.45, 0.7),
)  # red, green, blue


@cache
def sample_picture() -> np.ndarray:
    """(3, SIDE, SIDE) in 0 … 1: red, green and blue. Each channel shows something that the others hide."""
    y, x = (np.arange(SIDE) + 0.5)[:, None] / SIDE, (np.arange(SIDE) + 0.5)[None, :] / SIDE
    picture = np.stack([0.35 + 0.5 * y + 0 * x, 0.6 + 0.3 * y + 0 * x, 0.95 - 0.1 * y + 0 * x])  # the sky
    for colour, place in (
        (SUN, np.hypot(x - 0.76, y - 0.22) < 0.13),
        (HILL, y > 0.72 + 0.12 * np.sin(4.5 * x + 2.6)),
        (WALL, (abs(x - 0.36) < 0.2) & (abs(y - 0.7) < 0.17)),
        (ROOF, (y < 0.54) & (abs(x - 0.36) < 1.25 * (y - 0.33))),
        (DOOR, (abs(x - 0.28) < 0.055) & (abs(y - 0.765) < 0.105)),
        (WINDOW, (abs(x - 0.45) < 0.055) & (abs(y - 0.68) < 0.055)),
    ):
        picture[:, place] = np.array(colour)[:, None]
    picture.flags.writeable = False  # one array for all
    return picture
