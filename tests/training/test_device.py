"""Where a run computes."""

from collections.abc import Iterator

import pytest
import torch

from explorer.core.errors import SettingError
from explorer.core.run import threads as threads_module
from explorer.training.device import pick_device, present_devices, use_threads


@pytest.fixture(autouse=True)
def _threads_as_before() -> Iterator[None]:
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def test_a_cpu_is_always_there() -> None:
    """The last resort of "auto" exists on every machine."""
    assert present_devices()[-1] == "cpu"
    assert pick_device("cpu") == torch.device("cpu")


@pytest.mark.parametrize(("cuda", "mps", "chosen"), [(True, True, "cuda"), (False, True, "mps"), (False, False, "cpu")])
def test_auto_takes_the_fastest_there_is(monkeypatch: pytest.MonkeyPatch, cuda: bool, mps: bool, chosen: str) -> None:
    """CUDA before Apple's, Apple's before the CPU."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)
    assert pick_device("auto") == torch.device(chosen)


def test_a_device_that_is_not_there_is_answered_with_what_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking for a GPU never falls back in silence."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    with pytest.raises(SettingError, match=r"There is no cuda device on this machine. Choose one of mps, cpu, or auto"):
        pick_device("cuda")


@pytest.mark.parametrize(("cores", "threads"), [(1, 1), (2, 1), (4, 3), (96, 8)])
def test_a_core_is_left_to_others(monkeypatch: pytest.MonkeyPatch, cores: int, threads: int) -> None:
    """By itself a run takes all cores but one, at least one, and never a whole server."""
    monkeypatch.setattr(threads_module, "cores", lambda: cores)
    assert threads == use_threads(0) == torch.get_num_threads()


def test_workers_share_the_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two workers on eight cores take three each: with seven each they would wait for one another."""
    monkeypatch.setattr(threads_module, "cores", lambda: 8)
    assert use_threads(0, workers=2) == 3


def test_a_wanted_thread_count_is_taken_as_it_is() -> None:
    """Two are two, whatever the machine has: the count belongs to what makes a run repeatable."""
    assert use_threads(2) == torch.get_num_threads() == 2
