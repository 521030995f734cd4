"""The field for an answer: each question has one of its own, empty at first, whose number tells questions apart."""

import streamlit as st

_ROUND = "exercise_round"  # how many fields there have been


def field_key() -> str:
    """The key of the field of the question that stands there."""
    return f"exercise_answer_{st.session_state.get(_ROUND, 0)}"


def new_field() -> None:
    """Another question is asked."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
