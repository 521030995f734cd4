"""A training put away at any step and taken up again is the one that was never away."""

from itertools import takewhile

import pytest
import safetensors.torch
import torch
from hypothesis import given
from hypothesis import strategies as st

from explorer.core import limits
from explorer.core.errors import DataError
from explorer.core.run.records import Change, Epoch, Record, Steps
from explorer.core.run.train_config import TrainConfig
from explorer.training.loop import Training
from explorer.training.state import pack, restore
from tests.hypothesis_profiles import examples
from tests.training.digits import NOISY, Clock, easy_digits

DIGITS = easy_digits()
PLANNED = (Change(2, lr=0.1), Change(7, momentum=0.3))


@st.composite
def recipes(draw: st.DrawFn) -> TrainConfig:
    """What a state has to hold something for: averages, noise, moments, schedules, changes, parts of epochs."""
    optimizer = draw(st.sampled_from(["sgd", "adam", "adamw"]))
    return TrainConfig(
        network=draw(st.sampled_from([NOISY, TrainConfig().network])),
        epochs=draw(st.sampled_from([2, 2.5, 3])),
        batch_size=draw(st.sampled_from([50, 64])),
        optimizer=optimizer,
        lr=0.01,
        nesterov=optimizer == "sgd" and draw(st.booleans()),
        momentum=draw(st.sampled_from([0.5, 0.9])),
        schedule=draw(st.sampled_from(["constant", "onecycle"])),
        evaluate_every=draw(st.sampled_from([0, 2])),
        changes=draw(st.sampled_from([(), PLANNED])),
        seed=draw(st.integers(0, 3)),
    )


def without_times(record: Record) -> Record | tuple:
    """What must be equal: all but how long it took."""
    if isinstance(record, Steps):
        return record.step, record.losses, record.accuracies, record.lr, record.grad_norms
    if isinstance(record, Epoch):
        return record.epoch, record.step, record.train_loss, record.train_accuracy, record.test_accuracy
    return record


def rest_of(training: Training) -> list[Record | tuple]:
    """Everything that follows, its first report aside."""
    return [without_times(record) for record in training.records() if record is not None][1:]


@examples(60)
@given(recipes(), st.integers(0, 9), st.booleans())
def test_a_resumed_run_equals_the_run_never_stopped(config: TrainConfig, step: int, after_evaluation: bool) -> None:
    """At any step, before its evaluation or after, with a change made by hand: the same records, the same bits."""
    straight = Training(config, DIGITS, Clock(tick=1))
    records = straight.records()
    ahead = takewhile(lambda record: straight.step < step or (after_evaluation and straight.evaluation_due), records)
    for _ in ahead:
        pass
    straight.change(lr=0.02)
    state = pack(straight)
    expected = rest_of(straight)
    other = Training(config, DIGITS, Clock(tick=1))
    restore(other, state)
    assert state == pack(other)
    assert expected == rest_of(other)
    assert straight.config == other.config
    found = other.network.state_dict()
    assert all(torch.equal(tensor, found[name]) for name, tensor in straight.network.state_dict().items())


def test_a_state_of_another_network_is_refused() -> None:
    """Names and shapes are looked at before anything is filled; the training stays as it was."""
    state = pack(Training(TrainConfig(network=NOISY), DIGITS))
    training = Training(TrainConfig(), DIGITS)
    before = pack(training)
    with pytest.raises(DataError, match="it is of another network"):
        restore(training, state)
    assert before == pack(training)


@pytest.mark.parametrize(
    "name", ["shuffle", "changes", "progress.step", "network.fc.bias", "optimizer.0.momentum_buffer"]
)
def test_a_state_that_lacks_or_garbles_a_part_is_refused(name: str) -> None:
    """A sentence names what is wrong; no traceback, whichever part it is."""
    training = Training(TrainConfig(), DIGITS, Clock(tick=1))
    records = training.records()
    next(records), next(records)
    tensors = safetensors.torch.load(pack(training))
    lacking = {key: tensor for key, tensor in tensors.items() if key != name}
    garbled = {**tensors, name: torch.zeros(3, 5)}
    for state in (lacking, garbled):
        with pytest.raises(DataError, match="cannot be read"):
            restore(Training(TrainConfig(), DIGITS), safetensors.torch.save(state))


@pytest.mark.parametrize("state", [b"", b"\x80\x04pickle", b"\xff" * 64])
def test_what_is_no_state_is_refused(state: bytes) -> None:
    """A pickle, above all, is never run."""
    with pytest.raises(DataError, match="cannot be read"):
        restore(Training(TrainConfig(), DIGITS), state)


def test_a_state_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """By its size, before it is unpacked."""
    monkeypatch.setattr(limits, "MAX_STATE_BYTES", 1000)
    with pytest.raises(DataError, match="more than the 1000"):
        restore(Training(TrainConfig(), DIGITS), b"x" * 1001)
