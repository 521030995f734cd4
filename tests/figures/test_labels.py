"""Words beside points find room."""

from hypothesis import example, given
from hypothesis import strategies as some

from explorer.figures.labels import EM, GAP, LINE, MARK, letters, place, wrap

SIZE = (290.0, 280.0)
SPOTS = some.lists(some.tuples(some.floats(0, SIZE[0]), some.floats(20, SIZE[1] - 20)), min_size=1, max_size=4)


def boxes(points, texts, size=SIZE):
    """(left, top, right, bottom) of each text, as plotly draws it."""
    drawn = []
    for (x, y), lines, where in zip(points, texts, place(points, texts, SIZE), strict=True):
        x *= size[0] / SIZE[0]
        ends = sorted((x + where.side * GAP, x + where.side * (GAP + EM * max(map(letters, lines)))))
        half = LINE * len(lines) / 2
        drawn.append((ends[0], y + where.down - half, ends[1], y + where.down + half))
    return drawn


def meet(one, other) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_words_stand_beside_their_point_where_they_can() -> None:
    """Two far apart: both at their points' height, pointing to the middle."""
    assert [(1, 0.0), (-1, 0.0)] == [
        (p.side, p.down) for p in place([(20, 50), (250, 200)], [["simple CNN"], ["dense net"]], SIZE)
    ]


@given(SPOTS)
@example([(0.0, 20.0), (1.0, 20.0)])  # in the wider plot the second point comes out of the first one's gap,
@example([(125.0, 20.0), (145.0, 20.0)])  # and words that pointed away from each other cross
def test_no_words_lie_on_others_or_on_a_point(points: list[tuple[float, float]]) -> None:
    """Nor in a plot three times as wide: what is free on a phone is free on a projector."""
    texts = [["learning rate 0.001"]] * len(points)
    for width in (SIZE[0], 3 * SIZE[0]):
        drawn = boxes(points, texts, (width, SIZE[1]))
        scaled = [(x * width / SIZE[0], y) for x, y in points]
        marks = [(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in scaled]
        assert not any(meet(one, two) for n, one in enumerate(drawn) for two in drawn[:n])
        assert not any(meet(box, point) for box in drawn for point in marks)
        assert all(0 <= box[1] and box[3] <= SIZE[1] for box in drawn)


def test_eight_runs_alike_have_their_words_beneath_each_other() -> None:
    """As many as there are looks, all at one point."""
    drawn = boxes([(280.0, 140.0)] * 8, [["seed 0"]] * 8)
    assert not any(meet(one, two) for n, one in enumerate(drawn) for two in drawn[:n])


def test_a_name_breaks_at_its_comma() -> None:
    """In Chinese too; a short one does not break."""
    assert ["simple CNN"] == wrap("simple CNN")
    assert ["simple CNN,", "pixels in order"] == wrap("simple CNN, pixels in order")
    assert ["简单 CNN、", "像素不打乱、2 轮"] == wrap("简单 CNN、像素不打乱、2 轮")
    assert ["tested every 134", "steps"] == wrap("tested every 134 steps")


@given(some.text("ab ,、练习", max_size=80) | some.text("ab练", min_size=41, max_size=80))
def test_a_long_name_ends_in_dots(name: str) -> None:
    """It has two lines at most, none wider than 20 letters; and what is left out is not left out in silence."""
    lines = wrap(name)
    assert len(lines) <= 2
    assert all(letters(line) <= 20 for line in lines)
    left_out = sum(map(len, "".join(lines).split())) < sum(map(len, name.split()))
    assert any(line.endswith("…") for line in lines) >= left_out
