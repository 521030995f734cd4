"""docs/lecture.md: every link opens what it says, and every question of the lecture has its answer on the page."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from explorer.ui.glossary import GLOSSARY
from tests.pages.app import at_page

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs/lecture.md").read_text("utf-8")
LINK = re.compile(r"\((http://localhost:8501/[^)\s]*)\)")
LINKS = sorted(set(LINK.findall(TEXT)))
QUESTIONS = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in TEXT.splitlines() if line.count("|") == 6
]
PAGES = {"", "convolution", "channels", "pooling", "network", "train", "inside", "compare", "task", "gpu", "help"}


def opened(link: str, **more: str) -> AppTest:
    parts = urlsplit(link)
    at = at_page(parts.path.strip("/") or "home", **dict(parse_qsl(parts.query)), **more).run()
    assert not at.exception
    return at


@cache
def read(link: str, language: str) -> str:
    """All that is written on the page, what the components are given to say included; without marks of emphasis."""
    at = opened(link, lang=language)
    texts = [one.value for kind in ("markdown", "caption", "code", "error", "success", "info") for one in at.get(kind)]
    texts += [one.proto.json.encode().decode("unicode_escape") for one in at.get("bidi_component")]
    return re.sub(r"<[^>]+>|\*", "", "\n".join(texts))


@pytest.mark.parametrize("link", LINKS)
def test_a_link_opens_what_it_says(link: str) -> None:
    """Every part of it is taken; an exercise asks, a term of the glossary exists."""
    at = opened(link)
    assert not [caption.value for caption in at.caption if "not on screen" in caption.value]
    if anchor := urlsplit(link).fragment:
        assert anchor.removeprefix("term-") in GLOSSARY
    if "exercise=" in link:
        assert any(field.label == "Your answer" for field in at.text_input)


def test_every_page_answers_a_part_of_the_lecture() -> None:
    """All pages of the tour are named."""
    assert {urlsplit(link).path.strip("/") for link in LINKS} == PAGES


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("question", QUESTIONS[2:], ids=lambda question: question[0])
def test_a_question_is_answered_on_the_page(question: list[str], language: str) -> None:
    """In both languages, in the words that the document gives."""
    _, _, where, *answers = question
    assert answers[language == "zh"] in read(LINK.search(where)[1], language)


def test_the_lecture_asks_much() -> None:
    """At least 15 questions, each in two languages."""
    assert len(QUESTIONS[2:]) >= 15
    assert all(re.search(r"[\u4e00-\u9fff]", question[1]) for question in QUESTIONS[2:])
