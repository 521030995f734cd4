"""What scripts compute without a page, run by Node: how large the network is drawn, what units see, what axes show."""

import math

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from explorer.components.network_view import Block
from tests.components.node import Node
from tests.hypothesis_profiles import examples

WORDS = {"features": "Features", "classifier": "Classifier"}
SIZES = st.one_of(
    st.tuples(st.integers(1, 1024), st.integers(1, 224), st.integers(1, 224)), st.tuples(st.integers(1, 100_000))
)


@pytest.fixture(scope="module")
def node():
    """The pure scripts that no other test has."""
    views = ("network_view/sizes.js", "network_view/sees.js", "live_curves/axes.js", "inspector/part.js")
    node = Node(*views, "echoes.js", "template.js")
    yield node
    node.close()


@examples(200)
@given(st.tuples(*[st.integers(1, 224)] * 2), st.lists(SIZES, max_size=12), st.integers(200, 1400))
def test_a_network_is_drawn_to_one_scale_and_as_large_as_fits(node: Node, image, sizes, width: int) -> None:
    """Maps have the image's scale, and what fits the strip's width does not scroll."""
    shapes = [(1, *image), *sizes]
    blocks = [
        Block(row, "conv1", "1×2×3", size, classifies=len(size) == 1).data() for row, size in enumerate(shapes, -1)
    ]
    found = node.ask("(blocks, width, words) => fitted(blocks, width, words)", blocks, width, WORDS)
    for size, box in zip(shapes, found["all"], strict=True):
        if len(size) == 3:
            assert (box["height"], box["width"]) == pytest.approx((size[1] * found["scale"], size[2] * found["scale"]))
        assert box["box"] >= box["width"] + box["depth"]
    if not found["scrolls"]:
        assert sum(box["box"] for box in found["all"]) <= width + 1e-6


@examples(200)
@given(st.tuples(st.integers(1, 9), st.integers(1, 9)), st.integers(0, 500))
def test_a_flattened_feature_sees_what_its_unit_saw(node: Node, grid: tuple[int, int], feature: int) -> None:
    """Feature f of an (H, W) grid: row f % (H·W) // W, column f % W."""
    height, width = grid
    count = height * width * 60
    rows, columns = ([list(range(length)), [n + 2 for n in range(length)]] for length in grid)
    block = Block(0, "flatten", "", (count,), rows=tuple(rows), columns=tuple(columns), grid=grid).data()
    feature %= count
    row, column = feature % (height * width) // width, feature % width
    seen = node.ask("(block, feature) => seenBy(unrolled(block), feature, 0)", block, feature)
    assert {"top": row, "bottom": row + 2, "left": column, "right": column + 2} == seen


@examples(200)
@given(st.floats(1e-9, 1e9), st.floats(1.001, 1e6))
def test_ticks_are_round_and_within_their_range(node: Node, low: float, times: float) -> None:
    """One, two or five times a power of ten apart."""
    high = low * times
    step, ticks = node.ask("(lo, hi) => { const s = nice((hi - lo) / 4); return [s, ticks(lo, hi, s)]; }", low, high)
    mantissa = step / 10 ** math.floor(math.log10(step) + 1e-9)
    assert min(abs(mantissa - round_one) for round_one in (1, 2, 5, 10)) < 1e-6
    assert all(low - 1e-5 * step <= tick <= high + 1e-5 * step for tick in ticks)
    assert len(ticks) <= 6


@pytest.mark.parametrize(
    ("value", "digits", "form", "written"),
    [
        (0.98333, 4, "percent", "98.33%"),
        (0.5, 2, "percent", "50%"),
        (2.30259, 4, "loss", "2.3026"),
        (0, 2, "loss", "0.00"),
        (1.5e-7, 4, "loss", "1.5e-7"),
        (123456, 4, "loss", "1.23e5"),
        (None, 4, "loss", "–"),
    ],
)
def test_values_are_written_so(node: Node, value: float | None, digits: int, form: str, written: str) -> None:
    """What no plain number can say stands as a power of ten."""
    assert written == node.ask("(v, digits, form) => write(v, digits, form)", value, digits, form)


