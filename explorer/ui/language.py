"""The learner's language: pages are written in English, and ``t`` says it in the one that was chosen."""

import re
from collections.abc import Iterable, Mapping
from functools import reduce

import streamlit as st

from explorer.core.environment import environment
from explorer.core.errors import LONG, PATH_FIELDS, WORD_FIELDS, ExplainedError, Sentence, SettingError, fill_in
from explorer.core.errors import mark as mark  # which the pages know as a part of saying things
from explorer.core.sentence_forms import FORM_END
from explorer.core.sentence_forms import in_context as in_context
from explorer.core.sentence_forms import plural as plural
from explorer.lessons import catalogues
from explorer.lessons.catalogues import ENGLISH, find_language, languages, translate
from explorer.lessons.numbers import write_number
from explorer.ui.address import is_in_address, linked_value, write_parameter


def language() -> str:
    """ "en", "zh" …: what the learner chose, else what the link says (``?lang=zh``), else what the browser asks for."""
    return linked_value("lang", _browsers, _parse, _text)


def read_languages() -> None:
    """Reads every language's catalogue, which is then kept."""
    for name in languages():
        catalogues.catalogue(name)


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
    write_parameter("lang", _text(language()))


def _browsers() -> str:
    return find_language(st.context.locale or "") or ENGLISH


def _parse(text: str) -> str:
    found = find_language(text)
    if not found:
        known = ", ".join(f"{own_name} ({name})" for name, own_name in languages().items())
        raise SettingError("Known are {known}.", known=known)
    return found


def _text(name: str) -> str:
    return name if is_in_address("lang") or name != _browsers() else ""


def t(sentence: str, **numbers: object) -> str:
    """``sentence``, a literal English template, in the page's language with its numbers filled in."""
    spoken = language()
    said = translate(spoken, sentence, numbers)
    if not numbers or spoken == ENGLISH:
        return fill_in(said, numbers) if numbers else said
    return said.format(**{name: _written(spoken, value) for name, value in numbers.items()})


def say_number(value: float, form: str) -> str:
    """``value`` in Python's format ``form``, with the signs of the page's language: ``say_number(0.9833, ".2%")``.

    For what is said. Code, links, files and formulas have Python's own signs.
    """
    return write_number(language(), value, form)


def _written(spoken: str, value: object) -> object:
    if isinstance(value, float) or (isinstance(value, int) and abs(value) >= LONG):
        return write_number(spoken, value, "," if abs(value) >= LONG else "")
    return value


def join_sentences(*sentences: str) -> str:
    """Those that are not empty, one behind the other, with a space between them where the language has one."""
    first, *others = [sentence for sentence in sentences if sentence] or [""]
    return reduce(lambda said, sentence: t("{first} {second}", first=said, second=sentence), others, first)


def join_words(words: Iterable[str]) -> str:
    """As one enumeration."""
    return t(", ").join(words)


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
    """A sentence with its words in the page's language; what else stands in it is said as it is.

    But for folders on a server for others (``environment().profile``): of these only the last name is said.
    """
    numbers = {name: t(value) if name in WORD_FIELDS else value for name, value in sentence.numbers.items()}
    if environment().profile:
        numbers |= {name: _without_folders(str(numbers[name])) for name in PATH_FIELDS & numbers.keys()}
    return t(sentence.text, **numbers)


def _without_folders(text: str) -> str:
    """``text``, of each path in it only what stands behind its last slash."""
    return re.sub(r"(?<![\w.:/])(?:[A-Za-z]:\\|/)(?:[^\s/\\'\":]+[/\\])*(?=[^\s/\\'\":])", "", text)


def explain_error(error: ExplainedError) -> str:
    """What it says, in the page's language."""
    return explain(error.sentence)


def lesson(name: str) -> str:
    """The Markdown text of that name in the page's language."""
    return catalogues.lesson(language(), name)
