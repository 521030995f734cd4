"""For lecturers: a link by which a class sees a page as one wants it, and a question that a class answers at once."""

import streamlit as st

from explorer.ui.address import show_address
from explorer.ui.language import t
from explorer.ui.lecturer.class_link import class_link, class_link_controls
from explorer.ui.lecturer.class_steering import class_controls, class_screen, steering_seconds
from explorer.ui.lecturer.settings import CLASS


def in_class(drawn_every: float | None) -> None:
    """The class, drawn anew every so many seconds while one is open."""
    if CLASS.room:
        class_screen()
    else:
        st.markdown(f"#### {t('Ask your class a question')}")
        class_controls()
    CLASS.write()
    show_address()
    if steering_seconds() != drawn_every:
        st.rerun()  # a class has been opened, or has ended


@st.fragment
def link_panel() -> None:
    """The link, and beside it what decides what it says."""
    st.markdown(f"#### {t('Make a link for your class')}")
    link, controls = st.columns([2, 1], gap="large")
    with link, st.container(key="lecturer_link"):
        class_link()
    with controls, st.container(key="lecturer_controls"):
        class_link_controls()
    show_address()


# What polls stands first while a class is open; what follows it is in a place of its own.
seconds = steering_seconds()
if seconds is None:
    link_panel()
st.fragment(in_class, run_every=seconds)(seconds)
if seconds is not None:
    with st.container():
        link_panel()
