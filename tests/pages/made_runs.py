"""Runs that are made up, in the place of the server's: what a page shows and asks can be tested without a worker."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load, save

from explorer.core.run.given_name import tidy_name
from explorer.core.run.records import Epoch, Started, Steps
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.run_folder import WEIGHTS, append, describe, new_folder, write
from explorer.runs.queue_order import require_room
from explorer.runs.run import Run
from explorer.runs.runs import Runs

STARTED = Started("cpu", 1, 8490, 60_000, 938, 9380, {"python": "3.11", "torch": "2.15"})
Asked = list[tuple[str, dict[str, Any]]]


def probe(step: int, answers: list[int]) -> bytes:
    """Ten digits read as ``answers``, four maps and two kernels."""
    images = np.zeros((10, 28, 28), np.uint8)
    kernels = np.ones((2, 5, 5), np.float32)
    probabilities = 0.5 * np.eye(10, dtype=np.float32)[answers] + 0.05
    tensors = {"step": np.array(step), "images": images, "labels": np.arange(10), "probabilities": probabilities}
    tensors |= {"kernels": kernels, "kernels_before": kernels / 2, "maps": np.zeros((10, 4, 12, 12), np.uint8)}
    return save({**tensors, "maps_largest": np.array(2.0, np.float32)})


def trained(run: Run, steps: int = 100, test_accuracy: float = 0.95) -> Run:
    """The run after so many steps and one test."""
    run.add_record(STARTED)
    norms = {"conv1": 0.5, "conv2": 0.25, "fc": 0.125}
    losses = list(np.linspace(2.3, 0.2, steps))
    run.add_record(Steps(steps, losses, 2.0, 3200.0, [0.9] * steps, run.config.lr, norms))
    run.add_record(Epoch(0.1, steps, 0.5, 0.9, test_accuracy, 2.0, 3200.0, "cpu"))
    return run


def went_nan(run: Run, tested: bool = True) -> Run:
    """The run after 100 good steps and one too large: its outputs, its last test and its digits are no numbers."""
    trained(run).probe = probe(100, list(range(10)))
    run.add_record(Steps(101, [math.nan], 2.1, 3200.0, [math.nan], run.config.lr, {"conv1": math.nan}))
    if tested:
        run.add_record(Epoch(0.2, 101, math.nan, 0.9, math.nan, 2.1, 3200.0, "cpu"))
    tensors = load(run.probe) | {"maps_largest": np.array(np.nan, np.float32)}
    lost = {name: np.full_like(tensors[name], np.nan) for name in ("probabilities", "kernels")}
    run.probe = save(tensors | lost | {"step": np.array(101)})
    return run


class MadeRuns:
    """``all`` the server's runs, none of which trains, and what they were ``asked``; limits are the server's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.all: list[Run] = []
        self.asked: Asked = []

    def install(self, monkeypatch: pytest.MonkeyPatch) -> "MadeRuns":
        """In the place of ``Runs``' methods, until the test ends."""
        methods: dict[str, Callable[..., object]] = {
            "start": lambda _, config, owner, command="resume": self._start(config, owner, command),
            "resume": lambda _, run, owner, command="resume": self._resume(run, command),
            "find": lambda _, run_id: next((run for run in self.all if run.id == run_id), None),
            "of": lambda _, owner: [run for run in reversed(self.all) if run.owner == owner],
            "under_way": lambda _: [run for run in self.all if run.unfinished],
            "steer": lambda _, run, command, owner, **values: self._steer(run, command, owner, values),
            "rename": lambda _, run, name, owner: self._rename(run, name, owner),
            "delete": lambda _, run, owner: self._delete(run, owner),
            "watch": lambda _, run: None,
            "place": lambda _, run: self._place(run),
            "convert": lambda _, run, kind: kind.encode(),
        }
        for name, method in methods.items():
            monkeypatch.setattr(Runs, name, method)
        return self

    def add(self, run: Run) -> Run:
        """One more run."""
        self.all.append(run)
        return run

    def end(self, run: Run, state: str = "stopped") -> None:
        """The run is over, its files are on disk."""
        run.state, run.resumable = state, state != "finished"
        run.folder = new_folder(self.folder, run.config)
        append(run.folder, [STARTED, run.latest, *run.epochs])
        write(run.folder, describe(run.config, STARTED, run.epochs, run.step, state), {WEIGHTS: b"weights"})

    def _start(self, config: TrainConfig, owner: str, command: str) -> Run:
        config.within_limits()
        require_room([run for run in self.all if run.unfinished], owner)
        self._ask_at_once(command)
        return self.add(Run(f"run-{len(self.all)}", config, owner))

    def _resume(self, run: Run, command: str) -> Run:
        run.config.within_limits()
        self.asked.append(("resume a stopped run", {}))
        self._ask_at_once(command)
        run.state = "queued"
        return run

    def _ask_at_once(self, command: str) -> None:
        if command != "resume":
            self.asked.append((command, {}))

    def _rename(self, run: Run, name: str, owner: str) -> None:
        assert run.owner == owner
        run.name = tidy_name(name)

    def _delete(self, run: Run, owner: str) -> None:
        assert run.owner == owner
        self.all.remove(run)

    def _steer(self, run: Run, command: str, owner: str, values: dict[str, Any]) -> None:
        assert run.owner == owner
        self.asked.append((command, values))
        if command == "stop":
            run.state = "stopped"

    def _place(self, run: Run) -> tuple[int, int] | None:
        waiting = [other for other in self.all if other.state == "queued"]
        return (waiting.index(run) + 1, len(waiting)) if run in waiting else None


def config(**settings: object) -> TrainConfig:
    """On the offline digits."""
    return TrainConfig(**{"data": "offline", **settings})
