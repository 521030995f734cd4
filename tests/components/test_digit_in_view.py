"""The digit in view, run by Node: drawn, edited by keys, an image or a test digit; in a link and in the strip."""

import json
import re
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.ui.inside.settings import LINK
from tests.components.node import Node
from tests.hypothesis_profiles import examples

POINTS = st.tuples(st.floats(0, 1), st.floats(0, 1))
STROKES = st.lists(st.lists(POINTS, min_size=1, max_size=12), min_size=1, max_size=4)
# Bytes of ink: paper with islands, as a digit is, and noise without any run.
IMAGES = st.one_of(
    st.binary(min_size=784, max_size=784),
    st.lists(st.tuples(st.integers(0, 783), st.integers(1, 255)), min_size=1, max_size=200).map(
        lambda dots: bytes(dict(dots).get(pixel, 0) for pixel in range(784))
    ),
)
DIGIT = """(bytes, strokes, number = null) => ({ label: null, number, strokes,
  image: bytes && Float32Array.from(bytes, (byte) => byte / 255) })"""
SEEN = "(digit) => { const ink = inkOf(digit); return ink && Array.from(ink, (value) => value * 255); }"


@pytest.fixture(scope="module")
def browser() -> Iterator[Node]:
    """The scripts that know digits, not pages."""
    names = ("placing", "stroke_text", "digit", "digit_text", "history", "kept_digits", "pad_keys")
    node = Node(*(f"inside/drawing/{name}.js" for name in names))
    node.ask(f"() => {{ globalThis.made = {DIGIT}; globalThis.bytesSeen = {SEEN}; return 0; }}")
    yield node
    node.close()


@examples(100)
@given(IMAGES)
def test_an_image_of_ones_own_survives_the_link_to_the_byte(browser: Node, image: bytes) -> None:
    """In a text that the server takes, whatever the image holds."""
    text, again = browser.ask(
        """(bytes) => { const text = digitText(made(bytes, []));
          return [text, bytesSeen(digitOf(text))]; }""",
        list(image),
    )
    assert re.fullmatch(LINK["drawing"].pattern, text)
    assert (again or [0] * 784) == pytest.approx(list(image), abs=1e-3)


@examples(60)
@given(IMAGES, STROKES)
def test_what_is_painted_on_an_image_is_in_its_link(browser: Node, image: bytes, strokes: list) -> None:
    """The link restores what was seen, and ink never takes ink away."""
    text, seen, again = browser.ask(
        """(bytes, strokes) => { const digit = made(bytes, strokes); const text = digitText(digit);
          return [text, bytesSeen(digit), bytesSeen(digitOf(text))]; }""",
        list(image),
        strokes,
    )
    assert re.fullmatch(LINK["drawing"].pattern, text)
    np.testing.assert_allclose(again, seen, atol=1e-3)
    assert (np.array(seen) >= np.array(list(image)) - 1e-3).all()
    assert max(seen) == pytest.approx(255, abs=40)


@examples(100)
@given(st.integers(0, 9999), st.one_of(st.just([]), STROKES))
def test_a_test_digit_is_in_the_link_by_its_number(browser: Node, number: int, strokes: list) -> None:
    """With the strokes on it; its image comes from the server, until then there is nothing to read."""
    text, digit, ink = browser.ask(
        """(number, strokes) => { const text = digitText(made(new Uint8Array(784), strokes, number));
          const digit = digitOf(text); return [text, digit, inkOf(digit)]; }""",
        number,
        strokes,
    )
    assert re.fullmatch(LINK["drawing"].pattern, text)
    assert text.startswith(f"~{number}")
    assert (digit["number"], digit["image"], len(digit["strokes"]), ink) == (number, None, len(strokes), None)


def test_a_long_drawing_is_seen_as_its_link_has_it(browser: Node) -> None:
    """On the pad, and on a test digit; a short one stays as it is."""
    turns = np.linspace(0, 60, 1500)
    scribble = [np.stack([0.5 + 0.4 * np.sin(turns), 0.5 + 0.4 * np.cos(1.3 * turns)], axis=1).tolist()]
    for number in (None, 9999):
        held, text = browser.ask(
            """(strokes, number) => { const digit = made(number === null ? null : new Uint8Array(784), strokes, number);
              return [coarsened(digit).strokes, digitText(digit)]; }""",
            scribble,
            number,
        )
        assert len(text) <= 1200
        assert 100 < len(held[0]) < 1500
    assert browser.ask("(strokes) => coarsened(made(null, strokes)).strokes", [scribble[0][:50]]) == [scribble[0][:50]]


TEXTS = ("!", "!A", "!!!!", "!" + "A" * 1199, "!AP8", "~", "~123456", "~1.", "~1.~~~", "~7.A0B", "!~1", "~x", "~1.!A")


