"""A run's buttons. What they do is done in callbacks: a poll may interrupt the page's run, but not them."""

from collections.abc import Callable

import streamlit as st

from explorer.core.run.train_config import TrainConfig
from explorer.runs.run import Run
from explorer.ui.language import explain_error, t
from explorer.ui.refused_action import explain_refusal_of, show_refusal
from explorer.ui.session_runs import follow_run, learner, may_steer, server_runs
from explorer.ui.train_settings import NETWORK, accept_typed_fields, refused_field, setting, train_config

WIDTH = 104  # px: keys and widths stay while labels change, or a click that falls on the change would be lost


def run_buttons(run: Run | None, config: TrainConfig) -> None:
    """Start a run of ``config``, and steer or resume ``run``; a button that can do nothing says why."""
    mine = run is not None and may_steer(run)
    is_under_way = run is not None and run.unfinished
    steered = run if mine and (is_under_way or run.resumable) else None
    with st.container(horizontal=True):
        wrong = refused_field()
        why_not_start = explain_error(wrong) if wrong else None
        busy = t("Your run is under way.") if mine and is_under_way else why_not_start
        _button("start", t("Start"), busy, _start_as_set, type="primary")
        own = t("Goes on with the run on screen, with that run's settings.")
        hint = own if steered and not is_under_way and run.config != config else None
        _pause_or_resume(run if is_under_way else steered, mine, hint)
        why = _why_not_steer(run, mine) if is_under_way else None if steered else why_not_start
        for command, label in (("step", t("One step")), ("epoch", t("One epoch"))):
            _button(command, label, why, _train_further, steered, command, help=why or hint)
        why = _why_not_stop(mine) if is_under_way else t("No run is under way.")
        _button(
            "stop", t("Cancel") if is_under_way and run.state == "fetching" else t("Stop"), why, _steer, run, "stop"
        )
    if why_not_start and not is_under_way:
        st.markdown(f":red[:small[{why_not_start}]]")
    show_refusal()


def _pause_or_resume(run: Run | None, mine: bool, hint: str | None) -> None:
    if run is None:
        _button("pause", t("Pause"), t("No run is under way."), _steer, run, "pause")
    elif not run.unfinished:
        _button("pause", t("Resume"), None, _resume, run, help=hint)
    elif run.state == "paused":
        _button("pause", t("Resume"), _why_not_steer(run, mine), _steer, run, "resume")
    else:
        _button("pause", t("Pause"), _why_not_steer(run, mine), _steer, run, "pause")


def _button(
    name: str, label: str, why_not: str | None, action: Callable[..., object], *arguments: object, **options: object
) -> None:
    st.button(
        label,
        key=f"train_{name}",
        disabled=why_not is not None,
        on_click=explain_refusal_of,
        args=(action, *arguments),
        width=WIDTH,
        **{"help": why_not, **options},
    )


def _why_not_stop(mine: bool) -> str | None:
    return None if mine else t("Only who started this run can steer it.")


def _why_not_steer(run: Run, mine: bool) -> str | None:
    if mine and run.state not in ("running", "paused"):
        return t("It has not begun yet.")
    return _why_not_stop(mine)


def start_run(config: TrainConfig, command: str = "resume") -> None:
    """Starts a run, which becomes this learner's current one; "step" or "epoch": it trains so far, and waits."""
    follow_run(server_runs().start(config, learner(), command))


def _resume(run: Run, command: str = "resume") -> None:
    server_runs().resume(run, learner(), command)


def _start_as_set(command: str = "resume") -> None:
    """The settings are read now: a number typed just before the click comes with it, in one message."""
    accept_typed_fields()
    if wrong := refused_field():
        raise wrong
    start_run(train_config(NETWORK.value), command)


def _train_further(run: Run | None, command: str) -> None:
    """One step, or one epoch: of a run under way, of one that can be resumed, else of a new one."""
    if run is None:
        _start_as_set(command)
    elif run.unfinished:
        _steer(run, command)
    else:
        _resume(run, command)


def change_run(run: Run, name: str) -> None:
    """Gives a run under way the number that was typed into the field of that name."""
    explain_refusal_of(lambda: server_runs().steer(run, "change", learner(), **{name: setting(name).value}))


def _steer(run: Run, command: str) -> None:
    """Sends the command and gives the worker a moment, so that this very repaint already shows what it did."""
    state, step = run.state, run.step
    server_runs().steer(run, command, learner())

    def done() -> bool:
        if command == "step" and run.unfinished:  # which trains for a moment before it pauses again
            return run.step != step and run.state == "paused"
        return run.state != state

    with run.changed:
        run.changed.wait_for(done, timeout=0.3)
