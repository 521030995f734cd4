"""Every word on screen exists in English and Chinese."""

import ast
import re
import string
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords

from explorer.core.errors import WORD_FIELDS, Sentence
from explorer.core.sentence_forms import in_context, plural, split_forms, without_context
from explorer.ui import language
from tests.chinese import chinese

ROOT = Path(__file__).parents[1]
BABEL = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]["mappings"][0]
# Calls whose first argument a learner reads, and those that write what is said of it into it.
FORMS: dict[str, Callable[..., str]] = {"plural": plural, "in_context": in_context}
SAYING = {"t", "mark", "say", "SettingError", "DataError", "Unreadable", "TooMuch"}


def calls() -> Iterator[tuple[ast.Call, str]]:
    """Every call by which something is said, and where it stands."""
    for file in [*ROOT.glob("explorer/**/*.py"), ROOT / "app.py"]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SAYING and node.args:
                yield node, f"{file.relative_to(ROOT)}:{node.lineno}"


def forms() -> Iterator[tuple[str, str]]:
    """Every template with a context or with a form for many, and where it stands."""
    for file in [*ROOT.glob("explorer/**/*.py"), ROOT / "app.py"]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            yield from ((template, f"{file.relative_to(ROOT)}:{node.lineno}") for template in formed(node))


def formed(node: ast.AST) -> list[str]:
    return literals(node) if isinstance(node, ast.Call) and getattr(node.func, "id", "") in FORMS else []


def literals(node: ast.expr) -> list[str]:
    """The sentences that an argument may be: one, or one of two."""
    if isinstance(node, ast.IfExp):
        return literals(node.body) + literals(node.orelse)
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in FORMS:
        return [FORMS[node.func.id](*(literals(argument)[0] for argument in node.args))]
    return [node.value] if isinstance(node, ast.Constant) else []


# Calls, of streamlit or of a setting, whose first argument is drawn.
DRAWING = {"markdown", "caption", "button", "warning", "error", "info", "success", "toast", "text", "write", "popover"}
DRAWING |= {"toggle", "checkbox", "selectbox", "slider", "text_input", "text_area", "download_button", "page_link"}
DRAWING |= {"segmented_control", "progress", "file_uploader", "expander", "field", "select", "metric"}


@cache
def spoken() -> dict[str, str]:
    """Every sentence in the code -> where it stands."""
    return {sentence: where for node, where in calls() for sentence in literals(node.args[0])} | dict(forms())


def test_babel_finds_every_sentence_and_no_other() -> None:
    """`make words` and these tests read the same: no call is missed by the one and asked for by the other."""
    pattern, method = BABEL["pattern"], BABEL["method"]
    found = set()
    for root in (ROOT / "explorer", ROOT):  # whose own folders are left out: explorer is read once, and no tests
        kept = (lambda folder: True) if root.name == "explorer" else (lambda folder: False)
        options = {pattern: {"keywords": parse_keywords(BABEL["keywords"])}}
        for *_, identity, _, context in extract_from_dir(
            root, [(pattern, method)], options, keywords={}, directory_filter=kept
        ):
            template = plural(*identity) if isinstance(identity, tuple) else identity
            found.add(in_context(context, template) if context else template)
    assert set(spoken()) == found


def fields(sentence: str) -> set[str]:
    """Of all its forms."""
    every = "".join(map(without_context, split_forms(sentence)))
    return {name for _, name, _, _ in string.Formatter().parse(every) if name}


@pytest.mark.parametrize("sentence", sorted(spoken()))
def test_every_sentence_has_its_chinese(sentence: str) -> None:
    """A learner who reads Chinese finds no English gap, and every number stands in both."""
    where = spoken()[sentence]
    assert sentence in chinese(), f"{where}: `make words`, then explorer/lessons/zh/…/explorer.po for {sentence!r}"
    assert fields(chinese()[sentence]) == fields(sentence), f"{where}: the numbers differ in {sentence!r}"


def test_every_refusal_is_given_its_numbers() -> None:
    """One that lacks a number would be another error, which no learner understands."""
    for node, where in calls():
        names = {keyword.arg for keyword in node.keywords}
        if node.func.id in {"SettingError", "DataError"} and None not in names:
            assert all(names == fields(sentence) for sentence in literals(node.args[0])), where


def test_no_sentence_is_put_together() -> None:
    """A sentence with its numbers written into it, or made of pieces, would have no Chinese."""
    assert [] == [where for node, where in calls() if isinstance(node.args[0], ast.JoinedStr | ast.BinOp)]


def test_nothing_is_drawn_in_bare_english() -> None:
    """What a page draws goes through ``t``, but for what is the same in both languages."""
    bare = []
    for file in [
        *ROOT.glob("explorer/ui/**/*.py"),
        *ROOT.glob("explorer/pages/*.py"),
        *ROOT.glob("explorer/figures/*.py"),
    ]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in DRAWING:
                given = [*node.args[:1], *(one.value for one in node.keywords if one.arg in ("help", "label"))]
                texts = [text for argument in given for text in written(argument)]
                bare += [(file.name, text) for text in texts if re.search("[A-Za-z]{3}", text.replace("&nbsp;", ""))]
    assert {("language.py", "Language / 语言")} == set(bare)


def written(node: ast.expr) -> list[str]:
    """The texts that are written into an argument as they are; a page's path, a directive for colours left out."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    texts = [text for part in parts for text in literals(part) if isinstance(text, str)]
    return [re.sub(r":(red|small)\[|:material/\w+:", "", text) for text in texts if not text.endswith(".py")]


def test_words_in_sentences_are_marked() -> None:
    """In a field for a word stands one of this project's own, never a bare text."""
    named = [
        (keyword.value, where) for node, where in calls() for keyword in node.keywords if keyword.arg in WORD_FIELDS
    ]
    assert [] == [where for value, where in named if isinstance(value, ast.Constant)]


def test_what_is_no_word_is_said_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder called data, a layer called padding: their names are the learner's, in Chinese too."""
    monkeypatch.setattr(language, "language", lambda: "zh")
    for sentence in spoken():
        parts = list(string.Formatter().parse(chinese()[sentence]))
        if any(spec or conversion for _, _, spec, conversion in parts):
            continue  # for numbers only
        counted = {"count": 5} if split_forms(sentence)[1] else {}
        said = language.explain(Sentence(sentence, dict.fromkeys(fields(sentence), "padding") | counted))
        words = [name for _, name, _, _ in parts if name in WORD_FIELDS]
        assert len(words) == said.count("填充") - chinese()[sentence].count("填充"), sentence


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
