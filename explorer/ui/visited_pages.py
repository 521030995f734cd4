"""The pages that there are, and the one that was looked at last: what a lecturer's link is made of."""

from collections.abc import Mapping

import streamlit as st

FIRST = "home"  # what a link calls the first page, whose path is empty
LAST_PAGE = "lecturer_page"  # its name, in the session and in the lecturer's page's link
_TITLES = "page_titles"


def remember_page(titles: Mapping[str, str], opened: str) -> None:
    """Keeps the pages' titles by their paths, and the path of the page that is open if it is one of them."""
    st.session_state[_TITLES] = {path or FIRST: title for path, title in titles.items()}
    if opened in titles:
        st.session_state[LAST_PAGE] = opened or FIRST


def page_titles() -> dict[str, str]:
    """The titles of the pages in learning order, by their paths, FIRST for the empty one."""
    return st.session_state[_TITLES]


def page_path(name: str) -> str:
    """The path of the page of that name."""
    return "" if name == FIRST else name
