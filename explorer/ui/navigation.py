"""The bar along the top: the pages in learning order, the language at its end."""

from collections.abc import Sequence

import streamlit as st

from explorer.ui.language import language_switch

KEPT = ("lang", "run")  # parameters that every page's link carries


def navigation_bar(pages: Sequence[st.Page]) -> None:
    """Links to ``pages`` that keep the language and the run, and the language switch."""
    kept = kept_parameters()
    with st.container(horizontal=True, vertical_alignment="center", wrap=False, key="navigation"):
        with st.container(horizontal=True, key="pages"):
            for page in pages:
                st.page_link(page, query_params=kept)
        with st.container(width="content"):
            language_switch()


def kept_parameters() -> dict[str, str]:
    """The language and the run, as another page's link carries them on."""
    return {name: st.query_params[name] for name in KEPT if name in st.query_params}
