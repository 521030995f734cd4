"""Images a second over the batch size, both in powers: a line for each device."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

import plotly.graph_objects as go

from explorer.figures.cost import SYMBOLS

HEIGHT = 320  # px, as wide as its place
MARGIN = {"l": 64, "r": 12, "t": 12, "b": 52}
ROOM = 1.6  # factor above and below the curves


@dataclass(frozen=True)
class DeviceLine:
    """One device: ``points`` are (batch size, images a second), both above 0; ``marker`` is one of SYMBOLS."""

    name: str
    points: Sequence[tuple[int, float]]
    color: str
    marker: str


def throughput_figure(lines: Sequence[DeviceLine], *, size: str, rate: str, ink: str) -> go.Figure:
    """Twice the batch is the same way everywhere, and so is twice the speed; ``size`` and ``rate`` name the axes.

    ``ink`` is the colour of words. Raises ValueError without a point.
    """
    points = [point for line in lines for point in line.points]
    if not points:
        raise ValueError("a picture of throughput needs a point")
    sizes, rates = sorted({point[0] for point in points}), [point[1] for point in points]
    figure = go.Figure([_trace(line, size, rate) for line in lines])
    figure.update_layout(height=HEIGHT, margin=MARGIN, dragmode=False, showlegend=len(lines) > 1)
    figure.update_layout(legend={"font": {"color": ink, "size": 12}, "itemclick": False, "itemdoubleclick": False})
    plain = {"type": "log", "fixedrange": True, "zeroline": False, "tickfont": {"color": ink, "size": 12}}
    words = {"color": ink, "size": 12}
    decades = [10**power for power in range(8) if min(rates) / ROOM <= 10**power <= max(rates) * ROOM]
    figure.update_xaxes(
        title={"text": size, "font": words},
        tickvals=sizes,
        ticktext=[f"{number:,}" for number in sizes],
        showline=True,
        linecolor=ink,
        **plain,
    )
    figure.update_yaxes(
        title={"text": rate, "font": words},
        tickvals=decades,
        ticktext=[f"{number:,}" for number in decades],
        range=_decades(min(rates) / ROOM, max(rates) * ROOM),
        **plain,
    )
    return figure


def _trace(line: DeviceLine, size: str, rate: str) -> go.Scatter:
    return go.Scatter(
        x=[point[0] for point in line.points],
        y=[point[1] for point in line.points],
        name=line.name,
        mode="lines+markers",
        line={"color": line.color, "width": 2},
        marker={"color": line.color, "symbol": SYMBOLS[line.marker], "size": 10},
        hovertemplate=f"{size}: %{{x:,}}<br>{rate}: %{{y:,.0f}}<extra></extra>",
        cliponaxis=False,
    )


def _decades(lowest: float, highest: float) -> tuple[float, float]:
    return log10(lowest), log10(highest)
