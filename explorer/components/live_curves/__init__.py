"""Curves that grow while a network trains, drawn in the browser: numbers in, nothing back.

The browser keeps the learner's zoom and cursor while new numbers arrive; Python keeps none of it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from streamlit.components.v2 import component

from explorer.components.files import script
from explorer.components.live_curves.message import (
    WORDS,
    ChartMessage,
    CurveMessage,
    CurvesMessage,
    CurveStyle,
    Dash,
    Marker,
)
from explorer.components.live_curves.series import packed_steps, packed_values, short_step
from explorer.components.words import needed
from explorer.core.limits import MAX_POINTS_DRAWN

MOST_MARKS = 50
COLORS = ("blue", "orange", "green", "purple", "red", "grey")  # dash 0 … 5 go with them where lines are many

_COMPONENT = component("live_curves", js=script("live_curves/live_curves.js"))


@dataclass(frozen=True)
class Curve:
    """One line: ``y[i]`` was measured at step ``x[i]``; ``y`` that is None, nan or infinite is a gap.

    ``style``: "raw" thin and pale, "smooth" bold, "points" a marker at each value, "plan" thin and not yet measured.
    ``dash`` is one of eight patterns, 0 for none. With a ``marker`` of its own ``color`` is "#rrggbb", the line ends in
    the marker, and its sample in the legend shows both.
    Raises ValueError if the lengths differ, ``x`` falls, or there are more than MAX_POINTS_DRAWN points.
    """

    label: str
    x: Sequence[float]
    y: Sequence[float | None]
    style: CurveStyle = "smooth"
    color: str = "blue"
    dash: Dash = 0
    marker: Marker | None = None

    def __post_init__(self) -> None:
        if len(self.x) != len(self.y):
            raise ValueError(f"curve {self.label!r} has {len(self.x)} x but {len(self.y)} y")
        if len(self.x) > MAX_POINTS_DRAWN:
            raise ValueError(f"curve {self.label!r}: {len(self.x)} points, more than {MAX_POINTS_DRAWN}")
        if np.any(np.diff(self.x) < 0):
            raise ValueError(f"curve {self.label!r} goes back in x")


@dataclass(frozen=True)
class Chart:
    """One pair of axes. ``y_format`` "percent" takes y in 0..1 and writes 98.41%.

    ``y_range`` None lets the axis grow with the numbers (losses from 0 up, percentages from 100% down).
    ``log_switch`` offers a logarithmic y axis, with which the chart begins where ``log``; ``empty`` replaces
    words["empty"] while there is no point. ``note`` is what must be known to read it, a line beneath.
    """

    title: str
    curves: Sequence[Curve]
    y_format: Literal["loss", "percent"] = "loss"
    y_range: tuple[float, float] | None = None
    log_switch: bool = False
    log: bool = False
    empty: str = ""
    note: str = ""


def live_curves(
    charts: Sequence[Chart],
    *,
    x_max: float,
    x_label: str,
    words: Mapping[str, str],
    key: str,
    x_marks: Sequence[float] = (),
    marks: Sequence[tuple[float, str]] = (),
    x_whole: bool = True,
) -> None:
    """Draw ``charts`` side by side (beneath each other on a phone) over one x axis from 0 to ``x_max`` steps.

    ``x_marks`` (steps) are faint vertical lines: the ends of epochs. ``marks`` are dashed ones with a word each, the
    last MOST_MARKS of them: what was changed at that step. ``words`` holds what WORDS names, in the page's language.
    ``x_whole`` says that nothing lies between two whole numbers of the x axis; between two seconds there does.
    A new ``x_max`` resets the learner's zoom; new points do not.
    Raises ValueError for an ``x_max`` that is not above 0 or for missing words.
    """
    if not (math.isfinite(x_max) and x_max > 0):
        raise ValueError(f"x_max {x_max} must be a finite number above 0")
    data: CurvesMessage = {
        "charts": [_chart(chart) for chart in charts],
        "x_max": x_max,
        "x_label": x_label,
        "x_marks": [short_step(x) for x in x_marks],
        "x_whole": x_whole,
        "marks": [{"x": short_step(x), "label": label} for x, label in marks[-MOST_MARKS:]],
        "words": needed(words, WORDS),
    }
    _COMPONENT(key=key, data=[data])  # in a list, as the cell inspector explains


def _chart(chart: Chart) -> ChartMessage:
    # Two curves over the same steps (a loss and its mean) share one x: a third of the bytes.
    pairs = zip([None, *chart.curves], chart.curves, strict=False)
    return {
        "title": chart.title,
        "curves": [_curve(curve, previous) for previous, curve in pairs],
        "y_format": chart.y_format,
        "y_range": chart.y_range,
        "log_switch": chart.log_switch,
        "log": chart.log,
        "empty": chart.empty,
        "note": chart.note,
    }


def _curve(curve: Curve, previous: Curve | None) -> CurveMessage:
    shared = previous is not None and np.array_equal(previous.x, curve.x)
    return {
        "label": curve.label,
        "x": None if shared else packed_steps(curve.x),
        "y": packed_values(curve.y),
        "style": curve.style,
        "color": curve.color,
        "dash": curve.dash,
        "marker": curve.marker,
    }
