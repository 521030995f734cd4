"""The bar along the top: the product's name, which leads home, the pages in learning order, the language at its end."""

from collections.abc import Sequence

import streamlit as st

from explorer.lessons.catalogues import ENGLISH
from explorer.ui.address import link_to, opened_page
from explorer.ui.language import language, language_switch

PRODUCT = "CNN explorer"  # a name, the same in every language


def navigation_bar(pages: Sequence[st.Page]) -> None:
    """Links to ``pages``, the first of which is home, as the learner left them, and the language switch."""
    names = "short" if language() == ENGLISH else "long"  # which the style sheet gives more room
    with st.container(horizontal=True, vertical_alignment="center", wrap=False, key=f"navigation_{names}"):
        with st.container(horizontal=True, key="pages"):
            for page in pages:
                name = page.title if page.url_path else f"**{PRODUCT}**"
                # The open page's own link would be late: what the learner sets on it draws no bar anew.
                is_open = page.url_path == opened_page()
                st.page_link(page, label=name, query_params=link_to(page.url_path), disabled=is_open)
        with st.container(width="content"):
            language_switch()
