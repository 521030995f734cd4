"""The end of every page: the way to the lecturer's page, and out of what a lecturer's link hides."""

import streamlit as st

from explorer.ui.address import link_to
from explorer.ui.language import t
from explorer.ui.view_options import EVERYTHING, show_everything, view


def page_foot(lecturer: st.Page | None) -> None:
    """Links to ``lecturer``, where that is the way on, and says where the page is shown in a lecturer's way."""
    with st.container(horizontal=True, key="foot", vertical_alignment="center"):
        if view() != EVERYTHING:
            st.caption(t("Shown as your lecturer set it."), width="content")
            st.button(t("Show everything"), key="view_everything", type="tertiary", on_click=show_everything)
        if lecturer:
            st.page_link(lecturer, query_params=link_to(lecturer.url_path))


def larger_type() -> None:
    """Makes type larger where a lecturer's link asks for it; drawn first, before anything that it moves."""
    size = view().size
    if size != EVERYTHING.size:
        st.html(f"<style>:root {{ --type: {size / 100}; }}</style>")  # page.css says of what
