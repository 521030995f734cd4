"""The longer text beside a picture, unless a lecturer's link leaves texts out."""

import streamlit as st

from explorer.ui.language import lesson
from explorer.ui.terms import explained_markdown
from explorer.ui.view_options import TEXT, view


def lesson_text(name: str, heading: str = "") -> None:
    """Draws the lesson's text of that name beneath its heading, which needs none where the text brings its own."""
    if not view().shows(TEXT):
        return
    if heading:
        st.markdown(f"#### {heading}")
    explained_markdown(lesson(name))
