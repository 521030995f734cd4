"""A training run on screen: its buttons, its progress, its picture; polled while it lasts."""

import streamlit as st

from explorer.core.run.train_config import TrainConfig
from explorer.runs.run import Run
from explorer.ui.language import t
from explorer.ui.markdown_escape import escape_markdown
from explorer.ui.run_names import run_name
from explorer.ui.run_text import progress_text, state_text
from explorer.ui.session_runs import current_run, follow_run, is_run_lost, server_runs
from explorer.ui.train.run_buttons import run_buttons
from explorer.ui.train.run_charts import inner_curves, learning_curves
from explorer.ui.train.run_confusion import run_confusion
from explorer.ui.train.run_messages import run_messages
from explorer.ui.train.run_probe import run_probe
from explorer.ui.train.shown_run import own_unfinished_runs, whose_picture
from explorer.ui.train_settings import UPDATE

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
    """Draws gradients, learning rate and confusion matrix; polled more rarely than loss and accuracy."""
    run = current_run()
    polling = run is not None and run.unfinished
    seconds = max(INNER_SECONDS, float(UPDATE.value)) if polling else None
    st.fragment(_inner_run, run_every=seconds)(config)


def _inner_run(config: TrainConfig) -> None:
    run = current_run()
    if not run:
        inner_curves(config, None)
    else:
        with run.changed:
            inner_curves(config, run)
    run_confusion(config, run)


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
        run_messages(config, run)
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
