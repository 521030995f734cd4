"""What a component in the browser has told of a state, as component.js sends it."""

from typing import Any

import streamlit as st


def told_state(key: str, name: str) -> Any:
    """The state ``name`` of the component of that key, unchecked; None where it has told none, or was never drawn."""
    told = st.session_state.get(key, {}).get(name)
    return told[0] if isinstance(told, list) and len(told) == 2 else None
