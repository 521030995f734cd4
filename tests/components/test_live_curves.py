"""The Python face of the live curves: what it refuses, and what it hands to the browser."""

import json
import math
from types import SimpleNamespace

import pytest

from explorer.components import live_curves as face
from explorer.components.live_curves import WORDS, Chart, Curve, live_curves
from explorer.core.limits import MAX_POINTS_DRAWN

TOO_MANY = MAX_POINTS_DRAWN + 1
WORDS_GIVEN = {word: word.upper() for word in WORDS}


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """What the component was mounted with."""
    call = SimpleNamespace()
    monkeypatch.setattr(face, "_COMPONENT", lambda **options: vars(call).update(options))
    return call


def draw(*curves: Curve, **options) -> None:
    settings = {"x_max": 10, "x_label": "Step", "words": WORDS_GIVEN, "key": "curves"}
    live_curves([Chart("Loss", curves)], **{**settings, **options})


def test_values_that_are_not_finite_travel_as_null(sent: SimpleNamespace) -> None:
    """JSON has no nan: a bare NaN would make the browser refuse the whole message."""
    draw(Curve("a", [1, 2, 3, 4], [0.5, math.nan, math.inf, None]))
    text = json.dumps(sent.data[0], allow_nan=False)
    assert [0.5, None, None, None] == json.loads(text)["charts"][0]["curves"][0]["y"]


def test_steps_stay_exact_and_values_keep_six_digits(sent: SimpleNamespace) -> None:
    """Six significant digits of a step would turn 1234567 into 1234570."""
    draw(Curve("a", [0.5, 1_234_567.0], [1 / 3, 2_000_000 / 3]), x_max=2e6)
    curve = sent.data[0]["charts"][0]["curves"][0]
    assert [0.5, 1_234_567] == curve["x"]
    assert [0.333333, 666_667.0] == curve["y"]


def test_steps_shared_by_neighbours_travel_once(sent: SimpleNamespace) -> None:
    """null stands for "the steps of the curve before"; a curve with other steps sends its own."""
    draw(Curve("a", [1, 2], [3, 4], "raw"), Curve("b", [1, 2], [5, 6]), Curve("c", [2, 3], [7, 8]))
    assert [[1, 2], None, [2, 3]] == [curve["x"] for curve in sent.data[0]["charts"][0]["curves"]]


def test_only_the_known_words_travel(sent: SimpleNamespace) -> None:
    """A page may hand over its whole dictionary."""
    draw(words={**WORDS_GIVEN, "another": "page's"})
    assert WORDS_GIVEN == sent.data[0]["words"]


def test_marks_travel_with_their_words_and_the_oldest_are_left_out(sent: SimpleNamespace) -> None:
    """Whoever turns a knob a hundred times shall still see the curve."""
    draw(marks=[(step, f"lr {step}") for step in range(60)])
    assert [{"x": 10, "label": "lr 10"}, 50] == [sent.data[0]["marks"][0], len(sent.data[0]["marks"])]


def test_marks_are_none_where_nothing_was_changed(sent: SimpleNamespace) -> None:
    """The browser gets a list in any case."""
    draw()
    assert [] == sent.data[0]["marks"]


@pytest.mark.parametrize(
    ("x", "y", "reason"),
    [
        ([1, 2], [1.0], "2 x but 1 y"),
        ([2, 1], [1.0, 1.0], "goes back"),
        (list(range(TOO_MANY)), [0.0] * TOO_MANY, f"{TOO_MANY} points, more than {MAX_POINTS_DRAWN}"),
    ],
)
def test_a_curve_that_cannot_be_drawn_says_why(x: list[float], y: list[float], reason: str) -> None:
    """Two values at one step are allowed, a step backwards is not."""
    with pytest.raises(ValueError, match=reason):
        Curve("loss", x, y)
    Curve("loss", [1, 1, 2], [1.0, 2.0, 3.0])


@pytest.mark.parametrize("x_max", [0, -1, math.nan, math.inf])
def test_an_axis_without_length_is_refused(x_max: float) -> None:
    """The browser would divide by it."""
    with pytest.raises(ValueError, match="x_max"):
        draw(x_max=x_max)


def test_missing_words_are_named() -> None:
    """All of them at once, so that a translation is mended in one go."""
    words = {word: word for word in WORDS if word not in ("empty", "zoom_hint")}
    with pytest.raises(ValueError, match="words lacks empty, zoom_hint"):
        draw(words=words)
