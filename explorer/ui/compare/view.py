"""The comparison on screen: two charts, the exercise's answer, the table; drawn anew while a run trains."""

from collections.abc import Sequence

import streamlit as st

from explorer.runs.run import Run
from explorer.ui.compare.answer import answer
from explorer.ui.compare.comparisons import run_problems
from explorer.ui.compare.curves import comparison_curves
from explorer.ui.compare.examples import is_example, is_held_back
from explorer.ui.compare.shown_runs import shown_runs
from explorer.ui.compare.table import comparison_table
from explorer.ui.compare.wanted_runs import start_wanted_runs, waiting_text, wanted_configs, wanted_runs
from explorer.ui.exercise_guess import has_guessed
from explorer.ui.language import t
from explorer.ui.run_names import run_names
from explorer.ui.session_runs import server_runs

POLL_SECONDS = 0.5  # as the Train page


def comparison_view() -> None:
    """Draws the runs that are shown, live while one of them trains or is still to be started."""
    polling = is_under_way()
    st.fragment(_comparison, run_every=POLL_SECONDS if polling else None)(polling, has_guessed())


def _comparison(polling: bool, guessed: bool) -> None:
    if start_wanted_runs() or (is_under_way(), has_guessed()) != (polling, guessed):
        st.rerun()  # the whole page once more: another run to choose, polling begins or ends, the examples go on
    shown = [*shown_runs(), *wanted_runs()]
    runs = [run for run, _ in shown]
    for run in runs:
        if run.unfinished:
            server_runs().watch(run)
    names = run_names(runs)
    comparison_curves(shown, names)
    with st.container():  # one element whatever it holds, so that the table keeps its place
        if text := _remark(runs):
            st.caption(text)
        run_problems(runs)
        answer(runs, names)
    comparison_table(shown, names)


def _remark(runs: Sequence[Run]) -> str:
    if text := waiting_text():
        return text
    if any(map(is_held_back, runs)):
        return t("Examples, drawn as far as their first epoch: your guess shows the rest. Or train your own, above.")
    if runs and all(map(is_example, runs)):
        return t("Trained beforehand, each on one CPU core. A click above trains your own.")
    return ""


def is_under_way() -> bool:
    """Whether a run that is shown is under way, or still to be started."""
    return bool(wanted_configs()) or any(run.unfinished for run, _ in shown_runs())
