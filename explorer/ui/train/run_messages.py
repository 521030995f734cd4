"""What is said of a run beside its progress: whose it is, what went wrong, and what may help."""

from dataclasses import replace

import streamlit as st

from explorer.core.errors import SettingError
from explorer.core.network.trainable import require_batches
from explorer.core.run.learning_trouble import diverged, find_trouble
from explorer.core.run.train_config import TrainConfig
from explorer.runs.run import Run
from explorer.ui.language import explain, join_sentences, say_number, t
from explorer.ui.refused_action import explain_refusal_of
from explorer.ui.session_runs import has_cookie, may_steer
from explorer.ui.train.run_buttons import start_run
from explorer.ui.train_settings import refused_field, setting


def run_messages(config: TrainConfig, run: Run) -> None:
    """Draws whose run it is where it is a stranger's, what went wrong, and a button for the way on."""
    if not may_steer(run):
        st.info(_watcher_text())
    for notice in run.notices:
        st.info(explain(notice))
    if run.error:
        st.error(explain(run.error))
    _show_trouble(run)
    if run.lacks_data and not run.step and (offline := _on_offline_digits(config)):
        st.button(
            t("Train on the offline digits instead"),
            key="train_offline",
            on_click=_start_with,
            args=(offline, "data", "offline"),
            disabled=refused_field() is not None,
        )


def _watcher_text() -> str:
    can = t("You can watch it, take its settings and its files, and start one of your own.")
    if has_cookie():
        why = t(
            "Another browser started this run, yours or somebody else's: only that one steers it, by the same link."
        )
    else:
        why = t(
            "Your browser keeps no cookie of this page, so that a run you started before a reload counts as somebody "
            "else's. To steer your runs, allow cookies for this page; in a frame, open it in a tab of its own."
        )
    return join_sentences(why, can)


def _on_offline_digits(config: TrainConfig) -> TrainConfig | None:
    """The same settings on data that is always there; None where those cannot be trained."""
    offline = replace(config, data="offline", data_folder=None)
    try:
        require_batches(offline.network, offline.training_images, offline.batch_size)
    except SettingError:
        return None
    return offline


def _show_trouble(run: Run) -> None:
    """Draws that the run learns nothing, and the rate to try once the run has ended."""
    lost = run.state == "diverged"
    trouble = diverged(run.step, run.config) if lost else find_trouble(run.signs, run.config)
    if not trouble:
        return
    if not (lost and run.error):  # the error says the same
        st.info(explain(trouble.sentence))
    if not run.unfinished:
        _offer_other_rate(run, trouble.lr)


def _offer_other_rate(run: Run, lr: float) -> None:
    """Draws the button that trains the same again with another learning rate."""
    again = replace(run.config, lr=lr, changes=())
    label = t("Again with a learning rate of {lr}", lr=say_number(lr, "g"))
    st.button(label, key="train_other_lr", on_click=_start_with, args=(again, "lr", lr))


def _start_with(config: TrainConfig, name: str, value: object) -> None:
    """Starts a run, after the setting in which it differs from the last one."""
    setting(name).set(value)
    explain_refusal_of(start_run, config)
