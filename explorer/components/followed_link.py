"""A link to a page that is followed as soon as it is there: the way to another page that a button has decided on.

``st.switch_page`` makes two entries of the browser's history, the first of them the page that is left with the address
of the one to come; a link that is clicked makes one.
"""

from collections.abc import Mapping

import streamlit as st
from streamlit.components.v2 import component

from explorer.components.files import script

_COMPONENT = component("followed_link", js=script("followed_link.js"))


def follow_link(page: str, query_params: Mapping[str, str], *, key: str) -> None:
    """Leads to ``page``, the path of its file, with that address; to be called once, in the run of the click."""
    with st.container(key=key, height=1, gap=None, border=False):
        st.page_link(page, label="…", query_params=query_params)
        _COMPONENT(key=f"{key}_follow", data=key)
