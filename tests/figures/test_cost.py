"""Accuracy over cost: each run where its numbers are."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from explorer.components.run_looks import LOOKS
from explorer.figures.cost import (
    LINE,
    MOST_LETTERS,
    PLOT_HEIGHT,
    SYMBOLS,
    Point,
    accuracy_axis,
    cost_axis,
    cost_figure,
)

WORDS = {"cost": "Seconds", "accuracy": "Best accuracy", "ink": "#12181f"}


def points(*costs: float) -> list[Point]:
    return [
        Point(f"run {n}", cost, 0.97 + n / 1000, look.color, look.marker)
        for n, (cost, look) in enumerate(zip(costs, LOOKS, strict=False))
    ]


def test_each_run_is_a_point_with_its_name() -> None:
    """Its own colour, its own marker, its name in the legend."""
    figure = cost_figure(points(54.3, 72.4), **WORDS)
    assert [(54.3, 0.97), (72.4, 0.971)] == [(trace.x[0], trace.y[0]) for trace in figure.data]
    assert [(look.color, SYMBOLS[look.marker]) for look in LOOKS[:2]] == [
        (trace.marker.color, trace.marker.symbol) for trace in figure.data
    ]
    assert [(54.3, "run 0"), (72.4, "run 1")] == [(trace.x[0], trace.name) for trace in figure.data]
    assert figure.layout.showlegend
    assert "Seconds: 54.3" in figure.data[0].hovertemplate


def test_every_look_has_a_marker_of_its_own() -> None:
    """No two of plotly's are the same."""
    assert len({SYMBOLS[look.marker] for look in LOOKS}) == len(LOOKS)


def test_twice_the_cost_is_twice_as_far() -> None:
    """A linear axis begins at 0, also where nothing cost anything."""
    axis = cost_axis([20, 40])
    assert not axis.log
    assert axis.share(40) == pytest.approx(2 * axis.share(20))
    assert 0 == cost_axis([0, 0]).share(0)


def test_a_decade_makes_the_axis_logarithmic() -> None:
    """Its numbers are those that one counts in."""
    figure = cost_figure(points(2, 40), **WORDS)
    assert "log" == figure.layout.xaxis.type
    assert 40 == figure.data[1].x[0]
    assert figure.layout.xaxis.range[0] < math.log10(2) < math.log10(40) < figure.layout.xaxis.range[1]
    assert ("2", "5", "10", "20", "50") == figure.layout.xaxis.ticktext
    assert not cost_axis([2, 19]).log
    assert not cost_axis([0, 100]).log


def test_the_accuracies_axis_does_not_make_much_of_chance() -> None:
    """Two equal runs: at least two points of a hundred, and all within."""
    axis = accuracy_axis([0.982, 0.9821])
    assert axis.last - axis.first >= 0.02
    assert 0 < axis.share(0.982) < axis.share(0.9821) < 1


def test_a_finger_on_the_picture_scrolls_the_page() -> None:
    """Nothing is dragged or zoomed, and a touched name hides no run."""
    layout = cost_figure(points(1, 2), **WORDS).layout
    assert (False, False) == (layout.legend.itemclick, layout.legend.itemdoubleclick)
    assert (False, True, True) == (layout.dragmode, layout.xaxis.fixedrange, layout.yaxis.fixedrange)


def named(name: str) -> str:
    """The name as the legend has it."""
    return cost_figure([replace(points(1)[0], name=name)], **WORDS).data[0].name


def test_a_name_breaks_between_its_words() -> None:
    """In Chinese where its line is full; a short one does not break; signs of HTML are shown as they are."""
    assert "simple CNN, pixels in order" == named("simple CNN, pixels in order")
    assert "simple CNN, learning rate 0.001,<br>momentum 0.9" == named("simple CNN, learning rate 0.001, momentum 0.9")
    assert "简单 CNN、像素不打乱、2 轮" == named("简单 CNN、像素不打乱、2 轮")
    assert "&lt;b&gt; &amp; more" == named("<b> & more")


@given(some.text("ab ,、练习", max_size=120) | some.text("ab练", min_size=81, max_size=120))
def test_a_long_name_ends_in_dots(name: str) -> None:
    """It has two lines at most, none wider than a phone; and what is left out is not left out in silence."""
    lines = named(name).split("<br>")
    assert len(lines) <= 2
    assert all(sum(2 if sign in "练习、" else 1 for sign in line) <= MOST_LETTERS for line in lines)
    left_out = sum(map(len, "".join(lines).split())) < sum(map(len, name.split()))
    assert any(line.endswith("…") for line in lines) >= left_out


@pytest.mark.parametrize("count", [1, len(LOOKS)])
def test_the_plot_keeps_its_height_however_many_runs_there_are(count: int) -> None:
    """Each name has a line beneath it, for which the whole grows."""
    layout = cost_figure(points(*range(1, count + 1)), **WORDS).layout
    assert PLOT_HEIGHT == layout.height - layout.margin.t - layout.margin.b
    assert layout.margin.b >= count * LINE


def test_without_a_run_there_is_no_picture() -> None:
    """The page asks for one where there are two."""
    with pytest.raises(ValueError, match="needs a point"):
        cost_figure([], **WORDS)


def test_a_colour_is_mixed_as_the_browser_does() -> None:
    """82 % of its own and 18 % of the text's."""
    assert "#0c6866" == LOOKS[0].drawn_on("#12181f")
