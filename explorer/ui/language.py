"""The learner's language: pages are written in English, and ``t`` says it in the one that was chosen."""

from collections.abc import Mapping

import streamlit as st

from explorer.core.errors import WORD_FIELDS, ExplainedError, Sentence, SettingError, fill_in
from explorer.core.errors import mark as mark  # which the pages know as a part of saying things
from explorer.core.sentence_forms import FORM_END
from explorer.core.sentence_forms import in_context as in_context
from explorer.core.sentence_forms import plural as plural
from explorer.lessons import catalogues
from explorer.lessons.catalogues import ENGLISH, find_language, languages, translate
from explorer.ui.address import linked, says, write


def language() -> str:
    """ "en", "zh" …: what the learner chose, else what the link says (``?lang=zh``), else what the browser asks for."""
    return linked("lang", _browsers, _parse, _text)


def language_switch() -> None:
    """The choice of language."""
    st.session_state["lang"] = language()
    st.segmented_control(
        "Language / 语言",
        list(languages()),
        format_func=languages().get,
        required=True,
        key="lang",
        label_visibility="collapsed",
    )


def keep_language_in_link() -> None:
    """Every page's link carries it where it is not the browser's, or was once chosen."""
    write("lang", _text(language()))


def _browsers() -> str:
    return find_language(st.context.locale or "") or ENGLISH


def _parse(text: str) -> str:
    found = find_language(text)
    if not found:
        known = ", ".join(f"{own_name} ({name})" for name, own_name in languages().items())
        raise SettingError("Known are {known}.", known=known)
    return found


def _text(name: str) -> str:
    return name if says("lang") or name != _browsers() else ""


def t(sentence: str, **numbers: object) -> str:
    """``sentence``, a literal English template, in the page's language with its numbers filled in."""
    said = translate(language(), sentence, numbers)
    return fill_in(said, numbers) if numbers else said


def say_all(words: Mapping[str, str]) -> dict[str, str | dict[str, str]]:
    """Marked sentences in the page's language, their {names} left open; asks once which language it is.

    Of a sentence with several forms the browser gets all, and the language, by which it chooses one.
    """
    spoken = language()
    return {
        name: {**catalogues.every_form(spoken, text), "language": spoken.replace("_", "-")}
        if FORM_END in text
        else translate(spoken, text, {})
        for name, text in words.items()
    }


def explain(sentence: Sentence) -> str:
    """A sentence with its words in the page's language; what else stands in it is said as it is."""
    numbers = {name: t(value) if name in WORD_FIELDS else value for name, value in sentence.numbers.items()}
    return t(sentence.text, **numbers)


def explain_error(error: ExplainedError) -> str:
    """What it says, in the page's language."""
    return explain(error.sentence)


def lesson(name: str) -> str:
    """The Markdown text of that name in the page's language."""
    return catalogues.lesson(language(), name)
