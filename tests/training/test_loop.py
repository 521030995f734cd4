"""The loop against a plainly written one, and what its caller may rely on."""

import math
from collections.abc import Iterator

import pytest
import torch
from torch import nn
from torch.nn.functional import cross_entropy

from explorer.core.explained import SettingError
from explorer.core.layers import layer
from explorer.core.train_config import Epoch, Started, Steps, TrainConfig
from explorer.training import loop
from explorer.training.data import DataSet
from explorer.training.loop import Training
from explorer.training.network import build

IMAGES, TESTS = 150, 50  # batches of 64, 64 and 22


class Clock:
    """Every look at it takes ``tick`` seconds; a test moves it on by hand."""

    def __init__(self, tick: float = 0.0) -> None:
        self.now, self.tick = 0.0, tick

    def __call__(self) -> float:
        self.now += self.tick
        return self.now


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def digits() -> DataSet:
    """Each class is a pattern of its own under noise: easy to learn, and hard to guess."""
    generator = torch.Generator().manual_seed(0)
    labels = torch.randint(10, (IMAGES + TESTS,), generator=generator)
    patterns = torch.randn(10, 1, 28, 28, generator=generator)
    images = patterns[labels] + torch.randn(len(labels), 1, 28, 28, generator=generator) / 2
    return DataSet(images[:IMAGES], labels[:IMAGES], images[IMAGES:], labels[IMAGES:])


def plain_loop(config: TrainConfig, digits: DataSet) -> tuple[list[float], list[torch.Tensor]]:
    """As the lecture writes it: the loss of every step, and the weights."""
    network = build(config.network, config.seed)
    optimizer = torch.optim.SGD(network.parameters(), lr=config.lr, momentum=config.momentum)
    generator = torch.Generator().manual_seed(config.seed)
    losses = []
    for _ in range(config.epochs):
        order = torch.randperm(IMAGES, generator=generator)
        for start in range(0, IMAGES, config.batch_size):
            rows = order[start : start + config.batch_size]
            optimizer.zero_grad()
            loss = cross_entropy(network(digits.train_images[rows]), digits.train_labels[rows])
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return losses, list(network.parameters())


def losses_of(training: Training) -> list[float]:
    return [loss for record in training.records() if isinstance(record, Steps) for loss in record.losses]


def test_every_loss_is_that_of_a_plain_loop(digits: DataSet) -> None:
    """Step by step over two epochs, the smaller last batch included; without momentum it would be another curve."""
    config = TrainConfig(epochs=2, lr=0.05)
    training = Training(config, digits)
    expected, weights = plain_loop(config, digits)
    assert len(expected) == 6
    assert expected == pytest.approx(losses_of(training), rel=1e-4)
    for wanted, found in zip(weights, training.network.parameters(), strict=True):
        torch.testing.assert_close(wanted, found, rtol=1e-4, atol=1e-5)
    assert expected != pytest.approx(losses_of(Training(TrainConfig(epochs=2, lr=0.05, momentum=0), digits)), rel=1e-3)


@pytest.mark.parametrize("threads", [1, 2])
def test_the_same_seed_gives_the_same_bits(digits: DataSet, threads: int) -> None:
    """Every weight, bit for bit, at each thread count; another seed gives other weights."""
    torch.set_num_threads(threads)
    first, second, other = (Training(TrainConfig(epochs=2, seed=seed), digits) for seed in (3, 3, 4))
    assert losses_of(first) == losses_of(second) != losses_of(other)
    assert all(map(torch.equal, first.network.parameters(), second.network.parameters()))
    assert not torch.equal(first.network.fc.weight, other.network.fc.weight)


def test_how_often_it_reports_changes_no_bit(digits: DataSet) -> None:
    """A slow clock gives one report a pass, a fast one a report a step: the same losses."""
    seldom, often = (Training(TrainConfig(epochs=2), digits, Clock(tick)) for tick in (0, 1))
    assert losses_of(seldom) == losses_of(often)


def test_the_reports_come_in_order(digits: DataSet) -> None:
    """Started, then for each epoch its steps, its evaluation's pauses, its figures."""
    records = list(Training(TrainConfig(epochs=2), digits, Clock(tick=1)).records())
    one_pass = [Steps, Steps, Steps, type(None), Epoch]
    assert [Started, *one_pass, *one_pass] == [type(record) for record in records]
    started = records[0]
    assert (8490, 150, 3, 6) == (
        started.num_params, started.num_images, started.steps_per_epoch, started.total_steps
    )  # fmt: skip
    assert [1, 2, 3, 4, 5, 6] == [record.step for record in records if isinstance(record, Steps)]


