"""Was it worth it? A point for each run: how much it cost, and how many test digits it reads."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from explorer.figures.labels import GAP, place, wrap

HEIGHT = 340  # px, as wide as its place
MARGIN = {"l": 56, "r": 12, "t": 12, "b": 48}
NARROW = 290  # px: the plot on a phone of 390 px; words that have room here have it in a wider one
DECADE = 10.0  # from this ratio on the x axis is logarithmic
SYMBOLS = {  # a run's marker -> plotly's name for it
    "circle": "circle",
    "square": "square",
    "diamond": "diamond",
    "up": "triangle-up",
    "down": "triangle-down",
    "left": "triangle-left",
    "right": "triangle-right",
    "plus": "cross",
}


@dataclass(frozen=True)
class Point:
    """One run: ``cost`` >= 0 in whatever is counted, ``accuracy`` 0..1, ``color`` as plotly takes it."""

    name: str
    cost: float
    accuracy: float
    color: str
    marker: str


@dataclass(frozen=True)
class Axis:
    """One axis: where it begins and ends, in decades where ``log``."""

    first: float
    last: float
    log: bool = False

    def at(self, value: float) -> float:
        """``value`` as plotly places words by it."""
        return math.log10(value) if self.log else value

    def share(self, value: float) -> float:
        """How far along the axis ``value`` is, 0..1."""
        return (self.at(value) - self.first) / (self.last - self.first)


def cost_figure(points: Sequence[Point], *, cost: str, accuracy: str, ink: str) -> go.Figure:
    """Accuracy over cost; higher and further left is better.

    ``cost`` and ``accuracy`` are what the axes are called, ``ink`` is the colour of words.

    The x axis begins at 0, or is logarithmic where the costs span a decade. Raises ValueError without a point.
    """
    if not points:
        raise ValueError("a picture of cost needs a point")
    x, y = cost_axis([point.cost for point in points]), accuracy_axis([point.accuracy for point in points])
    figure = go.Figure([_trace(point, cost, accuracy) for point in points])
    figure.update_layout(
        height=HEIGHT, margin=MARGIN, showlegend=False, dragmode=False, annotations=_words(points, x, y, ink)
    )
    # Fixed: a finger that lies on it scrolls the page.
    plain = {"fixedrange": True, "zeroline": False, "tickfont": {"color": ink, "size": 12}}
    title = {"text": cost, "font": {"color": ink, "size": 12}}
    figure.update_xaxes(title=title, range=(x.first, x.last), showline=True, linecolor=ink, **plain, **_ticks(x))
    figure.update_yaxes(range=(y.first, y.last), tickformat="~%", nticks=6, **plain)
    return figure


def cost_axis(costs: Sequence[float]) -> Axis:
    """From 0, so that half the cost is half as far; in decades where the dearest costs ten times the cheapest."""
    if min(costs) > 0 and max(costs) / min(costs) >= DECADE:
        first, last = math.log10(min(costs)), math.log10(max(costs))
        return Axis(first - 0.1 * (last - first), last + 0.1 * (last - first), log=True)
    return Axis(0.0, 1.08 * max(costs) or 1.0)


def accuracy_axis(accuracies: Sequence[float]) -> Axis:
    """Around the accuracies, at least two points of a hundred: less would make much of chance."""
    middle, half = (max(accuracies) + min(accuracies)) / 2, max(0.02, max(accuracies) - min(accuracies)) / 2
    return Axis(middle - 1.3 * half, middle + 1.3 * half)


def _ticks(axis: Axis) -> dict[str, object]:
    if not axis.log:
        return {"tickformat": ",", "nticks": 6}
    steps = (1,) if axis.last - axis.first > 2 else (1, 2, 5)
    values = [step * 10.0**power for power in range(math.floor(axis.first), math.ceil(axis.last)) for step in steps]
    shown = [value for value in values if 0 <= axis.share(value) <= 1]
    return {"type": "log", "tickvals": shown, "ticktext": [f"{value:,.12g}" for value in shown]}


def _trace(point: Point, cost: str, accuracy: str) -> go.Scatter:
    value = f"{point.cost:,.1f}".removesuffix(".0")
    return go.Scatter(
        x=[point.cost],
        y=[point.accuracy],
        name=point.name,
        mode="markers",
        marker={"color": point.color, "symbol": SYMBOLS[point.marker], "size": 12, "opacity": 1},
        hovertemplate=f"{point.name}<br>{accuracy}: {point.accuracy:.2%}<br>{cost}: {value}<extra></extra>",
        cliponaxis=False,
    )


def _words(points: Sequence[Point], x: Axis, y: Axis, ink: str) -> list[dict[str, object]]:
    """Each name beside its point, with a line to it where it had to make room."""
    height = HEIGHT - MARGIN["t"] - MARGIN["b"]
    pixels = [(NARROW * x.share(point.cost), height * (1 - y.share(point.accuracy))) for point in points]
    texts = [wrap(point.name) for point in points]
    return [
        {
            "x": x.at(point.cost),
            "y": point.accuracy,
            "text": "<br>".join(lines),
            "font": {"color": ink, "size": 12},
            "align": "left" if where.side > 0 else "right",
            "xanchor": "left" if where.side > 0 else "right",
            "borderpad": 0,
            "ax": where.side * GAP,
            "ay": where.down,
            "showarrow": True,
            "arrowhead": 0,
            "arrowcolor": point.color if where.down else "rgba(0,0,0,0)",
        }
        for point, lines, where in zip(points, texts, place(pixels, texts, (NARROW, height)), strict=True)
    ]
