"""The Python face of the network view: what it refuses, and what it hands to the browser."""

import json
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.components import network_view as face
from explorer.components.network_view import Block, LedgerRow, network_view
from explorer.components.network_view.view import WORDS, runs
from tests.hypothesis_profiles import examples

WORDS_GIVEN = {word: word.upper() for word in WORDS}
INPUT = Block(-1, "input", "1×2×3", (1, 2, 3))
IMAGE = np.array([[0, 0.5, 1], [2, -1, 0.25]])
TOTAL = LedgerRow("Total", "", ("", ""), params="10")


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """What the component was mounted with."""
    call = SimpleNamespace()
    monkeypatch.setattr(face, "_COMPONENT", lambda **options: vars(call).update(options))
    return call


def draw(*blocks: Block, **options) -> None:
    settings = {"words": WORDS_GIVEN, "chosen": (-1, 0, 0), "key": "network"}
    rows = [LedgerRow("relu", "ReLU()", ("(2,)", "(2,)"), state="fails", blames=-1)]
    network_view([INPUT, *blocks], rows, TOTAL, IMAGE, **{**settings, **options})


def test_blocks_and_rows_travel_whole(sent: SimpleNamespace) -> None:
    """All of it is JSON; nothing is named differently in the browser."""
    draw(Block(0, "flatten", "6", (6,), ("relu",), True, ([0, 1], [0, 1]), ([0, 1, 2], [0, 1, 2]), (2, 3)))
    data = json.loads(json.dumps(sent.data, allow_nan=False))[0]
    assert [-1, 0] == [block["row"] for block in data["blocks"]]
    assert [[[0, 1, 3]], [[0, 1, 3]]] == data["blocks"][1]["columns"]
    assert ("fails", -1) == (data["rows"][0]["state"], data["rows"][0]["blames"])
    assert "10" == data["totals"]["params"]
    assert [-1, 0, 0] == data["chosen"]


@examples(500)
@given(st.lists(st.integers(-1, 3), min_size=1, max_size=30))
def test_what_units_see_travels_in_even_stretches(numbers: list[int]) -> None:
    """Put end to end they are the numbers again, none between two that it could join."""
    found = runs(numbers)
    assert numbers == [first + n * step for first, step, count in found for n in range(count)]
    assert [(0, 0, 3), (1, 1, 221)] == runs([0, 0, *range(222)])


def test_the_image_travels_as_whole_numbers_up_to_255(sent: SimpleNamespace) -> None:
    """What is out of range is black or white, not wrapped around."""
    draw()
    assert [[0, 128, 255], [255, 0, 64]] == sent.data[0]["image"]


def test_only_the_known_words_travel(sent: SimpleNamespace) -> None:
    """A page may hand over its whole dictionary."""
    draw(words={**WORDS_GIVEN, "another": "page's"})
    assert WORDS_GIVEN == sent.data[0]["words"]


def test_missing_words_are_named() -> None:
    """All of them at once, so that a translation is mended in one go."""
    words = {word: word for word in WORDS if word not in ("hint", "sees")}
    with pytest.raises(ValueError, match="words lacks hint, sees"):
        draw(words=words)


def test_every_word_is_documented() -> None:
    """In the docstring that a page's author reads."""
    assert [] == [word for word in WORDS if word not in (network_view.__doc__ or "")]


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"size": (2, 3)}, r"size \(2, 3\) is neither"),
        ({"size": (1, 0, 3)}, r"size \(1, 0, 3\) is neither"),
        ({"size": (1, 2, 3), "rows": ([0, 1], [0])}, "rows has 2 and 1 entries, not 2"),
        ({"size": (1, 2, 3), "columns": ([0, 1], [0, 1])}, "columns has 2 and 2 entries, not 3"),
        ({"size": (6,), "rows": ([0, 1], [0, 1])}, "rows has 2 and 2 entries, not 1"),
        ({"size": (6,), "rows": ([0], [0]), "grid": (2, 3)}, "rows has 1 and 1 entries, not 2"),
    ],
)
def test_a_block_that_cannot_be_drawn_says_why(options: dict, reason: str) -> None:
    """A unit without its entry would see undefined pixels."""
    with pytest.raises(ValueError, match=reason):
        Block(0, "a", "", **options)


@pytest.mark.parametrize("blocks", [[], [Block(0, "a", "", (1, 2, 3))], [Block(-1, "a", "", (6,))]])
def test_the_first_block_must_be_the_image(blocks: list[Block]) -> None:
    """Its pixels are what all others are drawn to scale with."""
    with pytest.raises(ValueError, match="must be the input"):
        network_view(blocks, [], TOTAL, IMAGE, words=WORDS_GIVEN, chosen=(-1, 0, 0), key="network")
