"""A training run on screen: its buttons, its progress, its curves; polled while it lasts."""

from dataclasses import replace

import numpy as np
import streamlit as st

from explorer.components.live_curves import Chart, Curve, live_curves
from explorer.core import limits
from explorer.core.curves import sample, smooth, thin
from explorer.core.explained import SettingError
from explorer.core.train_config import TrainConfig
from explorer.runs.run import Run
from explorer.ui.curve_words import curve_words
from explorer.ui.language import explain, t
from explorer.ui.run_text import progress_text, state_text
from explorer.ui.session_runs import current_run, follow_run, server_runs

POLL_SECONDS = 0.5  # at five polls a second elements after the fragment vanished now and then, at two they did not
SMOOTH_STEPS = 50


def live_run(config: TrainConfig) -> None:
    """Draws the learner's current run, or the invitation to start one with ``config``."""
    run = current_run()
    polling = run is not None and run.unfinished
    st.fragment(_live_run, run_every=POLL_SECONDS if polling else None)(config, polling)


def _live_run(config: TrainConfig, polling: bool) -> None:
    run = current_run()
    going = run is not None and run.unfinished
    if going != polling:
        st.rerun()  # the whole page once more: settings lock or unlock, polling begins or ends
    _buttons(config, run)
    if not run:
        st.progress(0.0, t("Not started yet."))
        live_curves(_charts(None), x_max=9380, x_label=t("Step"), words=curve_words(), key="train_curves")
        return
    server_runs().watch(run)
    with run.changed:
        _progress(run)
        _curves(run)
    _problem(config, run)


def _buttons(config: TrainConfig, run: Run | None) -> None:
    """What they do is done in callbacks: the next poll may interrupt the page's run, but not them."""
    going = run is not None and run.unfinished
    paused = going and run.state == "paused"
    ready, idle = (t("A run is under way."), None) if going else (None, t("No run is under way."))
    turn = ("resume", t("Resume")) if paused else ("pause", t("Pause"))
    end = t("Cancel") if going and run.state == "fetching" else t("Stop")
    # Keys and widths stay while labels change: a click that falls on the change would be lost.
    place = {"width": 104}
    with st.container(horizontal=True):
        st.button(
            t("Start"),
            key="train_start",
            type="primary",
            disabled=going,
            help=ready,
            on_click=_start,
            args=(config,),
            **place,
        )
        for key, (command, label) in {"train_pause": turn, "train_stop": ("stop", end)}.items():
            st.button(label, key=key, disabled=not going, help=idle, on_click=_steer, args=(run, command), **place)
    if refusal := st.session_state.pop("train_refusal", None):
        st.error(explain(*refusal))


def _start(config: TrainConfig) -> None:
    try:
        follow_run(server_runs().start(config))
    except SettingError as error:
        st.session_state["train_refusal"] = (error.sentence, error.numbers)


def _steer(run: Run, command: str) -> None:
    """Sends the command and gives the worker a moment, so that this very repaint already shows what it did."""
    before = run.state
    server_runs().steer(run, command)
    with run.changed:
        run.changed.wait_for(lambda: run.state != before, timeout=0.3)


def _progress(run: Run) -> None:
    if run.state == "fetching":
        done, total = run.fetched
        st.progress(done / max(total, 1), state_text(run))
    else:
        total = run.started.total_steps if run.started else 1
        st.progress(min(1.0, run.step / total), state_text(run) + progress_text(run))


def _problem(config: TrainConfig, run: Run) -> None:
    """What went wrong, in a sentence, and the way that needs no network."""
    for notice in run.notices:
        st.info(explain(*notice))
    if not run.error:
        return
    st.error(explain(*run.error))
    if run.config.data == "mnist":
        offline = replace(config, data="offline", data_folder=None)
        st.button(
            t("Train on the offline digits instead"), key="train_offline", on_click=_start_offline, args=(offline,)
        )


def _start_offline(config: TrainConfig) -> None:
    st.session_state["train_data"] = "offline"
    _start(config)


def _curves(run: Run) -> None:
    per_epoch = run.started.steps_per_epoch if run.started else 938
    total = run.started.total_steps if run.started else per_epoch * run.config.epochs
    live_curves(
        _charts(run),
        x_max=total,
        x_label=t("Step"),
        x_marks=[per_epoch * (epoch + 1) for epoch in range(run.config.epochs)],
        words=curve_words(),
        key="train_curves",
    )


def _charts(run: Run | None) -> list[Chart]:
    losses, epochs = (run.history(), run.epochs) if run else (np.empty(0), [])
    steps = [epoch.step for epoch in epochs]
    accuracy = t("Accuracy") if not run or run.config.data == "mnist" else t("Accuracy on offline digits")
    return [
        Chart(
            t("Loss"),
            [
                Curve(t("each step"), *thin(losses, limits.MAX_POINTS_DRAWN), style="raw"),
                Curve(
                    t("mean of {count} steps", count=SMOOTH_STEPS),
                    *sample(smooth(losses, SMOOTH_STEPS), limits.MAX_POINTS_DRAWN // 2),
                ),
            ],
            log_switch=True,
        ),
        Chart(
            accuracy,
            [
                Curve(t("train"), steps, [epoch.train_accuracy for epoch in epochs], "points", "orange"),
                Curve(t("test"), steps, [epoch.test_accuracy for epoch in epochs], "points", "blue"),
            ],
            y_format="percent",
            empty=t("The first point comes after the first epoch."),
        ),
    ]
