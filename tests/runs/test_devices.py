"""What this machine computes on, without torch."""

import sys
from types import SimpleNamespace

import pytest

from explorer.core.run.threads import cores
from explorer.runs import devices
from explorer.runs.devices import Gpu, find_devices, nvidia_gpus


class NoDriver(Exception):
    """As pynvml's own."""


def test_this_machines_processor_is_found() -> None:
    """With the cores that this process may use."""
    assert find_devices().cores == cores()


def fake_driver(monkeypatch: pytest.MonkeyPatch, start) -> list[str]:
    calls: list[str] = []
    driver = SimpleNamespace(
        NVMLError=NoDriver,
        nvmlInit=start,
        nvmlShutdown=lambda: calls.append("shut down"),
        nvmlDeviceGetCount=lambda: 2,
        nvmlDeviceGetHandleByIndex=lambda index: index,
        nvmlDeviceGetName=lambda handle: f"GPU {handle}",
        nvmlDeviceGetMemoryInfo=lambda handle: SimpleNamespace(total=16_000_000_000 + handle),
    )
    monkeypatch.setitem(sys.modules, "pynvml", driver)
    monkeypatch.setattr(devices.shutil, "which", lambda name: "/usr/bin/nvidia-smi")
    return calls


def test_each_gpu_has_its_name_and_memory(monkeypatch) -> None:
    """As NVIDIA's driver tells them; it is let go again."""
    calls = fake_driver(monkeypatch, lambda: None)
    assert nvidia_gpus() == (Gpu("GPU 0", 16_000_000_000), Gpu("GPU 1", 16_000_000_001))
    assert calls == ["shut down"]


def test_a_driver_that_does_not_answer_has_no_gpu(monkeypatch) -> None:
    """The page says how to get one, and does not fail."""

    def fail() -> None:
        raise NoDriver

    fake_driver(monkeypatch, fail)
    assert nvidia_gpus() == ()