@pytest.mark.parametrize("text", TEXTS)
def test_a_digit_that_is_none_does_no_harm(browser: Node, text: str) -> None:
    """A link that was cut off or written by hand: a digit of points on the pad and 784 numbers, or nothing."""
    digit = browser.ask("(text) => { const d = digitOf(text); return { ...d, image: d.image && [...d.image] }; }", text)
    assert all(0 <= part <= 1 for stroke in digit["strokes"] for point in stroke for part in point)
    assert digit["image"] is None or (len(digit["image"]) == 784 and max(digit["image"]) <= 1)
    assert digit["number"] == (int(text[1]) if text in ("~1.", "~1.~~~", "~7.A0B", "~1.!A") else None)


def test_a_drawing_whose_cell_is_edited_is_an_image(browser: Node) -> None:
    """What the network got, but for that cell; so it is with a test digit, which is none any more."""
    before, after = browser.ask(
        """() => { const digit = made(null, [[[0.2, 0.2], [0.7, 0.8]]]); const ink = inkOf(digit);
          const edited = withInk(ink, 29, 0.5);
          return [Array.from(ink), { ...edited, image: Array.from(edited.image) }]; }"""
    )
    assert (after["strokes"], after["number"], after["label"]) == ([], None, None)
    assert after["image"][29] == pytest.approx(128 / 255)
    before[29] = after["image"][29]
    assert after["image"] == before
    empty = browser.ask("() => Array.from(withInk(null, 0, 1).image)")
    assert (empty[0], sum(empty)) == (1, 1)


@pytest.mark.parametrize(
    ("key", "ink", "asked"),
    [
        (" ", 0, 255),
        (" ", 200, 0),
        ("Enter", 127, 255),
        ("+", 0, 32),
        ("+", 250, 255),
        ("-", 40, 8),
        ("-", 8, 0),
        ("0", 99, 0),
        ("9", 99, 255),
        ("3", 99, 85),
        ("ArrowUp", 99, None),
        ("a", 99, None),
        ("10", 99, None),
    ],
)
def test_keys_ink_a_cell(browser: Node, key: str, ink: int, asked: int | None) -> None:
    """Space turns it over, + and − go an eighth, a figure sets so many ninths; other keys leave it as it is."""
    found = browser.ask("(key, ink) => inkOfKey(key, ink / 255)", key, ink)
    assert found == (None if asked is None else pytest.approx(asked / 255))


@examples(100)
@given(st.lists(st.sampled_from("cur"), max_size=40))
def test_undo_and_redo_walk_the_same_way(browser: Node, acts: list[str]) -> None:
    """Change, undo, redo in any order: as a list with a place in it."""
    walked = browser.ask(
        """(acts) => { const history = makeHistory(); let now = 0; let next = 1;
          return acts.map((act) => {
            if (act === "c") (history.remember(now), (now = next++));
            else now = act === "u" ? history.undo(now) : history.redo(now);
            return [now, history.canUndo, history.canRedo];
          }); }""",
        acts,
    )
    values, at, new = [0], 0, 1
    for act, (now, can_undo, can_redo) in zip(acts, walked, strict=True):
        if act == "c":
            values, at, new = [*values[: at + 1], new], at + 1, new + 1
        else:
            at = max(at - 1, 0) if act == "u" else min(at + 1, len(values) - 1)
        assert (now, can_undo, can_redo) == (values[at], at > 0, at < len(values) - 1)


KEPT = """(stored) => { const storage = () => ({ getItem: () => stored, setItem: () => { throw new Error("full"); } });
  const kept = readKept(storage); writeKept(storage, kept);
  return [kept.length, kept.map((one) => inkOf(digitKept(one)) !== undefined)]; }"""


@pytest.mark.parametrize("stored", [None, "", "{", "7", "null", "{}", '["x"]', '[{"text": 3}]', '[{"text": "A"}]'])
def test_a_storage_that_holds_anything_keeps_nothing(browser: Node, stored: str | None) -> None:
    """Empty, cut off, another program's: no digits; and one that is full, or closed, is no error."""
    assert browser.ask(KEPT, stored) == [0, []]
    closed = "() => readKept(() => { throw new Error('closed'); })"
    assert browser.ask(closed) == []


def test_kept_digits_come_back(browser: Node) -> None:
    """As they were seen, a test digit with its image and class, at most twelve, and no more bytes than 30,000."""
    stored = browser.ask(
        """() => { let written = "";
          const storage = () => ({ getItem: () => written, setItem: (_, text) => (written = text) });
          const image = new Uint8Array(784).map((_, pixel) => (pixel * 7) % 256);
          const digit = { ...made(image, [], 12), label: 4 };
          writeKept(storage, Array(20).fill(keptOf(digit, inkOf(digit), 9)));
          const kept = readKept(storage); const again = digitKept(kept[0]);
          return [kept.length, kept[0].answer, again.label, again.number, bytesSeen(again), written]; }"""
    )
    image = [(pixel * 7) % 256 for pixel in range(784)]
    assert stored[:4] == [12, 9, 4, 12]
    np.testing.assert_allclose(stored[4], image, atol=1e-3)
    assert len(stored[5].encode()) / 20 * 12 < 30_000
    assert json.loads(stored[5])[0]["text"] == "~12"
