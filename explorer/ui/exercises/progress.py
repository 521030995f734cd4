"""The learner's own progress: this session's, the browser's, and that of a link; none of it is anybody's grade."""

import streamlit as st

from explorer.core.errors import SettingError
from explorer.core.exercises.every import EXERCISES
from explorer.core.exercises.progress import progress_text, read_progress
from explorer.ui.address import linked_value
from explorer.ui.component_state import told_state

VERDICT = "exercise_verdict"  # the component, which keeps the browser's part
_DONE = "exercises_done"
_LINKED = "progress"


def answered() -> frozenset[str]:
    """The names of the exercises that the learner has answered rightly."""
    linked = linked_value(_LINKED, frozenset, read_progress, progress_text)
    return linked | st.session_state.get(_DONE, frozenset())


def count_text() -> str:
    """ "7 / 77"."""
    return f"{len(answered())} / {len(EXERCISES)}"


def mark_answered(name: str) -> None:
    """Adds one."""
    st.session_state[_DONE] = st.session_state.get(_DONE, frozenset()) | {name}


def take_kept() -> None:
    """Adds what the browser has told of its storage; what is no progress is left out."""
    told = told_state(VERDICT, "progress")
    try:
        kept = read_progress(told) if isinstance(told, str) else frozenset()
    except SettingError:
        return
    st.session_state[_DONE] = st.session_state.get(_DONE, frozenset()) | kept


def progress_link() -> str:
    """The page's address with the learner's progress in it."""
    base = (st.context.url or "").split("?")[0]
    return f"{base}?{_LINKED}={progress_text(answered())}"