def test_an_epochs_figures_are_those_of_its_steps(digits: DataSet) -> None:
    """The mean loss weighs images, so that the last 22 count as 22; accuracies are counted anew here."""
    training = Training(TrainConfig(epochs=1), digits, Clock(tick=1))
    records = list(training.records())
    losses = [loss for record in records if isinstance(record, Steps) for loss in record.losses]
    epoch = records[-1]
    weighted = sum(loss * size for loss, size in zip(losses, (64, 64, 22), strict=True)) / IMAGES
    assert epoch.train_loss == pytest.approx(weighted)
    assert epoch.train_loss != pytest.approx(sum(losses) / 3, rel=1e-6)
    right = (training.network(digits.test_images).argmax(1) == digits.test_labels).sum().item()
    assert epoch.test_accuracy == right / TESTS
    assert 0 < epoch.train_accuracy < 1


def test_it_learns(digits: DataSet) -> None:
    """Ten passes over 150 easy images leave chance (0.1) far behind, on images it has not seen."""
    *_, last = Training(TrainConfig(epochs=10, batch_size=16, lr=0.05), digits).records()
    assert last.test_accuracy > 0.5


def test_a_pause_does_not_count(digits: DataSet) -> None:
    """An hour between any two reports leaves the seconds and the rate as they were."""
    hurried, patient = Clock(tick=0.25), Clock(tick=0.25)
    expected = list(Training(TrainConfig(epochs=2), digits, hurried).records())
    found = []
    for record in Training(TrainConfig(epochs=2), digits, patient).records():
        found.append(record)
        patient.now += 3600
    assert expected == found
    seconds = [record.seconds for record in found if isinstance(record, Steps)]
    assert seconds == sorted(seconds)
    assert seconds[-1] < 60


