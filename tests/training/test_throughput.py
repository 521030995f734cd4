"""Images a second on the devices that are there, and torch's own errors between two of them."""

import torch

from explorer.core import limits
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.networks import DENSE, SIMPLE_CNN
from explorer.training import throughput
from explorer.training.device import present_devices
from explorer.training.throughput import BATCH_SIZES, device_errors, measure


def test_each_device_has_a_point_for_each_batch_size(monkeypatch) -> None:
    """And is told as it goes: 0 of all, … , all."""
    monkeypatch.setattr(throughput, "MOST_SECONDS", 0.0)
    told = []
    found = measure(NetworkSpec(DENSE), lambda done, total: told.append((done, total)))
    assert present_devices() == [curve.kind for curve in found.curves]
    assert all(BATCH_SIZES == tuple(size for size, _ in curve.points) for curve in found.curves)
    assert all(rate > 0 for curve in found.curves for _, rate in curve.points)
    total = len(found.curves) * len(BATCH_SIZES)
    assert told == [(done, total) for done in range(total + 1)]
    assert torch.__version__ == found.torch


def test_a_batch_beyond_the_limits_is_left_out(monkeypatch) -> None:
    """A large network is measured with the batches that it may be trained with."""
    monkeypatch.setattr(throughput, "MOST_SECONDS", 0.0)
    monkeypatch.setattr(limits, "MAX_BATCH_SIZE", 20)
    found = measure(NetworkSpec(DENSE), lambda done, total: None)
    assert [1, 4, 16] == [size for size, _ in found.curves[0].points]


def test_torchs_own_words_are_taken() -> None:
    """Between the CPU and meta, whose tensors no product takes together: as between the CPU and a GPU."""
    said = device_errors(NetworkSpec(DENSE), torch.device("meta"))
    assert "is not on the expected device" in said["network"]
    assert said["network"].startswith("RuntimeError: ")
    assert "rows" not in said
    assert "network+images+labels+rows" not in said


def test_on_one_device_nothing_is_refused() -> None:
    """The CPU's own moves change nothing."""
    assert {} == device_errors(NetworkSpec(SIMPLE_CNN), torch.device("cpu"))
