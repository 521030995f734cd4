"""The loop against a plainly written one, and what its caller may rely on."""

import math

import pytest
import torch
from torch import nn
from torch.nn.functional import cross_entropy

from explorer.core.errors import SettingError
from explorer.core.network.layers import layer
from explorer.core.network.networks import PRESETS
from explorer.core.run.records import Change, Epoch, Started, Steps
from explorer.core.run.train_config import TrainConfig
from explorer.training import evaluation
from explorer.training.data import DataSet
from explorer.training.loop import Training
from explorer.training.network import build
from tests.training.digits import IMAGES, TESTS, Clock, easy_digits


@pytest.fixture(scope="module")
def digits() -> DataSet:
    return easy_digits()


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
    monkeypatch.setattr(evaluation, "EVALUATED_AT_ONCE", 20)
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


def test_a_loss_that_explodes_ends_the_run(digits: DataSet) -> None:
    """At a rate of 10 the loss is soon no number; it is reported as it is, and no step follows."""
    training = Training(
        TrainConfig(epochs=2, lr=10, momentum=0.9), digits._replace(train_images=digits.train_images * 1e20)
    )
    records = list(training.records())
    assert not math.isfinite(records[-1].losses[-1])
    assert ("diverged", True) == (training.ended, training.step < 6)


@pytest.mark.parametrize("size", [1e2, 1e6, 1e12, 1e18, 1e24, 1e30, 1e36])
@pytest.mark.parametrize("network", ["simple", "exercise", "dense"])
@pytest.mark.parametrize("every", [1, 2, 3])
def test_outputs_that_are_no_numbers_are_no_answers(digits: DataSet, size: float, network: str, every: int) -> None:
    """Neither a batch nor the test images have an accuracy then (argmax would say 0), and such a run never finished."""
    config = TrainConfig(epochs=2, lr=10, momentum=0.9, evaluate_every=every, network=PRESETS[network])
    training = Training(config, digits._replace(train_images=digits.train_images * size))
    for record in training.records():
        with torch.no_grad():
            answers = training.network(digits.test_images).amax(1).isfinite().any().item()
        if isinstance(record, Epoch):
            assert math.isnan(record.test_accuracy) == (not answers)
        elif isinstance(record, Steps):
            loss = record.losses[-1]
            assert list(map(math.isfinite, record.losses)) == list(map(math.isfinite, record.accuracies))
    assert (training.ended == "diverged") == (not answers or not math.isfinite(loss))


def test_the_learning_rate_may_change_between_two_reports(digits: DataSet) -> None:
    """With a rate of nought from the first report on, the weights stay, and the settings say from which step on."""
    training = Training(TrainConfig(epochs=1, momentum=0), digits, Clock(tick=1))
    records = training.records()
    next(records), next(records)
    assert Change(1, lr=0.0) == training.change(lr=0.0)
    weight = training.network.fc.weight.detach().clone()
    next(records)
    assert torch.equal(weight, training.network.fc.weight)
    assert (Change(1, lr=0.0),) == training.config.changes


def test_a_run_with_changes_can_be_repeated(digits: DataSet) -> None:
    """What was changed at a step while it trained is a setting: another run makes the same changes, to the last bit."""
    training, losses = Training(TrainConfig(epochs=3), digits, Clock(tick=1)), []
    for record in training.records():
        losses += record.losses if isinstance(record, Steps) else []
        if training.step in (2, 5) and isinstance(record, Steps):
            training.change(lr=0.1 / training.step, momentum=0.9 if training.step == 5 else None)
    again = Training(training.config, digits, Clock(tick=0))
    records = list(again.records())
    assert losses == [loss for record in records if isinstance(record, Steps) for loss in record.losses]
    assert list(training.config.changes) == [record for record in records if isinstance(record, Change)]
    assert losses != losses_of(Training(TrainConfig(epochs=3), digits))


@pytest.mark.parametrize(
    ("config", "ended", "epochs"),
    [
        (TrainConfig(epochs=0.5), "finished", [0.6667]),
        (TrainConfig(epochs=1.5), "finished", [1, 1.6667]),
        (TrainConfig(epochs=2, evaluate_every=2), "finished", [0.6667, 1, 1.3333, 2]),
        (TrainConfig(epochs=3, target_accuracy=0.01), "target", [1]),
        (TrainConfig(epochs=3, max_seconds=2.5), "time", [0.6667]),
    ],
)
def test_a_run_ends_where_its_rules_say(digits: DataSet, config: TrainConfig, ended: str, epochs: list[float]) -> None:
    """After part of an epoch, at a target, after a time; the test images are looked at in the end whichever it is."""
    training = Training(config, digits, Clock(tick=1))
    assert epochs == [record.epoch for record in training.records() if isinstance(record, Epoch)]
    assert ended == training.ended


