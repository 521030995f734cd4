"""No paragraph is long: beside a picture nobody reads one of more than 60 words."""

import re
from pathlib import Path

import pytest

from explorer.core.sentence_forms import split_forms, without_context
from tests.chinese import chinese
from tests.test_words import spoken

LESSONS = Path(__file__).parents[1] / "explorer/lessons"
MOST_WORDS, MOST_SIGNS = 60, 110
ITEM = r"\n\s*\n|\n(?=[-|]|\d+\.|#)"  # what begins a paragraph, or an item of a list, or a row of a table
# Chinese is counted as its writers count it: each sign, a full stop too; a Latin word or a number is one.
SIGN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”…]|[^\s\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”…]+")


def paragraphs(text: str) -> list[str]:
    """Of a sentence, or of a lesson's Markdown, without the names that its terms have in the glossary, and comments."""
    return re.split(ITEM, re.sub(r"\|\w+(?=\]\])|<!--.*?-->", "", text).strip())


@pytest.mark.parametrize("name", sorted(file.name for file in LESSONS.glob("en/*.md")))
def test_no_lesson_has_a_long_paragraph(name: str) -> None:
    """In either language; an item of a list is one."""
    english, other = ((LESSONS / language / name).read_text("utf-8") for language in ("en", "zh"))
    assert [] == [text for text in paragraphs(english) if len(text.split()) > MOST_WORDS]
    assert [] == [text for text in paragraphs(other) if len(SIGN.findall(text)) > MOST_SIGNS]


def test_no_sentence_of_the_app_is_a_long_paragraph() -> None:
    """Answers, questions, explanations, help beside a control."""
    english = [without_context(form) for sentence in spoken() for form in split_forms(sentence)]
    assert [] == [text for said in english for text in paragraphs(said) if len(text.split()) > MOST_WORDS]
    said = [text for one in chinese().values() for text in paragraphs(one)]
    assert [] == [text for text in said if len(SIGN.findall(text)) > MOST_SIGNS]


def test_a_long_paragraph_would_be_found() -> None:
    """61 words are one too many, and 111 signs; the words around a term's name count, the name does not."""
    assert ["all [[batches]]"] == paragraphs("all [[batches|batch]]")
    assert len(SIGN.findall("把 28×28 的图像（image）展平。")) == 11
    assert [len(text.split()) for text in paragraphs("a b\n\n- c d e\n- f")] == [2, 4, 2]
