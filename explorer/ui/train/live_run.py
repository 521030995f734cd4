"""A training run on screen: its buttons, its progress, its picture; polled while it lasts."""

from dataclasses import replace

import streamlit as st

from explorer.core.errors import SettingError
from explorer.core.network.trainable import require_batches
from explorer.core.run.learning_trouble import diverged, find_trouble
from explorer.core.run.train_config import TrainConfig
from explorer.runs.run import Run
from explorer.ui.language import explain, join_sentences, say_number, t
from explorer.ui.markdown_escape import escape_markdown
from explorer.ui.run_names import run_name
from explorer.ui.run_text import progress_text, state_text
from explorer.ui.session_runs import current_run, follow_run, has_cookie, is_run_lost, may_steer, server_runs
from explorer.ui.train.run_buttons import REFUSAL, run_buttons, start_run
from explorer.ui.train.run_charts import inner_curves, learning_curves
from explorer.ui.train.run_probe import run_probe
from explorer.ui.train.shown_run import own_unfinished_runs, whose_picture
from explorer.ui.train_settings import UPDATE, refused_field, setting

INNER_SECONDS = 2.0


def live_run(config: TrainConfig, dependencies: object) -> None:
    """Draws the learner's current run, or the invitation to start one with ``config``.

    ``dependencies`` are that run's ``page_dependencies`` when the page was begun: the page is drawn once more where the
    run's are others by now.
    """
    run = current_run()
    polling = run is not None and run.unfinished
    # At five polls a second elements after the fragment vanished now and then, at two they did not.
    st.fragment(_live_run, run_every=float(UPDATE.value) if polling else None)(config, dependencies)


def inner_run(config: TrainConfig) -> None:
    """Draws what a second look is for, gradients and learning rate; polled more rarely."""
    run = current_run()
    polling = run is not None and run.unfinished
    seconds = max(INNER_SECONDS, float(UPDATE.value)) if polling else None
    st.fragment(_inner_run, run_every=seconds)(config)


def _inner_run(config: TrainConfig) -> None:
    run = current_run()
    if not run:
        inner_curves(config, None)
        return
    with run.changed:
        inner_curves(config, run)


def page_dependencies(run: Run | None) -> object:
    """What the rest of the page depends on: whether settings are locked, what the run's card can say."""
    return run and (run.id, run.unfinished or run.state, run.started is not None, run.resumable, run.config)


def _live_run(config: TrainConfig, dependencies: object) -> None:
    run = current_run()
    now = page_dependencies(run)
    run_buttons(run, config)
    if run:
        _show_run(config, run)
    else:
        _show_invitation(config)
    if now != dependencies:
        st.rerun()  # the rest of the page too, which takes longer; polling begins or ends with it


def _show_invitation(config: TrainConfig) -> None:
    if is_run_lost():
        st.info(
            t(
                "The run in this link is not known here any more: it was removed, or the server was restarted "
                "before it had begun."
            )
        )
    if unfinished := own_unfinished_runs():
        st.info(t("Your run {name} is under way.", name=f"**{escape_markdown(run_name(unfinished[0]))}**"))
        st.button(t("Show it"), key="train_show_going", on_click=follow_run, args=(unfinished[0],))
    st.progress(0.0, t("Not started yet."))
    _show_picture(config, None)


def _show_run(config: TrainConfig, run: Run) -> None:
    server_runs().watch(run)
    with run.changed:
        _show_progress(run)
        _show_messages(config, run)
        _show_picture(config, run)


def _show_picture(config: TrainConfig, run: Run | None) -> None:
    whose_picture(config, run)
    learning_curves(config, run)
    run_probe(config, run)


def _show_progress(run: Run) -> None:
    if run.state == "fetching":
        done, total = run.fetched
        st.progress(min(1.0, done / max(total, 1)), state_text(run))
    else:
        total = run.started.total_steps if run.started else 1
        st.progress(min(1.0, run.step / total), state_text(run) + progress_text(run))


def _show_messages(config: TrainConfig, run: Run) -> None:
    """Whose run it is, what went wrong, and the way on."""
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
    """The same on data that is always there, where that can be trained."""
    offline = replace(config, data="offline", data_folder=None)
    try:
        require_batches(offline.network, offline.training_images, offline.batch_size)
    except SettingError:
        return None
    return offline


def _show_trouble(run: Run) -> None:
    """That it learns nothing, and the rate to try, once it has ended."""
    lost = run.state == "diverged"
    trouble = diverged(run.step, run.config) if lost else find_trouble(run.signs, run.config)
    if not trouble:
        return
    if not (lost and run.error):  # which says the same
        st.info(explain(trouble.sentence))
    if not run.unfinished:
        _offer_other_rate(run, trouble.lr)


def _offer_other_rate(run: Run, lr: float) -> None:
    """The same again with another learning rate."""
    again = replace(run.config, lr=lr, changes=())
    label = t("Again with a learning rate of {lr}", lr=say_number(lr, "g"))
    st.button(label, key="train_other_lr", on_click=_start_with, args=(again, "lr", lr))


def _start_with(config: TrainConfig, name: str, value: object) -> None:
    """Starts it, and sets what is different about it."""
    setting(name).set(value)
    try:
        start_run(config)
    except SettingError as error:
        st.session_state[REFUSAL] = error.sentence
