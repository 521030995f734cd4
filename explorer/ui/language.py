"""English and Chinese: pages are written in English, and ``t`` says it in the learner's language."""

import tomllib
from functools import cache
from pathlib import Path

import streamlit as st

from explorer.core.explained import ExplainedError

LANGUAGES = {"en": "English", "zh": "中文"}
_LESSONS = Path(__file__).parents[1] / "lessons"


@cache
def chinese() -> dict[str, str]:
    """Every English sentence on screen -> the Chinese one."""
    with (_LESSONS / "zh.toml").open("rb") as file:
        return tomllib.load(file)


def language() -> str:
    """ "en" or "zh": what the learner chose (``?lang=zh``), else what the browser asks for."""
    return st.session_state.get("lang") or _browser_language()


def language_switch() -> None:
    """The choice of language, kept in the URL on every page."""
    st.segmented_control(
        "Language / 语言",
        list(LANGUAGES),
        default=_browser_language(),
        format_func=LANGUAGES.get,
        required=True,
        key="lang",
        bind="query-params",
        label_visibility="collapsed",
    )


def t(sentence: str, **numbers: object) -> str:
    """``sentence``, a literal English template, in the page's language with its numbers filled in."""
    if language() == "zh":
        sentence = chinese().get(sentence, sentence)
    return sentence.format(**numbers) if numbers else sentence


def mark(sentence: str) -> str:
    """``sentence`` itself: marks a word that ``t`` will be given later, so that the test of translations sees it."""
    return sentence


def explain(error: ExplainedError) -> str:
    """The error's sentence in the page's language, the words among its numbers too."""
    return t(error.sentence, **{name: t(v) if isinstance(v, str) else v for name, v in error.numbers.items()})


def lesson(name: str) -> str:
    """The Markdown text of that name in the page's language."""
    return (_LESSONS / language() / f"{name}.md").read_text("utf-8")


def _browser_language() -> str:
    return "zh" if (st.context.locale or "").lower().startswith("zh") else "en"
