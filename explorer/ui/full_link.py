"""Links that are given away, written in full."""

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from explorer.ui.address import opened_page


def full_link(page: str, parameters: Mapping[str, str]) -> str:
    """The address of the page of that path on this server, as the browser that asks knows the server."""
    here = st.context.url if isinstance(st.context.url, str) else ""  # AppTest, which has no browser, gives none
    root = here.partition("?")[0].removesuffix("/").removesuffix(opened_page())
    return f"{root.removesuffix('/')}/{page}" + (f"?{urlencode(parameters)}" if parameters else "")
