"""In class: the question that a lecturer asks, one's own answer, and how all answers are spread."""

import streamlit as st

from explorer.ui.address import show_address
from explorer.ui.in_class.answering import class_answer, class_entry, polling_seconds
from explorer.ui.in_class.settings import CODE


def screen(drawn_every: float | None) -> None:
    """The question, drawn anew every so many seconds."""
    room = CODE.room
    if room:
        class_answer(room)
    else:
        class_entry()
    CODE.write()
    show_address()
    if polling_seconds() != drawn_every:
        st.rerun()  # a class was entered, has ended or has grown


st.fragment(screen, run_every=polling_seconds())(polling_seconds())
