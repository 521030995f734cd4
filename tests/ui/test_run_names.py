"""Runs in words: no two settings, and no two runs, read the same."""

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from explorer.core.network.layers import layer, numbered
from explorer.core.network.networks import SIMPLE_CNN
from explorer.core.run.recipes import RECIPES
from explorer.core.run.train_config import TrainConfig
from explorer.runs.run import Run
from explorer.ui.run_names import run_names, settings_name
from explorer.ui.setting_text import setting_text
from tests.core.run.test_comparison import VALUES

PAIRS = [*VALUES.items(), ("nesterov", (False, True))]


@pytest.mark.parametrize(("name", "values"), PAIRS)
def test_two_values_of_a_setting_never_read_the_same(name: str, values: tuple[Any, ...]) -> None:
    """Each of a setting's values has words of its own."""
    said = [setting_text(replace(TrainConfig(), **{name: value}), name) for value in values]
    assert len(set(said)) == len(values)
    assert all(said)


def test_every_setting_has_words() -> None:
    """A setting that is added to TrainConfig needs words here."""
    assert {one.name for one in fields(TrainConfig)} == {name for name, _ in PAIRS}


def test_a_legend_says_what_differs() -> None:
    """The network and the shuffling, not the epochs that both have."""
    runs = [Run("a", TrainConfig(epochs=2)), Run("b", TrainConfig(epochs=2, shuffled_pixels=True, seed=3))]
    assert ["pixels in order, seed 0", "pixels shuffled, seed 3"] == run_names(runs)


def began(*stamps: str) -> list[Run]:
    """Runs of equal settings that began then."""
    return [Run(f"r{n}", TrainConfig(), folder=Path(f"{stamp}-mnist-3fa9c1")) for n, stamp in enumerate(stamps)]


def test_a_recipe_is_said_by_its_name() -> None:
    """Where runs of two recipes stand side by side, instead of the nine settings in which these differ."""
    configs = [TrainConfig(**RECIPES["fast"]), TrainConfig(), TrainConfig(**RECIPES["fast"], seed=3)]
    names = run_names([Run(str(number), config) for number, config in enumerate(configs)])
    assert ["Fast: 98% within seconds, seed 0", "The lecture's, seed 0", "Fast: 98% within seconds, seed 3"] == names


def test_equal_runs_are_told_apart_by_when_they_began() -> None:
    """The same settings twice: the folder's name holds the time; before there is one, only the order is known."""
    runs = [*began("20261123-101530"), Run("b", TrainConfig()), Run("c", TrainConfig())]
    assert ["started 10:15", "number 2", "number 3"] == run_names(runs)
    other = Run("d", TrainConfig(lr=0.1))
    assert "learning rate 0.1" == run_names([*runs, other])[3]
    assert "learning rate 0.01, number 2" == run_names([*runs, other])[1]


@pytest.mark.parametrize(
    ("stamps", "said"),
    [
        (("20261123-101530", "20261123-111530"), ["10:15", "11:15"]),
        (("20261123-101530", "20261123-101531"), ["10:15:30", "10:15:31"]),
        (("20261123-101530", "20261124-111530"), ["2026-11-23", "2026-11-24"]),
        (
            ("20261123-101530", "20261123-111530", "20261124-101530"),
            ["2026-11-23 10:15", "2026-11-23 11:15", "2026-11-24 10:15"],
        ),
    ],
)
def test_a_time_has_the_digits_that_are_needed(stamps: tuple[str, ...], said: list[str]) -> None:
    """Of one day the hour, with seconds where it must be; of several the day, never an hour without its day."""
    assert [f"started {time}" for time in said] == run_names(began(*stamps))


def test_runs_that_began_at_once_are_numbered() -> None:
    """No time tells them apart."""
    assert ["number 1", "number 2"] == run_names(began("20261123-101530", "20261123-101530"))


def test_a_run_alone_is_called_by_its_network_and_recipe() -> None:
    """It differs from nothing; when it began says nothing about it."""
    run = Run("a", TrainConfig(lr=0.1), folder=Path("20261123-101530-mnist-3fa9c1"))
    assert ["simple CNN, learning rate 0.1"] == run_names([run])


def test_a_run_by_itself_is_its_network_and_what_is_not_the_lectures() -> None:
    """Not how often it is tested, and no folder of the learner's disk."""
    config = TrainConfig(lr=0.1, evaluate_every=100, data_folder="/home/learner")
    assert "simple CNN, learning rate 0.1" == settings_name(config)


def dropping(p: float, **settings: Any) -> Run:
    """A run of a network of the learner's own, which has as many parameters for every ``p``."""
    network = numbered([*SIMPLE_CNN[:-1], layer("dropout", "Dropout", p=p), SIMPLE_CNN[-1]])
    return Run(f"p{p}{settings}", TrainConfig(network=network, **settings))


def test_a_network_of_ones_own_has_a_short_name() -> None:
    """Its size, however many layers it has: they stand in the card."""
    assert "own network, 8,490 parameters" == settings_name(dropping(0.1).config)
    other = Run("other", TrainConfig())
    assert ["own network, 8,490 parameters", "simple CNN"] == run_names([dropping(0.1), other])


def test_two_networks_of_ones_own_do_not_read_the_same() -> None:
    """They have as many parameters: numbers tell them apart, and not only when they began or what else differs."""
    own = "own network, 8,490 parameters"
    assert [f"{own} (no. 1)", f"{own} (no. 2)"] == run_names([dropping(0.1), dropping(0.2)])
    three = [dropping(0.1), dropping(0.2, lr=0.1), dropping(0.1, lr=0.1)]
    said = ["(no. 1), learning rate 0.01", "(no. 2), learning rate 0.1", "(no. 1), learning rate 0.1"]
    assert [f"{own} {one}" for one in said] == run_names(three)
