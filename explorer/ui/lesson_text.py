"""The longer text beside a picture, without what a lecturer's link leaves out: all, or lines about hidden controls."""

import streamlit as st

from explorer.lessons.try_lines import shown_lesson
from explorer.ui.language import lesson
from explorer.ui.terms import explained_markdown
from explorer.ui.view_options import TEXT, view


def lesson_text(name: str, heading: str = "") -> None:
    """Draws the lesson's text of that name beneath its heading, which needs none where the text brings its own."""
    shown = view()
    if not shown.shows(TEXT):
        return
    if heading:
        st.markdown(f"#### {heading}")
    explained_markdown(shown_lesson(lesson(name), shown.hidden | shown.fixed))
