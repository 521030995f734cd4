"""Every word of the lesson means one thing, in one or two short sentences, with the lecture's own numbers."""

import math
import re
from pathlib import Path

import pytest
from torch import nn

from explorer.ui import language
from explorer.ui.glossary import GLOSSARY
from explorer.ui.terms import MARKED
from tests.test_paragraphs import SIGN

LESSONS = Path(__file__).parents[2] / "explorer/lessons"
ASKED_FOR = {"step", "batch", "epoch", "iteration", "channel", "feature_map", "unit", "logit"}


@pytest.fixture(params=["en", "zh"])
def spoken_in(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(language, "language", lambda: request.param)
    return request.param


@pytest.mark.parametrize("name", GLOSSARY)
def test_a_meaning_is_short(spoken_in: str, name: str) -> None:
    """30 words, or 60 Chinese signs: it is read in passing, beneath a finger."""
    said = GLOSSARY[name].say()
    assert len(said.split()) <= 30 if spoken_in == "en" else len(SIGN.findall(said)) <= 60
    assert "{" not in said


def test_the_numbers_are_the_lectures(spoken_in: str) -> None:
    """60,000 images in batches of 64 are 938 steps; 8,490 parameters, as torch counts them; ln 10."""
    assert all(number in GLOSSARY["epoch"].say() for number in ("60,000", "64", "938"))
    layers = nn.Conv2d(1, 10, 5), nn.Conv2d(10, 20, 5), nn.Linear(320, 10)
    params = sum(numbers.numel() for layer in layers for numbers in layer.parameters())
    assert f"{params:,}" in GLOSSARY["parameters"].say()
    assert f"ln 10 = {math.log(10):.2f}" in GLOSSARY["loss"].say()
    assert "5×5" in GLOSSARY["receptive_field"].say()
    assert "14×14" in GLOSSARY["receptive_field"].say()


def test_a_learners_own_numbers_stand_in_for_the_lectures(spoken_in: str) -> None:
    """20,000 images in batches of 32 are 625 steps."""
    said = GLOSSARY["epoch"].say(images=20_000, batch=32, steps=625)
    assert [number for number in re.findall(r"[\d,]+", said) if number != ","] == ["20,000", "32", "625"]


@pytest.mark.parametrize("file", sorted(LESSONS.glob("*/*.md")), ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_lesson_explains_terms_that_the_glossary_has_each_once(file: Path) -> None:
    """A second mark of the same term would be a second element of one id."""
    names = [found["name"] or found["said"] for found in MARKED.finditer(file.read_text("utf-8"))]
    assert len(names) == len(set(names)) > 0
    assert set(names) <= set(GLOSSARY)


@pytest.mark.parametrize("name", sorted(file.name for file in LESSONS.glob("en/*.md")))
def test_both_languages_explain_the_same_terms(name: str) -> None:
    """A learner who reads Chinese misses none."""
    marked = [
        {found["name"] or found["said"] for found in MARKED.finditer((LESSONS / language / name).read_text("utf-8"))}
        for language in ("en", "zh")
    ]
    assert marked[0] == marked[1]


def test_the_terms_that_learners_ask_for_are_explained_where_they_stand() -> None:
    """Step, batch, epoch, iteration, channel, feature map, unit, logit."""
    text = "".join(file.read_text("utf-8") for file in LESSONS.glob("en/*.md"))
    assert {found["name"] or found["said"] for found in MARKED.finditer(text)} >= ASKED_FOR
