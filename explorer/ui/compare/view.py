"""The comparison on screen: two charts, the exercise's answer, the table; drawn anew while a run trains."""

from collections.abc import Sequence

import streamlit as st

from explorer.components.live_curves import Chart, Curve, live_curves
from explorer.components.run_looks import Look
from explorer.core import limits
from explorer.core.run.comparison import StepAxis, round_up
from explorer.core.run.series import evenly_spaced
from explorer.runs.run import Run
from explorer.ui.compare.answer import answer
from explorer.ui.compare.comparisons import problems, start_wanted, waiting_text, wanted, wanted_runs
from explorer.ui.compare.examples import is_example, is_held_back
from explorer.ui.compare.guess import has_guessed
from explorer.ui.compare.shown_runs import shown_runs
from explorer.ui.compare.table import comparison_table
from explorer.ui.curve_words import curve_words
from explorer.ui.data_names import accuracy_on
from explorer.ui.language import mark, t
from explorer.ui.run_names import run_names
from explorer.ui.session_runs import server_runs
from explorer.ui.setting import Choice, Switch

POLL_SECONDS = 0.5  # as the Train page
AXIS = Choice(
    "compare_x", {"steps": mark("Steps"), "images": mark("Images seen"), "seconds": mark("Seconds of training")}
)
SMOOTH, LOG = Switch("compare_smooth", True), Switch("compare_log")


def axis_controls() -> None:
    """Draws what the curves are drawn over, and how."""
    AXIS.select(t("Curves over"))
    with st.container(horizontal=True):
        SMOOTH.toggle(t("Smooth loss"))
        LOG.toggle(t("Logarithmic loss"))


def comparison_view() -> None:
    """Draws the runs that are shown, live while one of them trains or is still to be started."""
    polling = is_under_way()
    st.fragment(_comparison, run_every=POLL_SECONDS if polling else None)(polling, has_guessed())


def _comparison(polling: bool, guessed: bool) -> None:
    if start_wanted() or (is_under_way(), has_guessed()) != (polling, guessed):
        st.rerun()  # the whole page once more: another run to choose, polling begins or ends, the examples go on
    shown = [*shown_runs(), *wanted_runs()]
    runs = [run for run, _ in shown]
    for run in runs:
        if run.unfinished:
            server_runs().watch(run)
    names = run_names(runs)
    _curves(shown, names)
    with st.container():  # one element whatever it holds, so that the table keeps its place
        if text := _remark(runs):
            st.caption(text)
        problems(runs)
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
    return bool(wanted()) or any(run.unfinished for run, _ in shown_runs())


def _curves(shown: Sequence[tuple[Run, Look]], names: Sequence[str]) -> None:
    axis = AXIS.value
    losses, accuracies, ends = [], [], [0.0]
    for (run, look), name in zip(shown, names, strict=True):
        with run.changed:
            step_axis = _step_axis(run)
            steps, values = run.losses.smoothed() if SMOOTH.value else run.losses.points()
            epochs = evenly_spaced(run.epochs, limits.MAX_TESTS_DRAWN)
            tested = [epoch.step for epoch in epochs], [epoch.test_accuracy for epoch in epochs]
            ends.append(_end(run, step_axis, axis))
        drawn = {"color": look.color, "dash": look.dash, "marker": look.marker}
        losses.append(Curve(name, step_axis.at(axis, steps), values, "smooth" if SMOOTH.value else "raw", **drawn))
        accuracies.append(Curve(name, step_axis.at(axis, tested[0]), tested[1], "points", **drawn))
    live_curves(
        [
            Chart(t("Loss"), losses, log=LOG.value, empty=t("No run is shown.") if not shown else ""),
            Chart(
                accuracy_on((run.config.data for run, _ in shown), t("Test accuracy")),
                accuracies,
                y_format="percent",
                empty=t("No run is shown.") if not shown else t("The first point comes with the first test."),
            ),
        ],
        x_max=round_up(max(ends)) if axis == "seconds" else max(*ends, 1),
        x_label=t(AXIS.names[axis]),
        x_whole=axis != "seconds",
        words=curve_words(),
        key="compare_curves",
    )


def _step_axis(run: Run) -> StepAxis:
    """Before a worker has the data nothing is known, and nothing is drawn."""
    if not run.started:
        return StepAxis(run.config.batch_size, run.config.batch_size, 1, ([], []))
    return StepAxis(run.config.batch_size, run.started.num_images, run.started.steps_per_epoch, run.clock.points())


def _end(run: Run, step_axis: StepAxis, axis: str) -> float:
    """Where the run's curve ends, or will: how long it will take is known by its rate so far."""
    if not run.started:
        return 0.0
    goes_on = run.unfinished or is_held_back(run)
    if axis == "seconds":
        return run.seconds + ((run.seconds_left() or 0.0) if goes_on else 0.0)
    return float(step_axis.at(axis, [run.started.total_steps if goes_on else run.step])[0])
