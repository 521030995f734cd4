"""Was it worth it? A point for each run: how much it cost, and how many test digits it reads."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap

import plotly.graph_objects as go

PLOT_HEIGHT = 280  # px, as wide as its place
LEFT, RIGHT, TOP, BENEATH = 56, 12, 12, 56  # px around the plot; beneath it the axis' numbers and its name
LINE = 16  # px: a line of text in the legend
MOST_LETTERS = 40  # in a line of the legend: as many have room on a phone of 390 px
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
    """One run: its name as a learner wrote it, ``cost`` >= 0 in whatever is counted, ``accuracy`` 0..1, ``color`` as
    plotly takes it, ``marker`` one of SYMBOLS."""

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

    def share(self, value: float) -> float:
        """How far along the axis ``value`` is, 0..1."""
        return ((math.log10(value) if self.log else value) - self.first) / (self.last - self.first)


def cost_figure(points: Sequence[Point], *, cost: str, accuracy: str, ink: str) -> go.Figure:
    """Accuracy over cost; higher and further left is better. The legend beneath names the runs.

    ``cost`` and ``accuracy`` are what the axes are called, ``ink`` is the colour of words.

    The x axis begins at 0, or is logarithmic where the costs span a decade. Raises ValueError without a point.
    """
    if not points:
        raise ValueError("a picture of cost needs a point")
    x, y = cost_axis([point.cost for point in points]), accuracy_axis([point.accuracy for point in points])
    figure = go.Figure([_trace(point, cost, accuracy) for point in points])
    bottom = BENEATH + _legend_height(figure.data)
    figure.update_layout(
        height=TOP + PLOT_HEIGHT + bottom,
        margin={"l": LEFT, "r": RIGHT, "t": TOP, "b": bottom},
        dragmode=False,
        showlegend=True,
        legend=_legend(ink),
    )
    # Fixed: a finger that lies on it scrolls the page.
    plain = {"fixedrange": True, "zeroline": False, "tickfont": {"color": ink, "size": 12}}
    title = {"text": cost, "font": {"color": ink, "size": 12}}
    figure.update_xaxes(title=title, range=(x.first, x.last), showline=True, linecolor=ink, **plain, **_ticks(x))
    figure.update_yaxes(range=(y.first, y.last), tickformat="~%", nticks=6, **plain)
    return figure


def cost_axis(costs: Sequence[float]) -> Axis:
    """The x axis: from 0, so that half the cost is half as far; in decades where costs span a factor of ten."""
    if min(costs) > 0 and max(costs) / min(costs) >= DECADE:
        first, last = math.log10(min(costs)), math.log10(max(costs))
        return Axis(first - 0.1 * (last - first), last + 0.1 * (last - first), log=True)
    return Axis(0.0, 1.08 * max(costs) or 1.0)


def accuracy_axis(accuracies: Sequence[float]) -> Axis:
    """The y axis: around the accuracies, at least two points of a hundred, for less would make much of chance."""
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
        name=_legend_text(point.name),
        mode="markers",
        marker={"color": point.color, "symbol": SYMBOLS[point.marker], "size": 12, "opacity": 1},
        hovertemplate=f"{_as_html(point.name)}<br>{accuracy}: {point.accuracy:.2%}<br>{cost}: {value}<extra></extra>",
        cliponaxis=False,
    )


def _legend(ink: str) -> dict[str, object]:
    """Beneath the axis' name, a run a line; a click on it hides nothing."""
    return {
        "font": {"color": ink, "size": 12},
        "x": 0,
        "xanchor": "left",
        "yref": "container",
        "y": 0,
        "yanchor": "bottom",
        "itemclick": False,
        "itemdoubleclick": False,
    }


def _legend_height(traces: Sequence[go.Scatter]) -> int:
    """px: plotly leaves 3 between two entries and 3 around all."""
    return 6 + sum(LINE * (trace.name.count("<br>") + 1) + 3 for trace in traces)


def _legend_text(name: str) -> str:
    """``name``, which plotly takes for HTML, in at most two lines; what is longer ends in "…"."""
    letters = MOST_LETTERS if name.isascii() else MOST_LETTERS // 2  # a Chinese sign is as wide as two
    return "<br>".join(_as_html(line) for line in wrap(name, letters, max_lines=2, placeholder=" …"))


def _as_html(text: str) -> str:
    return escape(text, quote=False)
