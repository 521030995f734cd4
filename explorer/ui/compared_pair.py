"""Which two runs have answered the lecture's exercise: kept once they are compared, and in the exercise's link."""

import streamlit as st

from explorer.core.errors import SettingError
from explorer.runs.run import Run
from explorer.ui.address import linked_value, write_parameter
from explorer.ui.exercise_pair import Pair, exercise_pairs, is_answered
from explorer.ui.session_runs import may_steer, server_runs

_RUNS = "task_runs"  # both ids, with a comma between them


def note_compared(pair: Pair) -> None:
    """Keeps which runs the learner has compared, if they are the learner's own."""
    if all(map(may_steer, pair)):
        st.session_state[_RUNS] = _text(pair)


def compared_pair() -> Pair | None:
    """The runs that were compared last, or those that the link names; None where there are none, or no more."""
    return _find(linked_value(_RUNS, str, _parse, str))


def forget_compared() -> None:
    """No runs have been compared."""
    st.session_state[_RUNS] = ""


def write_compared_pair() -> None:
    """Puts them into the link."""
    pair = compared_pair()
    write_parameter(_RUNS, _text(pair) if pair else "")


def _parse(text: str) -> str:
    if not _find(text):
        raise SettingError(
            "It names no two runs that are known here and answer the exercise: a run with its layers and one of the "
            "simple CNN, trained alike and to their end. Runs can be deleted, and each server knows its own."
        )
    return text


def _find(text: str) -> Pair | None:
    found: list[Run | None] = [server_runs().find(run_id) for run_id in text.split(",")[:2]]
    pairs = exercise_pairs(run for run in found if run)
    return pairs[0] if pairs and is_answered(pairs[0]) else None


def _text(pair: Pair) -> str:
    return ",".join(run.id for run in pair)
