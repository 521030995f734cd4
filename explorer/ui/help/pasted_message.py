"""The field for a message, and what its numbers say."""

import streamlit as st

from explorer.core.errors import SettingError
from explorer.core.help.read_message import read_message
from explorer.core.help.reading import Reading
from explorer.core.network.link import encode
from explorer.ui.address import link_to
from explorer.ui.help.examples import EXAMPLES
from explorer.ui.help.settings import NONE, TOPIC
from explorer.ui.language import explain, explain_error, join_sentences, t
from explorer.ui.markdown_escape import escape_markdown

_TEXT = "help_message"


def message_field() -> str:
    """Draws the field and gives its text: until something is pasted, the open question's example where it has one."""
    if st.session_state.get(_TEXT, "") in ("", *EXAMPLES.values()) and TOPIC.value in EXAMPLES:
        st.session_state[_TEXT] = EXAMPLES[TOPIC.value]
    return st.text_area(
        t("Paste PyTorch’s message, or the whole traceback"),
        key=_TEXT,
        height=110,
        persist_state="session",
        on_change=_open_topic,
    )


def explanation(text: str) -> None:
    """Draws what was understood of the message in the text."""
    try:
        reading = read_message(text)
    except SettingError as error:
        st.error(explain_error(error))
        return
    if reading:
        _numbers_explained(reading)
    else:
        st.info(
            t(
                "No message that is known here was found in this text. Its last line is the one that counts; or look "
                "for a word of it among the questions."
            )
            if text.strip()
            else t("Paste a message, and its numbers are explained here.")
        )


def _numbers_explained(reading: Reading) -> None:
    st.code(reading.message, language=None, wrap_lines=True)
    st.markdown(escape_markdown(join_sentences(*map(explain, reading.sentences))))
    if reading.code:
        st.code(reading.code, language="python")
    if reading.stack:
        there = link_to("network", network_stack=encode(reading.stack))
        st.page_link(
            "explorer/pages/network.py",
            label=t("Open a network that gives this message"),
            query_params=there,
        )


def _open_topic() -> None:
    """What the new message is about is the open question; of an unknown one, none."""
    text = st.session_state[_TEXT]
    try:
        reading = read_message(text)
    except SettingError:
        reading = None
    if text.strip():
        TOPIC.set(reading.topic if reading else NONE)
