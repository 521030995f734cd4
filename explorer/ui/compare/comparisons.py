"""Comparisons that one click starts: what is there already is used again, the rest begins as places become free."""

from collections.abc import Sequence

import streamlit as st

from explorer.components.run_looks import Look
from explorer.core import limits
from explorer.core.errors import SettingError
from explorer.core.run.comparison import COMPARISONS
from explorer.core.run.train_config import TrainConfig
from explorer.runs.run import Run
from explorer.ui.compare.shown_runs import add_runs, free_looks, show_runs, shown_runs
from explorer.ui.language import explain, mark, t
from explorer.ui.session_runs import learner, may_steer, server_runs
from explorer.ui.train_settings import choice_setting, learner_data, setting

# The first names a run's state as well: one that nobody has started yet.
WANTED, REFUSAL, SET = "compare_wanted", "compare_refusal", "compare_set"
NAMES = {
    "exercise": mark("The exercise against the simple CNN"),
    "shuffled": mark("CNN and dense net, shuffled pixels"),
    "rates": mark("Four learning rates: 0.001 to 1"),
}
COSTS = {  # measured on one core
    "exercise": mark("2 runs of 3 epochs, about 40 s on one CPU core"),
    "shuffled": mark("4 runs of 2 epochs, about 30 s on one CPU core"),
    "rates": mark("4 runs of 1 epoch, about 30 s on one CPU core"),
}
ENDED_WELL = ("finished", "target", "time", "diverged")


def comparison_buttons() -> None:
    """Draws a button for each comparison, what it costs beneath the pointer, and one that stops what is under way."""
    with st.container(horizontal=True, vertical_alignment="center"):
        for name, sentence in NAMES.items():
            st.button(t(sentence), key=f"compare_start_{name}", help=t(COSTS[name]), on_click=_compare, args=(name,))
        _stop_button()
        st.caption(t("Each: about half a minute on one CPU core."))


def data_choice() -> None:
    """Draws the choice of what a comparison trains on."""
    why = t("For the comparisons above. What is published is fetched once; offline digits need no network.")
    choice_setting("data").select(t("Data"), help=why)


def problems(runs: Sequence[Run]) -> None:
    """What went wrong with these runs, each sentence once, and the way that needs no network."""
    failed = [run for run in runs if run.error]
    for sentence in dict.fromkeys(explain(run.error) for run in failed):
        st.error(sentence)
    if SET in st.session_state and any(run.lacks_data and run.config.data != "offline" for run in failed):
        st.button(t("Train on the offline digits instead"), key="compare_offline", on_click=_compare_offline)


def _stop_button() -> None:
    under_way = [run for run, _ in shown_runs() if run.unfinished and may_steer(run)]
    idle = not under_way and not wanted()
    st.button(
        t("Stop"),
        key="compare_stop",
        disabled=idle,
        help=t("No run is under way.") if idle else t("Stops the runs that are shown."),
        on_click=_stop,
        args=(under_way,),
    )


def wanted() -> tuple[TrainConfig, ...]:
    """What is still to be started."""
    return st.session_state.get(WANTED, ())


def wanted_runs() -> list[tuple[Run, Look]]:
    """The same as runs without a step, with the looks that they will have: the picture need not grow later."""
    return list(zip([Run("", config, state=WANTED) for config in wanted()], free_looks(), strict=False))


def start_wanted() -> bool:
    """Starts as many as one learner may have under way; whether there was one.

    A whole comparison at once would not be quicker, and would keep other learners' runs waiting.
    """
    waiting, started = list(wanted()), []
    st.session_state.pop(REFUSAL, None)
    while waiting and _under_way() < limits.MAX_LEARNER_RUNS:
        try:
            started.append(server_runs().start(waiting[0], learner()))
        except SettingError as error:  # the server is full: the next poll tries again
            st.session_state[REFUSAL] = error.sentence
            break
        del waiting[0]
    st.session_state[WANTED] = tuple(waiting)
    add_runs(started)
    return bool(started)


def waiting_text() -> str:
    """What still waits to be started, and why; empty where nothing does."""
    count = len(wanted())
    if not count:
        return ""
    why = st.session_state.get(REFUSAL)
    if why:
        return explain(why)
    return t(
        "{count} more to start: each learner has {most} runs at a time. Keep this page open.",
        count=count,
        most=limits.MAX_LEARNER_RUNS,
    )


def _compare_offline() -> None:
    setting("data").set("offline")
    _compare(st.session_state[SET])


def _compare(name: str) -> None:
    st.session_state[SET] = name
    there, missing = [], []
    for overrides in COMPARISONS[name]:
        config = TrainConfig(**learner_data(), **overrides)
        run = _find(config)
        there.append(run) if run else missing.append(config)
    show_runs(there)
    st.session_state[WANTED] = tuple(missing)
    start_wanted()


def _find(config: TrainConfig) -> Run | None:
    """A run of these settings that ended well or may yet; one that can go on does."""
    for run in server_runs().of(learner()):
        if run.config != config:
            continue
        if run.unfinished or run.state in ENDED_WELL:
            return run
        if run.resumable:
            try:
                return server_runs().resume(run, learner())
            except SettingError:  # no free place: a new one waits for it
                continue
    return None


def _under_way() -> int:
    return sum(run.unfinished for run in server_runs().of(learner()))


def _stop(runs: list[Run]) -> None:
    st.session_state[WANTED] = ()
    for run in runs:
        server_runs().steer(run, "stop", learner())
