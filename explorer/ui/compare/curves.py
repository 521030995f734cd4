"""The compared runs' loss and accuracy over one axis: steps, images or seconds."""

from collections.abc import Sequence

import streamlit as st

from explorer.components.live_curves import Chart, Curve, live_curves
from explorer.components.run_looks import Look
from explorer.core import limits
from explorer.core.run.comparison import StepAxis, round_up
from explorer.core.run.series import evenly_spaced
from explorer.runs.run import Run
from explorer.ui.compare.examples import is_held_back
from explorer.ui.curve_words import curve_words
from explorer.ui.data_names import accuracy_on
from explorer.ui.language import mark, t
from explorer.ui.setting import Choice, Switch

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


def comparison_curves(shown: Sequence[tuple[Run, Look]], names: Sequence[str]) -> None:
    """Draws loss and test accuracy of the runs, which have these names and looks."""
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
    """Where the run's curve ends, or will end: the rate so far tells how long the run will take."""
    if not run.started:
        return 0.0
    goes_on = run.unfinished or is_held_back(run)
    if axis == "seconds":
        return run.seconds + ((run.seconds_left() or 0.0) if goes_on else 0.0)
    return float(step_axis.at(axis, [run.started.total_steps if goes_on else run.step])[0])
