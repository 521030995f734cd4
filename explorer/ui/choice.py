"""A choice among named options. The link holds the name: Streamlit's own binding writes the label, in one language."""

from collections.abc import Mapping

import streamlit as st

from explorer.ui.language import t


def choice(key: str, label: str, names: Mapping[str, str], **options: object) -> str:
    """A select box of the marked ``names``, by default the first; ``key`` is its name in the link."""
    default = next(iter(names))
    if key not in st.session_state:
        linked = st.query_params.get(key)
        st.session_state[key] = linked if linked in names else default
    labels = {name: t(sentence) for name, sentence in names.items()}
    chosen = st.selectbox(label, list(names), format_func=labels.get, key=key, persist_state="session", **options)
    write_parameter(key, chosen if chosen != default else "")
    return chosen


def write_parameter(key: str, text: str) -> None:
    """Puts ``text`` into the link; nothing, and its name goes too."""
    if text:
        if st.query_params.get(key) != text:
            st.query_params[key] = text
    elif key in st.query_params:
        del st.query_params[key]
