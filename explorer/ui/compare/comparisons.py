"""Comparisons that one click starts: what is there already is used again, the rest begins as places become free."""

from collections.abc import Sequence

import streamlit as st

from explorer.core.errors import SettingError
from explorer.core.run.comparison import Network, comparison_settings
from explorer.core.run.train_config import TrainConfig
from explorer.runs.run import ENDED_WELL, Run
from explorer.ui.asked_comparison import pop_asked_comparison
from explorer.ui.compare.shown_runs import show_runs, shown_runs
from explorer.ui.compare.wanted_runs import start_wanted_runs, want_runs, wanted_configs
from explorer.ui.cookie_text import cookie_caption
from explorer.ui.language import explain, mark, t
from explorer.ui.refused_action import explain_refusal_of, show_refusal
from explorer.ui.session_runs import learner, may_steer, server_runs
from explorer.ui.train_settings import choice_setting, learner_data, setting

_CHOSEN = "compare_set"  # the comparison that was started last, and whose network
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


def comparison_buttons() -> None:
    """Draws a button for each comparison, what it costs beneath the pointer, and one that stops what is under way.

    Trains the one that another page has asked for.
    """
    if asked := pop_asked_comparison():
        _compare(*asked)
    with st.container(horizontal=True, vertical_alignment="center"):
        for name, sentence in NAMES.items():
            st.button(t(sentence), key=f"compare_start_{name}", help=t(COSTS[name]), on_click=_compare, args=(name,))
        _stop_button()
        st.caption(t("Each: about half a minute on one CPU core."))
    show_refusal()
    if server_runs().of(learner()) or wanted_configs():
        cookie_caption()


def data_choice() -> None:
    """Draws the choice of what a comparison trains on."""
    why = t("For the comparisons above. What is published is fetched once; offline digits need no network.")
    choice_setting("data").select(t("Data"), help=why)


def run_problems(runs: Sequence[Run]) -> None:
    """Draws what went wrong with the runs, each sentence once, and a button for data that needs no network."""
    failed = [run for run in runs if run.error]
    for sentence in dict.fromkeys(explain(run.error) for run in failed):
        st.error(sentence)
    if _CHOSEN in st.session_state and any(run.lacks_data and run.config.data != "offline" for run in failed):
        st.button(t("Train on the offline digits instead"), key="compare_offline", on_click=_compare_offline)


def _stop_button() -> None:
    idle = not _under_way() and not wanted_configs()
    st.button(
        t("Stop"),
        key="compare_stop",
        disabled=idle,
        help=t("No run is under way.") if idle else t("Stops the runs that are shown."),
        on_click=_stop,
    )


def _under_way() -> list[Run]:
    return [run for run, _ in shown_runs() if run.unfinished and may_steer(run)]


def _compare_offline() -> None:
    setting("data").set("offline")
    _compare(*st.session_state[_CHOSEN])


def _compare(name: str, own: Network | None = None) -> None:
    st.session_state[_CHOSEN] = name, own
    there, missing = [], []
    for overrides in comparison_settings(name, own):
        config = TrainConfig(**learner_data(), **overrides).within_limits()
        run = _usable_run(config)
        there.append(run) if run else missing.append(config)
    show_runs(there)
    want_runs(missing)
    start_wanted_runs()


def _usable_run(config: TrainConfig) -> Run | None:
    """A run of these settings that ended well or may yet end well; a stopped one is resumed."""
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


def _stop() -> None:
    want_runs(())
    for run in _under_way():
        explain_refusal_of(server_runs().steer, run, "stop", learner())