@pytest.mark.parametrize("schedule", ["constant", "step", "cosine", "onecycle"])
@pytest.mark.parametrize("optimizer", ["sgd", "adam", "adamw"])
def test_any_optimizer_and_schedule_is_that_of_a_plain_script(digits: DataSet, schedule: str, optimizer: str) -> None:
    """torch's optimizer and its scheduler behind each step: the same losses, weight decay and smoothing included."""
    config = TrainConfig(
        epochs=4, optimizer=optimizer, lr=0.003, momentum=0.8, nesterov=optimizer == "sgd", weight_decay=0.01,
        label_smoothing=0.1, schedule=schedule,
    )  # fmt: skip
    network = build(config.network, config.seed)
    kind = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam, "adamw": torch.optim.AdamW}[optimizer]
    moment = {"momentum": 0.8, "nesterov": True} if optimizer == "sgd" else {"betas": (0.8, 0.999)}
    plain = kind(network.parameters(), lr=0.003, weight_decay=0.01, **moment)
    rates = torch.optim.lr_scheduler
    scheduler = {
        "constant": lambda: rates.ConstantLR(plain, 1.0),
        "step": lambda: rates.MultiStepLR(plain, [6, 9]),
        "cosine": lambda: rates.CosineAnnealingLR(plain, 12),
        "onecycle": lambda: rates.OneCycleLR(plain, 0.003, 12, pct_start=0.2, cycle_momentum=False),
    }[schedule]()
    generator, expected = torch.Generator().manual_seed(0), []
    for _ in range(4):
        for rows in torch.randperm(IMAGES, generator=generator).split(64):
            plain.zero_grad()
            logits = network(digits.train_images[rows])
            loss = cross_entropy(logits, digits.train_labels[rows], label_smoothing=0.1)
            loss.backward()
            plain.step()
            scheduler.step()
            expected.append(loss.item())
    assert expected == pytest.approx(losses_of(Training(config, digits)), rel=1e-3)


def test_bfloat16_learns_nearly_the_same(digits: DataSet) -> None:
    """Products of 8 bits: other losses, but not far from float32's, and the weights stay float32."""
    exact, rounded = (Training(TrainConfig(epochs=2, precision=name), digits) for name in ("fp32", "bf16"))
    expected, found = losses_of(exact), losses_of(rounded)
    assert expected != found
    assert expected == pytest.approx(found, rel=0.02)
    assert {torch.float32} == {weight.dtype for weight in rounded.network.parameters()}


def test_a_report_has_each_layers_gradient(digits: DataSet) -> None:
    """The norm over a layer's weights and bias of the last step's gradient, by the layer's name."""
    training = Training(TrainConfig(epochs=1), digits, Clock(tick=1))
    steps = next(record for record in training.records() if isinstance(record, Steps))
    assert ["conv1", "conv2", "fc"] == list(steps.grad_norms)
    flat = torch.cat([parameter.grad.flatten() for parameter in training.network.fc.parameters()])
    assert flat.norm().item() == pytest.approx(steps.grad_norms["fc"], rel=1e-5)
    assert 1 == len(steps.accuracies)
    assert 0 <= steps.accuracies[0] <= 1


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
            states.append(training.random.states["cpu"])
    assert not any(map(torch.equal, states, states[1:]))


def test_it_learns_in_train_mode_and_is_asked_in_eval_mode(digits: DataSet, monkeypatch: pytest.MonkeyPatch) -> None:
    """At every report, in the midst of an evaluation as well, the network is in eval mode; only steps are noisy."""
    monkeypatch.setattr(evaluation, "EVALUATED_AT_ONCE", 20)
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
    """Whoever asks for no more reports in its midst may ask anew: it is made whole, and the next steps are noisy."""
    monkeypatch.setattr(evaluation, "EVALUATED_AT_ONCE", 20)
    training = Training(TrainConfig(epochs=2, network=NOISY), digits)
    records = training.records()
    while next(records) is not None:
        pass
    records.close()
    modes = []
    training.network.dropout.register_forward_hook(lambda layer, *_: modes.append(layer.training))
    assert 3 == len(losses_of(training))
    assert [*[False] * 3, *[True] * 3, *[False] * 3] == modes


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
