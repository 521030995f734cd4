"""A run that learns nothing is recognised by what it does; one that learns is left in peace."""

import math
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st

from explorer.core.data.digits import draw_digits
from explorer.core.network.layers import LayerSpec
from explorer.core.network.link import decode
from explorer.core.network.networks import PRESETS
from explorer.core.run.learning_trouble import CHANCE, Signs, Trouble, find_trouble
from explorer.core.run.recipes import OPTIMIZERS, RECIPES
from explorer.core.run.records import Change, Steps
from explorer.core.run.train_config import TrainConfig
from explorer.training.data import DataSet, normalised
from explorer.training.loop import Training
from tests.hypothesis_profiles import examples
from tests.training.digits import Clock

NETWORKS = {
    **PRESETS,
    "linear": decode("1_1x28x28_f_l784-10").layers,
    "normalised": decode("1_1x28x28_c1-8-5_b8_r_m2_c8-16-5_b16_r_m2_f_l256-10").layers,
}
ADAM = {"optimizer": "adam", "lr": 0.001, "momentum": 0.9}
GOOD: dict[str, dict[str, Any]] = {**RECIPES, "adam": ADAM, "adamw": ADAM | {"optimizer": "adamw"}}
LARGE: dict[str, dict[str, Any]] = {
    "sgd 1": {"lr": 1.0},
    "sgd 3": {"lr": 3.0},
    "sgd 10": {"lr": 10.0},
    "momentum": {"lr": 1.0, "momentum": 0.9, "nesterov": True},
    "adam 1": ADAM | {"lr": 1.0},
}


@pytest.fixture(scope="module")
def digits() -> DataSet:
    """2,000 offline digits, and 200 to test."""
    device, parts = torch.device("cpu"), []
    for count, seed in ((2000, 0), (200, 1000)):
        images, labels = draw_digits(count, seed)
        parts += [normalised(torch.from_numpy(images), device), torch.from_numpy(labels)]
    return DataSet(*parts)


@pytest.fixture(autouse=True)
def _one_thread() -> Any:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def train(config: TrainConfig, network: tuple[LayerSpec, ...], digits: DataSet) -> tuple[list[Trouble | None], float]:
    """What was found after each record, the last of them at the end, and the last test's accuracy."""
    config = replace(config, network=network, device="cpu")
    training = Training(config, digits, Clock(tick=0.003))  # 17 steps a report
    signs, found, tested = Signs(), [], math.nan
    for record in training.records():
        if record:
            signs.add_record(record)
            found.append(find_trouble(signs, config))
            tested = getattr(record, "test_accuracy", tested)
    return found, tested


@examples(15)
@given(st.sampled_from([*product(GOOD, NETWORKS)]), st.sampled_from([0.01, 0.05, 0.3, 1, 2]))
def test_no_alarm_in_a_healthy_run(digits: DataSet, chosen: tuple[str, str], epochs: float) -> None:
    """Any network with any recipe at its rate, at every moment; after one step as well, and on LeNet's long plateau."""
    assume(chosen != ("fast99", "exercise"))  # made for the simple CNN, that recipe is too fast for this network
    recipe, network = chosen
    found, _ = train(TrainConfig(**GOOD[recipe] | {"epochs": epochs}), NETWORKS[network], digits)
    assert not any(found)


@examples(10)
@given(st.sampled_from([1, 2, 5, 16, 256]), st.sampled_from([*NETWORKS]), st.sampled_from([*OPTIMIZERS]))
def test_no_alarm_in_small_batches(digits: DataSet, batch_size: int, network: str, optimizer: str) -> None:
    """A single image's loss jumps about: its leaps are none."""
    config = TrainConfig(**OPTIMIZERS[optimizer], optimizer=optimizer, batch_size=batch_size, epochs=1)
    few = digits._replace(train_images=digits.train_images[:400], train_labels=digits.train_labels[:400])
    found, _ = train(config, NETWORKS[network], few)
    assert not any(found)


@examples(12)
@given(st.sampled_from([*product(LARGE, NETWORKS)]))
def test_a_rate_too_large_is_recognised(digits: DataSet, chosen: tuple[str, str]) -> None:
    """96 steps at 10 % are said at their end; a network that survives such a rate is left in peace.

    What is proposed instead leads out: with it the same run has no trouble.
    """
    recipe, network = chosen
    config = TrainConfig(**LARGE[recipe] | {"epochs": 3})
    found, tested = train(config, NETWORKS[network], digits)
    assert bool(found[-1]) == (not tested > CHANCE)
    if found[-1]:
        assert found[-1].lr < config.lr
        again, _ = train(replace(config, lr=found[-1].lr), NETWORKS[network], digits)
        assert not again[-1]


@examples(6)
@given(st.sampled_from([*product((0.0, 1e-6, 1e-4), NETWORKS)]))
def test_a_rate_too_small_is_recognised(digits: DataSet, chosen: tuple[float, str]) -> None:
    """After 63 steps that led nowhere the usual rate is proposed."""
    lr, network = chosen
    found, tested = train(TrainConfig(lr=lr, epochs=2), NETWORKS[network], digits)
    assert bool(found[-1]) == (tested <= CHANCE)
    if found[-1]:
        assert "too small" in found[-1].sentence.text
        assert found[-1].lr == 0.01


def test_the_command_of_the_issue(digits: DataSet) -> None:
    """2,000 images, 3 epochs, lr 1: said long before the 300 steps that it once took."""
    found, tested = train(TrainConfig(images=2000, epochs=3, lr=1), PRESETS["simple"], digits)
    assert tested < 0.2
    assert found[-1].sentence.numbers["steps"] == "96"
    assert next(place for place, one in enumerate(found) if one) < len(found) / 2


def test_a_change_in_mid_run_counts(digits: DataSet) -> None:
    """A good run whose rate is multiplied by a thousand: the sentence names the rate that it has now."""
    config = TrainConfig(epochs=3, lr=0.05, changes=(Change(60, lr=10.0),))
    found, tested = train(config, PRESETS["simple"], digits)
    assert tested < 0.2
    assert found[-1].sentence.numbers["lr"] == "10"
    assert found[-1].lr == 0.01


def test_a_loss_that_is_no_number_is_trouble_at_once() -> None:
    """After whichever step."""
    signs = Signs()
    signs.add_record(Steps(1, [math.nan], 0.0, 0.0, [math.nan], 10.0, {}))
    assert "no longer a number after step {steps}" in find_trouble(signs, TrainConfig(lr=10)).sentence.text


def test_a_loss_that_stands_is_said_after_300_steps() -> None:
    """At a usual rate, without a leap and with all gradients: a plateau may end, so that it takes patience."""
    signs = Signs()
    signs.add_record(Steps(299, [2.303] * 299, 0.0, 0.0, [0.11] * 299, 0.01, {"fc": 0.01}))
    assert find_trouble(signs, TrainConfig()) is None
    signs.add_record(Steps(300, [2.303], 0.0, 0.0, [0.11], 0.01, {"fc": 0.01}))
    assert "still stands at" in find_trouble(signs, TrainConfig()).sentence.text
