"""The Python face of the ten digits: what it refuses, and what it hands to the browser."""

import json
from base64 import b64decode
from types import SimpleNamespace

import numpy as np
import pytest

from explorer.components import probe_view as face
from explorer.components.probe_view import WORDS, Probe, probe_view

WORDS_GIVEN = {word: word.upper() for word in WORDS}
IMAGES = np.arange(10 * 2 * 3, dtype=np.uint8).reshape(10, 2, 3)
KERNELS = np.array([[[0.5, -1.0], [0.0, 0.25]]])


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """What the component was mounted with."""
    call = SimpleNamespace()
    monkeypatch.setattr(face, "_COMPONENT", lambda **options: vars(call).update(options))
    return call


def draw(words: dict[str, str] = WORDS_GIVEN, **parts: object) -> None:
    probe_view(Probe(IMAGES, range(10), **parts), words=words, key="probe")


def bytes_of(packed: list) -> tuple[list[int], list[int]]:
    shape, text = packed
    return list(shape), list(b64decode(text))


def test_before_a_network_looked_there_are_only_the_digits(sent: SimpleNamespace) -> None:
    """All of it is JSON; the pictures travel as bytes."""
    draw()
    data = json.loads(json.dumps(sent.data, allow_nan=False))[0]
    assert ([10, 2, 3], list(range(60))) == bytes_of(data["images"])
    assert [[]] * 10 == data["answers"]
    assert [None] * 4 == [data[name] for name in ("probabilities", "maps", "kernels", "change")]


def test_weights_travel_as_signed_bytes_on_one_scale(sent: SimpleNamespace) -> None:
    """The largest is 127 whatever its sign; the scale of the change is its own."""
    draw(kernels=KERNELS, kernels_before=KERNELS - [[[0.0, 0.0], [0.1, 0.2]]])
    data = sent.data[0]
    assert ([1, 2, 2], [64, 256 - 127, 0, 32]) == bytes_of(data["kernels"])
    assert ([1, 2, 2], [0, 0, 64, 127]) == bytes_of(data["change"])
    assert (1.0, 0.2) == (data["largest"], data["largest_change"])


def test_probabilities_that_are_no_numbers_are_no_answer(sent: SimpleNamespace) -> None:
    """Of one digit of ten: the others keep theirs, and what it was read as before stays."""
    probabilities = np.full((10, 10), 0.1)
    probabilities[3] = np.nan
    draw(probabilities=probabilities, answers=[[1], [2], [3], [5, None], *[[7]] * 6])
    data = json.loads(json.dumps(sent.data, allow_nan=False))[0]
    assert [[0.1] * 10, None, [0.1] * 10] == data["probabilities"][2:5]
    assert [[3], [5, None]] == data["answers"][2:4]


def test_maps_of_all_digits_travel_in_a_row(sent: SimpleNamespace) -> None:
    """(10, C, h, w): the browser finds a digit's by its number."""
    maps = np.arange(10 * 2 * 1 * 1, dtype=np.uint8).reshape(10, 2, 1, 1)
    draw(maps=maps, largest_map=3.25)
    assert ([20, 1, 1], list(range(20))) == bytes_of(sent.data[0]["maps"])
    assert 3.25 == sent.data[0]["largest_map"]


@pytest.mark.parametrize("part", ["probabilities", "answers", "maps"])
def test_parts_that_do_not_fit_say_so(part: str) -> None:
    """Nine answers for ten digits would be the wrong digits' answers."""
    with pytest.raises(ValueError, match=f"10 images, but 9 {part}"):
        draw(**{part: np.zeros((9, 10, 1, 1), int)})


def test_missing_words_are_named_and_every_word_is_documented() -> None:
    """All of them at once, and in the docstring that a page's author reads."""
    words = {word: word for word in WORDS if word not in ("score", "empty")}
    with pytest.raises(ValueError, match="words lacks empty, score"):
        draw(words)
    assert [] == [word for word in WORDS if word not in (probe_view.__doc__ or "")]
