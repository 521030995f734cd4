"""The way through the pages in the lecture's order: at the foot of each the last, the next, and how far one is."""

from collections.abc import Sequence

import streamlit as st

from explorer.ui.address import link_to
from explorer.ui.language import t


def tour(pages: Sequence[st.Page], page: st.Page) -> None:
    """Draws links from ``page``, which is one of ``pages``, to its neighbours; as the learner left them."""
    place = [one.url_path for one in pages].index(page.url_path)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="tour"):
        if place:
            _link(pages[place - 1], t("← Back: {page}", page=pages[place - 1].title))
        st.markdown(t("{place} of {count}", place=place + 1, count=len(pages)), width="content")
        if place + 1 < len(pages):
            _link(pages[place + 1], t("Next: {page} →", page=pages[place + 1].title))


def _link(page: st.Page, label: str) -> None:
    st.page_link(page, label=label, query_params=link_to(page.url_path), width="content")
