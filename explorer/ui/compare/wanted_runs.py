"""The runs that a comparison still lacks: they begin as the learner's places become free."""

from collections.abc import Sequence

import streamlit as st

from explorer.components.run_looks import Look
from explorer.core import limits
from explorer.core.errors import SettingError
from explorer.core.run.train_config import TrainConfig
from explorer.runs.run import Run
from explorer.ui.compare.shown_runs import fill_place, free_looks, run_places
from explorer.ui.language import explain, t
from explorer.ui.session_runs import learner, server_runs

NOT_STARTED = "compare_wanted"  # also the state of a run that nobody has started yet
_REFUSAL = "compare_refusal"


def want_runs(configs: Sequence[TrainConfig]) -> None:
    """Makes runs of these settings, and no others, those that are to be started."""
    st.session_state[NOT_STARTED] = list(configs)


def wanted_configs() -> list[TrainConfig]:
    """The settings of the runs that are still to be started; this very list is kept."""
    return st.session_state.setdefault(NOT_STARTED, [])


def wanted_runs() -> list[tuple[Run, Look]]:
    """The wanted ones as runs without a step, with the looks that they will have: the picture need not grow later."""
    return list(zip([Run("", config, state=NOT_STARTED) for config in wanted_configs()], free_looks(), strict=False))


def start_wanted_runs() -> bool:
    """Starts as many as one learner may have under way; whether there was one.

    A whole comparison at once would not be quicker, and would keep other learners' runs waiting.
    """
    waiting, places, is_one_started = wanted_configs(), run_places(), False
    st.session_state.pop(_REFUSAL, None)
    while waiting and _count_under_way() < limits.MAX_LEARNER_RUNS:
        try:
            run = server_runs().start(waiting[0], learner())
        except SettingError as error:  # the server is full: the next poll tries again
            st.session_state[_REFUSAL] = error.sentence
            break
        # A click ends this run of the page where it next asks the session. Until here nothing has begun, and then the
        # run is shown and wanted no more: it is not started twice, and Stop knows it.
        del waiting[0]
        fill_place(places, run)
        is_one_started = True
    return is_one_started


def waiting_text() -> str:
    """What still waits to be started, and why; empty where nothing does."""
    count = len(wanted_configs())
    if not count:
        return ""
    why = st.session_state.get(_REFUSAL)
    if why:
        return explain(why)
    return t(
        "{count} more to start: each learner has {most} runs at a time. Keep this page open.",
        count=count,
        most=limits.MAX_LEARNER_RUNS,
    )


def _count_under_way() -> int:
    return sum(run.unfinished for run in server_runs().of(learner()))
