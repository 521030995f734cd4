"""Runs side by side: which settings tell them apart, where a step lies on another axis, and what they reached."""

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

import numpy as np

from explorer.core.network.layers import LayerSpec, NetworkSpec
from explorer.core.network.ledger import trace
from explorer.core.network.networks import DENSE, EXERCISE, SIMPLE_CNN
from explorer.core.run.records import Epoch, Started
from explorer.core.run.train_config import TrainConfig

AXES = ("steps", "images", "seconds")
# Comparisons to start with one click: what is not the lecture's recipe, for each run. Small enough for one CPU core.
# Tested at the ends of MNIST's epochs and a whole number of times within, so that no two tests lie side by side.
COMPARISONS: Mapping[str, tuple[Mapping[str, Any], ...]] = {
    "exercise": tuple({"epochs": 3, "evaluate_every": 469, "network": network} for network in (SIMPLE_CNN, EXERCISE)),
    "shuffled": tuple(
        {"epochs": 2, "evaluate_every": 469, "network": network, "shuffled_pixels": shuffled}
        for network in (SIMPLE_CNN, DENSE)
        for shuffled in (False, True)
    ),
    "rates": tuple({"epochs": 1, "evaluate_every": 134, "lr": rate} for rate in (0.001, 0.01, 0.1, 1.0)),
}
Network = tuple[LayerSpec, ...]
_ROUND = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)


def comparison_settings(name: str, own: Network | None = None) -> list[dict[str, Any]]:
    """The settings of that one of COMPARISONS; ``own`` is the learner's network in the place of the exercise's."""
    runs = [dict(settings) for settings in COMPARISONS[name]]
    return [run | {"network": own} if own and run.get("network") == EXERCISE else run for run in runs]


def differing(configs: Sequence[TrainConfig]) -> list[str]:
    """The names of the settings that are not the same in all of ``configs``, in TrainConfig's order, network first."""
    names = ["network", *(one.name for one in fields(TrainConfig) if one.name != "network")]
    return [name for name in names if any(getattr(c, name) != getattr(configs[0], name) for c in configs)]


@dataclass(frozen=True)
class StepAxis:
    """Where a run's steps lie on each of AXES.

    ``clock`` is (steps, seconds of training) at some of the steps, rising; between two of them time runs evenly.
    """

    batch_size: int
    num_images: int
    steps_per_epoch: int
    clock: tuple[Sequence[float], Sequence[float]]

    def at(self, axis: str, steps: Sequence[float]) -> np.ndarray:
        """``steps`` (n,), from 0, as numbers on ``axis``: steps, images seen, or seconds of training."""
        counted = np.asarray(steps, float)
        if axis == "images":  # the last batch of a pass is smaller
            passes, rest = np.divmod(counted, self.steps_per_epoch)
            return passes * self.num_images + np.minimum(rest * self.batch_size, self.num_images)
        if axis == "seconds":
            known, seconds = self.clock
            return np.interp(counted, [0, *known], [0.0, *seconds])
        return counted


def round_up(value: float) -> float:
    """The next number that ends an axis well: at most a third above ``value``, so that an axis rarely moves."""
    power = 10.0 ** math.floor(math.log10(max(value, 1e-3)))
    return next(float(f"{step * power:.12g}") for step in _ROUND if step * power >= value * (1 - 1e-9))


@dataclass(frozen=True)
class RunSummary:
    """What one run cost and reached, for the table. ``mult_adds`` for one image; accuracies 0..1 or None.

    ``seconds`` are of training, without evaluations and pauses; ``epochs`` the passes made so far.
    """

    num_params: int
    mult_adds: int
    epochs: float
    best_accuracy: float | None
    last_accuracy: float | None
    seconds: float
    images_per_second: float | None


def summarize(
    config: TrainConfig, started: Started | None, evaluations: Sequence[Epoch], step: int, seconds: float
) -> RunSummary:
    """The figures after ``step`` steps that took ``seconds``."""
    num_params, mult_adds = _size(config.network)
    accuracies = np.array([one.test_accuracy for one in evaluations])  # thousands, where each step was tested
    numbers = accuracies[~np.isnan(accuracies)]
    images = (
        StepAxis(config.batch_size, started.num_images, started.steps_per_epoch, ((), ())).at("images", [step])[0]
        if started
        else 0.0
    )
    return RunSummary(
        num_params,
        mult_adds,
        float(images) / started.num_images if started else 0.0,
        float(numbers.max()) if numbers.size else None,
        None if not accuracies.size or np.isnan(accuracies[-1]) else float(accuracies[-1]),
        seconds,
        float(images) / seconds if seconds > 0 and images else None,
    )


def accuracy_error(accuracy: float, images: int) -> float:
    """How far an accuracy (0..1) on ``images`` test images may be off by chance alone: two standard errors."""
    return 2 * math.sqrt(accuracy * (1 - accuracy) / images)


def two_standard_errors(first: float, second: float, images: int) -> float:
    """How far two accuracies (0..1) on ``images`` test images lie apart by chance alone: two standard errors."""
    return math.hypot(accuracy_error(first, images), accuracy_error(second, images))


def csv_text(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """A table as a CSV file; None is an empty field, and a text that a spreadsheet would compute stays a text."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows([heads, *([_as_text(value) for value in row] for row in rows)])
    return file.getvalue()


def _as_text(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@")) else value


@lru_cache(maxsize=64)
def _size(network: tuple[LayerSpec, ...]) -> tuple[int, int]:
    ledger = trace(NetworkSpec(network), batch=1)
    return ledger.num_params, ledger.mult_adds