def test_no_gap_between_reports_is_long(digits: DataSet, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two yields: no more steps than fit 50 ms, here two, or one chunk of the test images."""
    monkeypatch.setattr(loop, "EVALUATED_AT_ONCE", 20)
    training = Training(TrainConfig(epochs=1, batch_size=16), digits, Clock(tick=0.03))
    forward_passes, gaps = [], []
    training.network.register_forward_hook(lambda *_: forward_passes.append(1))
    for _ in training.records():
        gaps.append(len(forward_passes))
        forward_passes.clear()
    assert [0, 2, 2, 2, 2, 2, 1, 1, 1, 0] == gaps


def test_evaluating_leaves_gradients_on_for_the_caller(digits: DataSet) -> None:
    """At every pause a caller may compute with gradients, for they are switched per thread."""
    for _ in Training(TrainConfig(epochs=1), digits).records():
        assert torch.is_grad_enabled()


def test_a_loss_that_explodes_is_reported_as_it_is(digits: DataSet) -> None:
    """At a rate of 10 the loss is soon no number; the run goes on to its end and says so."""
    training = Training(
        TrainConfig(epochs=2, lr=10, momentum=0.9), digits._replace(train_images=digits.train_images * 1e20)
    )
    records = list(training.records())
    assert not math.isfinite(records[-1].train_loss)
    assert training.step == 6


def test_the_learning_rate_may_change_between_two_reports(digits: DataSet) -> None:
    """With a rate of nought from the first report on, the weights stay."""
    training = Training(TrainConfig(epochs=1, momentum=0), digits, Clock(tick=1))
    records = training.records()
    next(records), next(records)
    training.optimizer.param_groups[0]["lr"] = 0.0
    weight = training.network.fc.weight.detach().clone()
    next(records)
    assert torch.equal(weight, training.network.fc.weight)


def test_any_network_of_known_layers_trains(digits: DataSet) -> None:
    """A dense net without a convolution goes through the same loop."""
    dense = (layer("flatten", "Flatten"), layer("fc", "Linear", in_features=784, out_features=10))
    *_, last = Training(TrainConfig(epochs=1, network=dense), digits).records()
    assert last.step == 3


# What needs random numbers in training, and what behaves otherwise when it is only asked.
NOISY = (
    layer("conv", "Conv2d", in_channels=1, out_channels=4, kernel_size=5),
    layer("norm", "BatchNorm2d", num_features=4),
    layer("pool", "MaxPool2d", kernel_size=4),
    layer("flatten", "Flatten"),
    layer("dropout", "Dropout", p=0.3),
    layer("fc", "Linear", in_features=144, out_features=10),
)


def plain_script(config: TrainConfig, digits: DataSet) -> tuple[list[float], list[torch.Tensor]]:
    """One seed for all, dropout from the global generator: the loss of every step, and the state at the end."""
    torch.manual_seed(config.seed)
    network = nn.Sequential(nn.Conv2d(1, 4, 5), nn.BatchNorm2d(4), nn.MaxPool2d(4), nn.Flatten(), nn.Dropout(0.3),
                            nn.Linear(144, 10)).to(memory_format=torch.channels_last)  # fmt: skip
    optimizer = torch.optim.SGD(network.parameters(), lr=config.lr, momentum=config.momentum)
    generator, losses = torch.Generator().manual_seed(config.seed), []
    for _ in range(config.epochs):
        for rows in torch.randperm(IMAGES, generator=generator).split(config.batch_size):
            optimizer.zero_grad()
            loss = cross_entropy(network(digits.train_images[rows]), digits.train_labels[rows])
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        with torch.no_grad():
            network.eval()(digits.test_images)
        network.train()
    return losses, list(network.state_dict().values())


@pytest.mark.parametrize("tick", [0, 1])
def test_dropout_draws_what_a_plain_script_would_draw(digits: DataSet, tick: float) -> None:
    """Every loss, weight and running average to the last bit, while others draw and seed between the reports."""
    config, losses = TrainConfig(epochs=3, lr=0.05, seed=6, network=NOISY), []
    with torch.random.fork_rng(devices=[]):
        expected, wanted = plain_script(config, digits)
        training = Training(config, digits, Clock(tick))
        for number, record in enumerate(training.records()):
            losses += record.losses if isinstance(record, Steps) else []
            torch.manual_seed(number)
            torch.rand(number)
    assert expected == losses
    found = training.network.state_dict()
    assert 9 == found["norm.num_batches_tracked"]
    assert 9 == len(wanted) == len(found)
    assert all(map(torch.equal, wanted, found.values()))


def test_a_run_leaves_others_random_numbers_alone(digits: DataSet) -> None:
    """From one report to the next the global generator stays where it was, and the run's own goes on."""
    before = torch.random.get_rng_state()
    training = Training(TrainConfig(epochs=2, network=NOISY), digits, Clock(tick=1))
    states = []
    for record in training.records():
        assert torch.equal(before, torch.random.get_rng_state())
        if isinstance(record, Steps):
            states.append(training.noise.states["cpu"])
    assert not any(map(torch.equal, states, states[1:]))


def test_it_learns_in_train_mode_and_is_asked_in_eval_mode(digits: DataSet, monkeypatch: pytest.MonkeyPatch) -> None:
    """At every report, in the midst of an evaluation as well, the network is in eval mode; only steps are noisy."""
    monkeypatch.setattr(loop, "EVALUATED_AT_ONCE", 20)
    training = Training(TrainConfig(epochs=2, network=NOISY), digits, Clock(tick=1))
    modes, batches = [], []
    training.network.dropout.register_forward_hook(lambda layer, *_: modes.append(layer.training))
    for _ in training.records():
        assert not any(layer.training for layer in training.network.modules())
        batches.append(training.network.norm.num_batches_tracked.item())
    assert [*[True] * 3, *[False] * 3] * 2 == modes
    assert [0, 1, 2, 3, 3, 3, 3, 3, 4, 5, 6, 6, 6, 6, 6] == batches


def test_a_run_goes_on_after_an_evaluation_that_was_broken_off(
    digits: DataSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks for no more reports in its midst may ask anew: the next steps are noisy again."""
    monkeypatch.setattr(loop, "EVALUATED_AT_ONCE", 20)
    training = Training(TrainConfig(epochs=1, network=NOISY), digits)
    records = training.records()
    while next(records) is not None:
        pass
    records.close()
    modes = []
    training.network.dropout.register_forward_hook(lambda layer, *_: modes.append(layer.training))
    assert 3 == len(losses_of(training))
    assert [*[True] * 3, *[False] * 3] == modes


def test_a_batch_that_cannot_be_normalised_is_refused_before_the_first_step(digits: DataSet) -> None:
    """149 + 1 images: the last one's map is 1×1, and BatchNorm2d needs two numbers a channel."""
    shrunk = (
        layer("pool", "AvgPool2d", kernel_size=28),
        layer("norm", "BatchNorm2d", num_features=1),
        layer("flatten", "Flatten"),
        layer("fc", "Linear", in_features=1, out_features=10),
    )
    with pytest.raises(SettingError, match="150 images in batches of 149 leave one by itself, and norm cannot"):
        Training(TrainConfig(batch_size=149, network=shrunk), digits)
    assert 3 == len(losses_of(Training(TrainConfig(epochs=1, network=shrunk), digits)))
