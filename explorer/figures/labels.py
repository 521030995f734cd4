"""Words beside points, none over another and none over a point: where each of them finds room."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

LINE, GAP = 15.0, 10.0  # px: a line of text, and the distance from a point's centre to its words
EM, MARK = 6.6, 8.0  # px: a Latin letter of 12 px, taken wide; a point's half size
STEP = 5.0  # px by which words are moved until they are free
MOST_LETTERS, MOST_LINES = 20, 2  # a narrow phone's plot has room for as much beside a point in its middle


@dataclass(frozen=True)
class Place:
    """Beside which side of its point words stand, 1 right and -1 left, and how far below it (px, negative above)."""

    side: int
    down: float


def wrap(name: str) -> list[str]:
    """``name`` in at most two lines of at most 20 letters (a Chinese sign counts as two).

    Broken at a comma where that is enough, else between words; what is longer ends in "…".
    """
    for pieces in (_pieces(name, (", ", "、")), _pieces(name, (" ", "、"))):
        lines = _filled(pieces)
        if len(lines) <= MOST_LINES and all(letters(line) <= MOST_LETTERS for line in lines):
            return lines
    rest = " ".join(lines[MOST_LINES - 1 :])
    return [*map(_cut, lines[: MOST_LINES - 1]), _cut(rest)]


@lru_cache(maxsize=1024)  # words are tried in many places
def letters(text: str) -> int:
    """How many Latin letters are as wide as ``text``."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def place(
    points: Sequence[tuple[float, float]], texts: Sequence[Sequence[str]], size: tuple[float, float]
) -> list[Place]:
    """A place for each of ``texts`` (lines) beside its point (x, y from the top left, px) in a plot of ``size`` px.

    Words point to the plot's middle, so that what is free in this plot stays free in a wider one. Where no place is
    free they stand as near as they can.
    """
    taken = [Box(x, x - MARK, y - MARK, x + MARK, y + MARK) for x, y in points]
    places = {}
    for number in sorted(range(len(points)), key=lambda n: points[n][1]):
        side = 1 if points[number][0] < size[0] / 2 else -1
        boxes = {down: _box(points[number], texts[number], side, down) for down in _moves(size[1])}
        inside = {down: box for down, box in boxes.items() if box.top >= 0 and box.bottom <= size[1]} or boxes
        down = next((down for down, box in inside.items() if not any(_meet(box, other) for other in taken)), 0.0)
        taken.append(boxes[down])
        places[number] = Place(side, down)
    return [places[number] for number in range(len(points))]


class Box(NamedTuple):
    """Where a mark or words lie (px) that move with their point at ``x`` when the plot is drawn wider."""

    x: float
    left: float
    top: float
    right: float
    bottom: float


def _moves(height: float) -> list[float]:
    steps = range(1, int(height / STEP) + 1)
    return [0.0, *(sign * STEP * step for step in steps for sign in (1, -1))]


def _box(point: tuple[float, float], lines: Sequence[str], side: int, down: float) -> Box:
    near, width = point[0] + side * GAP, EM * max(map(letters, lines))
    half, y = LINE * len(lines) / 2, point[1] + down
    return Box(point[0], min(near, near + side * width), y - half, max(near, near + side * width), y + half)


def _meet(one: Box, other: Box) -> bool:
    """Here or in some wider plot, in which the point further right draws away with all that is its own."""
    if one.bottom <= other.top or other.bottom <= one.top:
        return False
    if one.x == other.x:
        return one.left < other.right and other.left < one.right
    first, second = (one, other) if one.x < other.x else (other, one)
    return first.right > second.left


def _pieces(name: str, ends: Sequence[str]) -> list[str]:
    """``name`` cut after each of ``ends``."""
    for end in ends:
        name = name.replace(end, f"{end}\0")
    return name.split("\0")


def _filled(pieces: Sequence[str]) -> list[str]:
    lines = [""]
    for piece in pieces:
        if lines[-1] and letters((lines[-1] + piece).rstrip()) > MOST_LETTERS:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def _cut(line: str) -> str:
    if letters(line) <= MOST_LETTERS:
        return line
    while letters(line) > MOST_LETTERS - 1:
        line = line[:-1]
    return line + "…"
