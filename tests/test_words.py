"""Every word on screen exists in English and Chinese."""

import ast
import re
import string
from functools import cache
from pathlib import Path

import pytest

from explorer.ui.language import chinese

ROOT = Path(__file__).parents[1]
# Calls whose first argument a learner reads.
SAYING = {"t", "mark", "say", "SettingError", "DataError", "Unreadable", "TooMuch"}


@cache
def spoken() -> dict[str, str]:
    """Every sentence in the code -> where it stands."""
    found = {}
    for file in [*ROOT.glob("explorer/**/*.py"), ROOT / "app.py"]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SAYING and node.args:
                sentence = node.args[0]
                if isinstance(sentence, ast.Constant):
                    found[sentence.value] = f"{file.relative_to(ROOT)}:{node.lineno}"
    return found


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("sentence", sorted(spoken()))
def test_every_sentence_has_its_chinese(sentence: str) -> None:
    """A learner who reads Chinese finds no English gap, and every number stands in both."""
    where = spoken()[sentence]
    assert sentence in chinese(), f"{where}: no Chinese in explorer/lessons/zh.toml for {sentence!r}"
    assert fields(chinese()[sentence]) == fields(sentence), f"{where}: the numbers differ in {sentence!r}"


def test_no_chinese_is_left_over() -> None:
    """A sentence that nothing says any more is deleted from the catalogue too."""
    assert set(chinese()) - set(spoken()) == set()


def test_the_texts_exist_in_both_languages() -> None:
    """Each lesson has a Chinese and an English text with the same number of headings and code blocks."""
    english, chinese_texts = (
        {file.name: file.read_text("utf-8") for file in (ROOT / "explorer/lessons" / language).glob("*.md")}
        for language in ("en", "zh")
    )
    assert english.keys() == chinese_texts.keys()
    for name, text in english.items():
        for mark in (r"^#", r"^```"):
            assert len(re.findall(mark, text, re.M)) == len(re.findall(mark, chinese_texts[name], re.M)), name
        assert re.search(r"[\u4e00-\u9fff]", chinese_texts[name]), f"{name} is not Chinese"
