"""What a browser means by a label: it sends a list's labels, and for a moment those of the language before.

With everything a learner does, the browser tells what stands in each list. Until it has heard that the page is in
another language now, that is a label which the list has no more, and which Streamlit hands on as it came.
"""

from collections.abc import Mapping

import streamlit as st


def remember_labels(key: str, labels: Mapping[str, str]) -> None:
    """Of the list of that key (name -> label): those that were drawn before, in other languages, stay known."""
    known = st.session_state.setdefault(_known(key), {})
    known.update({label: name for name, label in labels.items()})


def sent_name(key: str, sent: str) -> str | None:
    """The name whose label was sent; None where no list of that key ever had it."""
    return st.session_state.get(_known(key), {}).get(sent)


def is_shown_anew(key: str, *shown_in: str) -> bool:
    """Whether the list of that key was last drawn in another language, or on another page.

    The chosen label is then none of its labels, or another page's box begins with the first one, unless the value is
    set once more: what is set goes to the browser anew.
    """
    last = f"{key}_shown_in"
    before = st.session_state.get(last)
    st.session_state[last] = shown_in
    return before != shown_in


def _known(key: str) -> str:
    return f"{key}_labels"
