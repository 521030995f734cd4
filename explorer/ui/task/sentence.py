"""The sentence that ends the exercise: the learner's, in the session and in the link."""

import streamlit as st

from explorer.core import limits
from explorer.core.errors import SettingError
from explorer.core.run.given_name import tidy_line
from explorer.ui.address import linked_value, write_parameter
from explorer.ui.fresh_key import fresh_key, is_late
from explorer.ui.language import t
from explorer.ui.view_options import control_options

_SENTENCE = "task_sentence"


def sentence() -> str:
    """On one line; empty where none was written."""
    return linked_value(_SENTENCE, str, _parse, str)


def write_sentence() -> None:
    """Puts it into the link."""
    write_parameter(_SENTENCE, sentence())


def forget_sentence() -> None:
    """None was written."""
    st.session_state[_SENTENCE] = ""


def sentence_field() -> None:
    """Draws the field."""
    label = t("Your sentence: what did you find, and why?")
    if (shown := control_options(_SENTENCE, label, {})) is None:
        return
    key = fresh_key(_SENTENCE, None, sentence())
    st.text_area(
        label,
        sentence(),
        key=key,
        max_chars=limits.MAX_SENTENCE,
        height=80,
        on_change=_keep,
        args=(key,),
        **shown,
    )


def _keep(key: str) -> None:
    if not is_late(key, _SENTENCE, None):
        st.session_state[_SENTENCE] = tidy_line(st.session_state[key], limits.MAX_SENTENCE)


def _parse(text: str) -> str:
    if len(text) > limits.MAX_SENTENCE:
        raise SettingError(
            "It has {count} characters, more than {highest}. Write a shorter one.",
            count=len(text),
            highest=limits.MAX_SENTENCE,
        )
    return tidy_line(text, limits.MAX_SENTENCE)
