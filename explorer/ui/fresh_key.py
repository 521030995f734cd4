"""Keys for widgets that show what is kept elsewhere, so that a late message cannot undo a change.

With everything a learner does, the browser sends the values of all widgets as it knows them. Where the server gave a
widget another value and the browser had not heard of it, Streamlit takes the old value for the learner's choice. A
widget that is to show something else is therefore a new widget, and what comes from an old one is late.
"""

from collections.abc import Hashable

import streamlit as st

KEYS = 100  # of one name, before the first comes again: Streamlit remembers a little of each for the whole session


def fresh_key(name: str, owner: Hashable, value: object) -> str:
    """The key of the widget that shows ``owner``'s ``value``: as before if it shows just this, else a new one."""
    drawn, number = st.session_state.get(_drawn(name), (None, 0))
    key = f"{name}_{number}"
    if drawn == owner and key in st.session_state and st.session_state[key] == value:
        return key
    number = (number + 1) % KEYS
    st.session_state[_drawn(name)] = owner, number
    return f"{name}_{number}"


def is_late(key: str, name: str, owner: Hashable) -> bool:
    """Whether the widget of that key has been replaced, or shows what belongs to another owner than now."""
    drawn, number = st.session_state[_drawn(name)]
    return (owner, key) != (drawn, f"{name}_{number}")


def _drawn(name: str) -> str:
    return f"{name}_drawn"
