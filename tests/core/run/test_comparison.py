"""Runs side by side: their differences, their axes, their figures."""

import csv
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.network.networks import DENSE, EXERCISE, PRESETS, SIMPLE_CNN
from explorer.core.run.comparison import (
    COMPARISONS,
    StepAxis,
    csv_text,
    differing,
    round_up,
    summarize,
    two_standard_errors,
)
from explorer.core.run.records import Change, Epoch, Started
from explorer.core.run.train_config import TrainConfig

# Some values of every setting; any two go together.
VALUES: dict[str, tuple[Any, ...]] = {
    "data": ("mnist", "offline"),
    "data_folder": (None, "digits"),
    "images": (0, 1000),
    "shuffled_pixels": (False, True),
    "epochs": (0.5, 3, 10),
    "batch_size": (32, 64),
    "optimizer": ("sgd", "adam", "adamw"),
    "lr": (0.001, 0.01, 0.1),
    "momentum": (0.0, 0.5, 0.9),
    "weight_decay": (0.0, 0.001),
    "label_smoothing": (0.0, 0.1),
    "schedule": ("constant", "step", "cosine", "onecycle"),
    "target_accuracy": (0.0, 0.98),
    "max_seconds": (0.0, 60.0),
    "evaluate_every": (0, 100),
    "seed": (0, 1, 2),
    "device": ("auto", "cpu"),
    "threads": (0, 1),
    "precision": ("fp32", "bf16"),
    "changes": ((), (Change(100, lr=0.1),)),
    "network": tuple(PRESETS.values()),
}
SETTINGS = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VALUES.items()})


def different(name: str, value: Any) -> Any:
    return next(other for other in VALUES[name] if other != value)


@given(SETTINGS, st.sets(st.sampled_from(sorted(VALUES))))
def test_exactly_the_settings_that_differ_are_named(settings: dict[str, Any], changed: set[str]) -> None:
    """Whatever two runs have in common, and whatever not: a legend says the latter and nothing else."""
    one = TrainConfig(**settings)
    other = replace(one, **{name: different(name, settings[name]) for name in changed})
    assert changed == set(differing([one, other]))
    assert changed == set(differing([one, one, other, one]))


@given(st.lists(SETTINGS, min_size=1, max_size=4))
def test_runs_that_agree_in_all_named_settings_are_alike(settings: list[dict[str, Any]]) -> None:
    """What is not named is the same in all of them: no hidden difference is left."""
    configs = [TrainConfig(**one) for one in settings]
    named = differing(configs)
    assert all(
        replace(config, **{name: getattr(configs[0], name) for name in named}) == configs[0] for config in configs
    )


def test_one_run_differs_in_nothing() -> None:
    """A legend of one run has nothing to tell apart."""
    assert [] == differing([TrainConfig()])


@pytest.mark.parametrize(("images", "batch"), [(1250, 64), (128, 64), (10, 3), (5, 7)])
def test_images_seen_count_the_smaller_last_batch_of_a_pass(images: int, batch: int) -> None:
    """As a loop over the batches counts them, for three passes."""
    sizes = [min(batch, images - start) for start in range(0, images, batch)]
    step_axis = StepAxis(batch, images, len(sizes), ([], []))
    np.testing.assert_array_equal(np.cumsum([0, *sizes * 3]), step_axis.at("images", range(3 * len(sizes) + 1)))


def test_seconds_are_those_of_the_reports_and_run_evenly_between_them() -> None:
    """From 0 at step 0; a slow stretch is a slow stretch."""
    step_axis = StepAxis(64, 640, 10, ([2, 4, 8], [1.0, 1.5, 7.5]))
    np.testing.assert_allclose([0, 0.5, 1.0, 1.25, 1.5, 4.5, 7.5], step_axis.at("seconds", [0, 1, 2, 3, 4, 6, 8]))
    np.testing.assert_array_equal([0, 3], step_axis.at("steps", [0, 3]))


@given(st.floats(1e-3, 1e7))
def test_an_axis_ends_a_little_behind_its_last_value(value: float) -> None:
    """Never before it, and no more than a third behind."""
    assert value * (1 - 1e-9) <= round_up(value) <= value * 1.34


def test_figures_are_the_networks_size_and_the_runs_best() -> None:
    """The last accuracy need not be the best; an epoch and a half are a thousand images of 640 a pass."""
    started = Started("cpu", 1, 8490, 640, 10, 20, {})
    tests = [Epoch(at, 10, 0.1, 0.9, accuracy, 1.0, 64.0, "cpu") for at, accuracy in ((1, 0.97), (1.5, 0.95))]
    found = summarize(TrainConfig(), started, tests, 15, 2.0)
    assert (8490, 467_200) == (found.num_params, found.mult_adds)
    assert (0.97, 0.95) == (found.best_accuracy, found.last_accuracy)
    assert (1.5, 2.0, 480.0) == (found.epochs, found.seconds, found.images_per_second)


def test_a_run_that_waits_has_a_size_and_nothing_else() -> None:
    """No accuracy of 0 %, no division by no seconds."""
    found = summarize(TrainConfig(network=EXERCISE), None, [], 0, 0.0)
    assert (47_740, None, None, 0.0, None) == (
        found.num_params,
        found.best_accuracy,
        found.last_accuracy,
        found.epochs,
        found.images_per_second,
    )


def test_chance_is_two_standard_errors_of_a_difference() -> None:
    """98 % of 10,000 digits: each has a standard error of 0.14 points, their difference one of 0.2."""
    assert 0.00396 == pytest.approx(two_standard_errors(0.98, 0.98, 10_000), rel=0.01)


def test_a_table_as_a_file_reads_back() -> None:
    """Commas and quotes in a name, and a figure that is not there yet."""
    rows = [['CNN, "mine"', 8490, None], ["打乱", 0.5, 1]]
    text = csv_text(["run", "a", "b"], rows)
    assert [["run", "a", "b"], ['CNN, "mine"', "8490", ""], ["打乱", "0.5", "1"]] == list(csv.reader(text.splitlines()))


@pytest.mark.parametrize(
    ("name", "differences"),
    [("exercise", ["network"]), ("shuffled", ["network", "shuffled_pixels"]), ("rates", ["lr"])],
)
def test_a_ready_made_comparison_differs_in_what_it_is_about(name: str, differences: list[str]) -> None:
    """And in nothing else; the rest is the lecture's recipe, in few epochs."""
    configs = [TrainConfig(**overrides) for overrides in COMPARISONS[name]]
    assert differences == differing(configs)
    assert {(64, 0.5, 0)} == {(config.batch_size, config.momentum, config.seed) for config in configs}


def test_the_ready_made_comparisons_are_the_lectures() -> None:
    """The exercise with the simple CNN; CNN and dense net, each with pixels in order and shuffled."""
    assert [SIMPLE_CNN, EXERCISE] == [run["network"] for run in COMPARISONS["exercise"]]
    shuffled = [(run["network"], run["shuffled_pixels"]) for run in COMPARISONS["shuffled"]]
    assert [(network, way) for network in (SIMPLE_CNN, DENSE) for way in (False, True)] == shuffled


def test_a_name_is_no_formula() -> None:
    """A spreadsheet would compute what begins with =, +, - or @; a number below 0 stays a number."""
    text = csv_text(["Run", "Loss"], [["=1+1", -0.5], ["@x", None], ["a=1", 2]])
    assert [["Run", "Loss"], ["'=1+1", "-0.5"], ["'@x", ""], ["a=1", "2"]] == list(csv.reader(text.splitlines()))
