"""The server's classes, for who steers one and for who answers in it."""

import streamlit as st

from explorer.classes.class_rooms import ClassRooms


@st.cache_resource(show_spinner=False)
def server_classes() -> ClassRooms:
    """All classes of this server: in memory, until each one's time is over."""
    return ClassRooms()
