"""What the browser gets of live curves; messages.d.ts says the same to its scripts."""

from typing import Literal, TypedDict

WORDS = (
    *("empty", "keys_hint", "log_scale", "reset_zoom", "reset_zoom_disabled", "x_marks"),
    *("zoom_hint", "zoom_hint_touch"),
)
Marker = Literal["circle", "square", "diamond", "up", "down", "left", "right", "plus"]
CurveStyle = Literal["raw", "smooth", "points", "plan"]
Dash = Literal[0, 1, 2, 3, 4, 5, 6, 7]


class PackedSteps(TypedDict):
    """Many whole steps; see series.py."""

    hops: list[int]


class PackedValues(TypedDict):
    """Many values; see series.py."""

    float32: str


class CurveMessage(TypedDict):
    """A Curve; ``x`` is None where the curve before it has the same steps."""

    label: str
    x: list[float] | PackedSteps | None
    y: list[float | None] | PackedValues
    style: CurveStyle
    color: str
    dash: Dash
    marker: Marker | None


class ChartMessage(TypedDict):
    """A Chart."""

    title: str
    curves: list[CurveMessage]
    y_format: Literal["loss", "percent"]
    y_range: tuple[float, float] | None
    log_switch: bool
    log: bool
    empty: str
    note: str


class MarkMessage(TypedDict):
    """What was changed at step ``x``."""

    x: float
    label: str


class CurvesMessage(TypedDict):
    """All that live curves get."""

    charts: list[ChartMessage]
    x_max: float
    x_label: str
    x_marks: list[float]
    x_whole: bool
    marks: list[MarkMessage]
    words: dict[str, str]
