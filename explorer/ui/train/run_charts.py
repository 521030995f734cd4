"""A run's numbers as curves over one axis of steps: loss and accuracy, gradients and learning rate."""

import math
from collections.abc import Sequence

import numpy as np

from explorer.components.live_curves import COLORS, Chart, Curve, live_curves
from explorer.core import limits
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.ledger import trace
from explorer.core.run.label_smoothing import lowest_loss
from explorer.core.run.learning_rate import changes_in_turn, lr_at
from explorer.core.run.series import Series, evenly_spaced
from explorer.core.run.train_config import TrainConfig
from explorer.runs.run import Run
from explorer.ui.curve_words import curve_words
from explorer.ui.data_names import accuracy_on
from explorer.ui.language import join_words, say_number, t

PLANNED = 200  # points of the planned learning rate
MOST_LINES = len(COLORS)


def learning_curves(config: TrainConfig, run: Run | None) -> None:
    """Draws loss and accuracy, the two curves that every learner reads first."""
    config = run.config if run else config
    losses, accuracies = (run.losses, run.accuracies) if run else (Series(), Series())
    tests = evenly_spaced(run.epochs, limits.MAX_TESTS_DRAWN) if run else []
    first = t("The test's first point comes after {steps} steps.", steps=say_number(_first_test_step(config, run), ","))
    charts = [
        Chart(
            t("Loss"),
            [
                Curve(t("each step"), *losses.points(), style="raw"),
                Curve(t("smoothed"), *losses.smoothed()),
            ],
            log_switch=True,
            empty="" if run else t("Press Start: every step's loss is drawn here."),
            note=_smoothing_note(config.label_smoothing),
        ),
        Chart(
            accuracy_on([config.data], t("Accuracy")),
            [
                Curve(t("train"), *accuracies.smoothed(), color="orange"),
                Curve(t("test"), [one.step for one in tests], [one.test_accuracy for one in tests], "points", "blue"),
            ],
            y_format="percent",
            empty=first,
            note=t("train averages past batches, so test may be above it."),
        ),
    ]
    _draw(charts, config, run, key="train_curves")


def _smoothing_note(smoothing: float) -> str:
    if not smoothing:
        return ""
    lowest = say_number(lowest_loss(smoothing), ".2f")
    return t(
        "With label smoothing {smoothing} no loss is below {lowest}.",
        smoothing=say_number(smoothing, "g"),
        lowest=lowest,
    )


def inner_curves(config: TrainConfig, run: Run | None) -> None:
    """Draws each layer's gradient, and the learning rate as it was and as it is planned."""
    config = run.config if run else config
    rows = [row for row in trace(NetworkSpec(config.network)).rows if row.num_params]
    names = evenly_spaced([row.spec.name for row in rows], MOST_LINES)
    norms = [run.grad_norms[name].points() if run and name in run.grad_norms else ((), ()) for name in names]
    lines = [
        Curve(name, *points, color=COLORS[n], dash=n) for n, (name, points) in enumerate(zip(names, norms, strict=True))
    ]
    planned, steps = planned_rate(config, run), run.step if run else 0
    so_far = [(step, lr) for step, lr in planned if step <= steps]
    rate = [
        Curve(t("planned"), *_unzipped(planned), style="plan", dash=1),
        Curve(t("so far"), *_unzipped(so_far)),
    ]
    charts = [
        Chart(t("Gradient norms"), lines, log_switch=True, log=True),
        Chart(t("Learning rate"), rate, log_switch=True),
    ]
    _draw(charts, config, run, key="train_inner_curves")


def total_steps(config: TrainConfig, run: Run | None) -> int:
    """The steps of the whole run; before the run begins, as far as they are known."""
    if run and run.started:
        return run.started.total_steps
    return max(1, math.ceil(config.epochs * steps_per_epoch(config, run) - 1e-9))


def steps_per_epoch(config: TrainConfig, run: Run | None) -> int:
    """Batches of one pass over the training images, the last and smaller one included."""
    if run and run.started:
        return run.started.steps_per_epoch
    return math.ceil(config.training_images / config.batch_size)


def _draw(charts: Sequence[Chart], config: TrainConfig, run: Run | None, key: str) -> None:
    each = steps_per_epoch(config, run)
    live_curves(
        charts,
        x_max=total_steps(config, run),
        x_label=t("Step"),
        x_marks=[each * (epoch + 1) for epoch in range(int(config.epochs))],
        marks=[(change.step, change_text(change.lr, change.momentum)) for change in config.changes] if run else (),
        words=curve_words(),
        key=key,
    )


def change_text(lr: float | None, momentum: float | None) -> str:
    """What was changed, as short as a mark in the curve wants it."""
    parts = {"lr": lr, t("momentum"): momentum}
    return join_words(f"{name} {say_number(value, 'g')}" for name, value in parts.items() if value is not None)


def _first_test_step(config: TrainConfig, run: Run | None) -> int:
    """The step of the first evaluation."""
    ends = [total_steps(config, run), steps_per_epoch(config, run), config.evaluate_every or math.inf]
    return int(min(ends))


def planned_rate(config: TrainConfig, run: Run | None) -> list[tuple[int, float]]:
    """(step, learning rate) over the whole run, what was changed meanwhile and the present step included."""
    total = total_steps(config, run)
    corners = {step for first, lr, _ in changes_in_turn(config) if lr is not None for step in (first - 1, first)}
    steps = {int(step) for step in np.linspace(0, total - 1, min(total, PLANNED))} | corners
    if run and run.step:
        steps.add(run.step - 1)
    within = sorted(step for step in steps if 0 <= step < total)
    return [(step + 1, lr) for step, lr in zip(within, lr_at(config, within, total), strict=True)]


def _unzipped(pairs: Sequence[tuple[int, float]]) -> tuple[list[int], list[float]]:
    return [step for step, _ in pairs], [value for _, value in pairs]
