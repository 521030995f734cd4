"""Steps in stretches, as CUDA graphs replay them. There is no GPU here: what is captured is simply called again."""

from collections.abc import Callable

import pytest
import torch

from explorer.core.run.records import Steps
from explorer.core.run.train_config import TrainConfig
from explorer.training.graphs import LENGTHS, GraphedSteps, make_steps
from explorer.training.loop import Training
from explorer.training.steps import EagerSteps, make_optimizer
from tests.training.digits import Clock, easy_digits

DIGITS = easy_digits()
CONFIG = TrainConfig(epochs=3, batch_size=8, lr=0.02, momentum=0.9, schedule="onecycle", weight_decay=0.001)


class Called:
    """In the place of a capture: keeps what is to be run, and counts."""

    def __init__(self) -> None:
        self.captures, self.replays = 0, 0

    def __call__(self, body: Callable[[], None]) -> Callable[[], None]:
        self.captures += 1

        def replay() -> None:
            self.replays += 1
            body()

        return replay


def graphed(config: TrainConfig) -> tuple[Training, Called]:
    training, called = Training(config, DIGITS, Clock(tick=0)), Called()
    optimizer = make_optimizer(list(training.network.parameters()), config)
    for group in optimizer.param_groups:
        group["lr"] = torch.tensor(config.lr)  # a graph can only read it from a tensor
    training.steps = GraphedSteps(training.network, optimizer, DIGITS, config, called)
    return training, called


def losses_of(training: Training) -> list[float]:
    return [loss for record in training.records() if isinstance(record, Steps) for loss in record.losses]


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_stretches_of_steps_are_the_same_steps(optimizer: str) -> None:
    """18 whole batches and one of 6 an epoch, each with its own rate, in few replays: the losses of eager steps."""
    config = TrainConfig(**{**vars(CONFIG), "optimizer": optimizer, "lr": 0.003})
    eager, (stretched, called) = Training(config, DIGITS, Clock(tick=0)), graphed(config)
    assert losses_of(eager) == pytest.approx(losses_of(stretched), rel=1e-4)
    for wanted, found in zip(eager.network.parameters(), stretched.network.parameters(), strict=True):
        torch.testing.assert_close(wanted, found, rtol=1e-3, atol=1e-5)
    assert called.captures <= len(LENGTHS)
    assert called.replays < 3 * 18 / 2


def test_the_gradients_of_the_last_step_stay() -> None:
    """After a replay as after an eager step, so that their norms can be told."""
    stretched, _ = graphed(CONFIG)
    reports = [record for record in stretched.records() if isinstance(record, Steps)]
    assert all(norm > 0 for report in reports for norm in report.grad_norms.values())


def test_another_momentum_is_captured_anew() -> None:
    """It is a number in the graph; the learning rate is a buffer, and costs nothing."""
    stretched, called = graphed(TrainConfig(epochs=2, batch_size=8))
    records = stretched.records()
    while not isinstance(next(records), Steps):
        pass
    before = called.captures
    stretched.change(lr=0.1)
    assert stretched.steps._replays
    stretched.change(momentum=0.9)
    assert not stretched.steps._replays
    list(records)
    assert before < called.captures


def test_one_wanted_step_is_one_step() -> None:
    """However long the graphs are."""
    stretched, _ = graphed(TrainConfig(epochs=2, batch_size=8))
    stretched.most_steps = 1
    records = stretched.records()
    next(records)
    assert [1, 2, 3] == [next(records).step for _ in range(3)]


def test_on_a_cpu_steps_are_eager() -> None:
    """There is nothing to capture."""
    steps = make_steps(Training(CONFIG, DIGITS).network, DIGITS, CONFIG)
    assert (EagerSteps, "eager") == (type(steps), steps.name)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no CUDA device on this machine")
@pytest.mark.parametrize("optimizer", ["sgd", "adam", "adamw"])
def test_captured_steps_are_the_same_steps(optimizer: str) -> None:
    """On a real GPU: graphs against eager steps, within float32's rounding."""
    config = TrainConfig(**{**vars(CONFIG), "optimizer": optimizer, "lr": 0.003})
    data = type(DIGITS)(*(tensor.cuda() for tensor in DIGITS))
    captured, eager = Training(config, data), Training(config, data)
    eager.steps = EagerSteps(eager.network, make_optimizer(list(eager.network.parameters()), config), data, config)
    assert "graphs" == captured.steps.name
    assert losses_of(eager) == pytest.approx(losses_of(captured), rel=1e-2)
