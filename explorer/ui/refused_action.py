"""What a click asks for and the server refuses: a sentence on the page that the click's callback comes before."""

from collections.abc import Callable

import streamlit as st

from explorer.core.errors import ExplainedError
from explorer.ui.language import explain

_REFUSAL = "refused_action"


def explain_refusal_of(action: Callable[..., object], *arguments: object) -> None:
    """Calls ``action``; a refusal, the disk's too, is kept for ``show_refusal``."""
    try:
        action(*arguments)
    except ExplainedError as error:
        st.session_state[_REFUSAL] = error.sentence


def show_refusal() -> None:
    """Draws what was refused last, once."""
    if refusal := st.session_state.pop(_REFUSAL, None):
        st.error(explain(refusal))
