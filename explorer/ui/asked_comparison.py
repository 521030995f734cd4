"""A comparison that another page has asked for: the Compare page trains it when it is opened."""

import streamlit as st

from explorer.core.run.comparison import Network

_ASKED = "asked_comparison"  # in the session: one of COMPARISONS, and the network in the place of the exercise's


def ask_comparison(name: str, own: Network | None = None) -> None:
    """The Compare page, opened next, trains what that one of COMPARISONS lacks; with ``own`` for the exercise's."""
    st.session_state[_ASKED] = name, own


def pop_asked_comparison() -> tuple[str, Network | None] | None:
    """The one asked for; the second call finds none."""
    return st.session_state.pop(_ASKED, None)
