"""English and Chinese: pages are written in English, and ``t`` says it in the learner's language."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import streamlit as st

from explorer.core.errors import WORD_FIELDS, ExplainedError, SettingError, fill_in
from explorer.core.errors import mark as mark  # which the pages know as a part of saying things
from explorer.ui.address import linked, says, write

LANGUAGES = {"en": "English", "zh": "中文"}
_CHINESE, _ENGLISH = (re.compile(rf"\s*{name}([-_.].*)?", re.IGNORECASE) for name in ("zh", "en"))
_LESSONS = Path(__file__).parents[1] / "lessons"


@cache
def chinese() -> dict[str, str]:
    """Every English sentence on screen -> the Chinese one."""
    with (_LESSONS / "zh.toml").open("rb") as file:
        return tomllib.load(file)


def language() -> str:
    """ "en" or "zh": what the learner chose, else what the link says (``?lang=zh``), else what the browser asks for."""
    return linked("lang", _browsers, _parse, _text)


def language_switch() -> None:
    """The choice of language."""
    st.session_state["lang"] = language()
    st.segmented_control(
        "Language / 语言",
        list(LANGUAGES),
        format_func=LANGUAGES.get,
        required=True,
        key="lang",
        label_visibility="collapsed",
    )


def keep_language_in_link() -> None:
    """Every page's link carries it where it is not the browser's, or was once chosen."""
    write("lang", _text(language()))


def _browsers() -> str:
    return "zh" if _CHINESE.fullmatch(st.context.locale or "") else "en"


def _parse(text: str) -> str:
    """zh-CN, zh_TW, zh-Hans and ZH are Chinese, en-US is English, as browsers and people write them."""
    if _CHINESE.fullmatch(text):
        return "zh"
    if _ENGLISH.fullmatch(text):
        return "en"
    raise SettingError("There are English (en) and Chinese (zh).")


def _text(name: str) -> str:
    return name if says("lang") or name != _browsers() else ""


def t(sentence: str, **numbers: object) -> str:
    """``sentence``, a literal English template, in the page's language with its numbers filled in."""
    if language() == "zh":
        sentence = chinese().get(sentence, sentence)
    return fill_in(sentence, numbers) if numbers else sentence


def say_all(words: Mapping[str, str]) -> dict[str, str]:
    """Marked sentences in the page's language, their {names} left open; asks once which language it is."""
    catalogue = chinese() if language() == "zh" else {}
    return {name: catalogue.get(sentence, sentence) for name, sentence in words.items()}


def explain(sentence: str, numbers: Mapping[str, object]) -> str:
    """A sentence with its words in the page's language; what else stands in it is said as it is."""
    return t(sentence, **{name: t(value) if name in WORD_FIELDS else value for name, value in numbers.items()})


def explain_error(error: ExplainedError) -> str:
    """What it says, in the page's language."""
    return explain(error.sentence, error.numbers)


def lesson(name: str) -> str:
    """The Markdown text of that name in the page's language."""
    return (_LESSONS / language() / f"{name}.md").read_text("utf-8")