def test_points_beyond_both_edges_are_drawn_with_those_between(node: Node) -> None:
    """So that a line leaves the picture."""
    ask = "(x, range) => within(x, range)"
    assert [1, 4] == node.ask(ask, [0, 10, 20, 30, 40], [15, 35])
    assert [0, 4] == node.ask(ask, [0, 10, 20, 30, 40], [0, 40])
    assert [0, -1] == node.ask(ask, [], [0, 1])


@examples(200)
@given(st.integers(3, 64), st.integers(3, 12), st.data())
def test_a_zoomed_grid_moves_as_little_as_shows_the_marks(
    node: Node, cells: int, seen: int, data: st.DataObject
) -> None:
    """All of them where they fit, and the part stays within the grid."""
    assume(seen < cells)
    first = data.draw(st.integers(0, cells - seen))
    marks = data.draw(st.lists(st.integers(0, cells - 1), min_size=1, max_size=4))
    view = {"rows": cells, "columns": cells, "part": {"y": first, "x": first, "rows": seen, "columns": seen}}
    part = node.ask("(view, marks) => around(view, marks)", view, [{"y": mark, "x": mark} for mark in marks])
    assert 0 <= part["y"] == part["x"] <= cells - seen
    if max(marks) - min(marks) < seen:
        assert part["y"] <= min(marks)
        assert max(marks) < part["y"] + seen


@pytest.mark.parametrize(
    ("language", "count", "said"), [("en", 1, "1 time"), ("en", 2, "2 times"), ("zh", 1, "1 次"), ("ru", 3, "3 раза")]
)
def test_a_sentence_has_the_form_of_its_number(node: Node, language: str, count: int, said: str) -> None:
    """By the plural rules of its language, which Node and browsers know."""
    forms = {
        "en": {"one": "{count} time", "other": "{count} times"},
        "zh": {"other": "{count} 次"},
        "ru": {"one": "{count} раз", "few": "{count} раза", "many": "{count} раз", "other": "{count} раза"},
    }[language]
    assert said == node.ask(
        "(template, values) => fill(template, values)", forms | {"language": language}, {"count": count}
    )


NEWS = """(events) => {
  const told = makeEchoes();
  return events.map(([kind, text]) => (kind === "tell" ? told.tell(text) : told.isNews(text)));
}"""


@examples(200)
@given(st.lists(st.one_of(st.just("tell"), st.just("link"), st.integers(0, 9)), max_size=40))
def test_an_answer_that_comes_late_is_no_news(node: Node, happens: list[str | int]) -> None:
    """Python repeats what it was told in its order, leaves some of it out, says some of it twice; a link is news once.

    A number: an answer, behind so many of what is told and not answered yet.
    """
    events, waiting, said = [("hear", "0")], [], "0"
    expected: list[bool | None] = [True]
    for place, event in enumerate(happens, 1):
        if event == "tell":
            waiting.append(str(place))
            events.append(("tell", str(place)))
            expected.append(None)
        elif event == "link":
            waiting, said = [], str(place)
            events += [("hear", said), ("hear", said)]
            expected += [True, False]
        else:
            answered = waiting[: int(event)]
            said, waiting = (answered or [said])[-1], waiting[len(answered) :]
            events.append(("hear", said))
            expected.append(False)
    assert expected == node.ask(NEWS, events)


@examples(200)
@given(st.lists(st.sampled_from(["a", "b", "c", "next answer", "the last answer again"]), max_size=40))
@example(["b", "c", "b", "next answer", "next answer", "next answer"])
def test_there_and_back_again_is_no_news(node: Node, happens: list[str]) -> None:
    """One cell, another, the first one again, each answered in its turn: none of the answers moves anything."""
    events, waiting, said = [("hear", "a")], [], "a"
    for event in happens:
        if "answer" not in event:
            events.append(("tell", event))
            waiting += [event] if event != (waiting or [said])[-1] else []
        elif event == "next answer" and waiting:
            events.append(("hear", said := waiting.pop(0)))
        else:
            events.append(("hear", said))
    assert not any(node.ask(NEWS, events)[1:])


def test_what_is_told_and_never_answered_is_bounded(node: Node) -> None:
    """Of a hundred thousand texts the last fifty are known again."""
    ask = "(count) => { const told = makeEchoes(); for (let n = 0; n < count; n++) told.tell(`${n}`); return %s; }"
    assert node.ask(ask % "told.isNews(`${count - 60}`)", 100_000)
    assert not node.ask(ask % "told.isNews(`${count - 40}`)", 100_000)
