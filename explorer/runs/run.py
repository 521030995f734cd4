"""One training run as the app sees it: what was asked, what has been reported, how it ended."""

import threading
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from explorer.core.train_config import Epoch, Started, TrainConfig

UNFINISHED = ("queued", "fetching", "running", "paused")


@dataclass
class Run:
    """A run and its history. Reports arrive on the cluster's thread, pages read on theirs: both take ``changed``,
    which is notified at every change.

    ``state`` is one of UNFINISHED, or "finished", "stopped", "idle" (nobody looked), "timeout", "cancelled", "failed".
    ``losses`` holds one float a step; ``fetched`` is (bytes so far, bytes in all) of a download.
    """

    id: str
    config: TrainConfig
    state: str = "queued"
    started: Started | None = None
    losses: array = field(default_factory=lambda: array("f"))
    epochs: list[Epoch] = field(default_factory=list)
    seconds: float = 0.0
    images_per_second: float = 0.0
    fetched: tuple[int, int] = (0, 0)
    notices: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)  # sentences and their numbers
    error: tuple[str, Mapping[str, Any]] | None = None  # likewise
    folder: Path | None = None
    changed: threading.Condition = field(default_factory=threading.Condition)

    @property
    def unfinished(self) -> bool:
        """Whether the run waits, fetches, trains or pauses."""
        return self.state in UNFINISHED

    @property
    def step(self) -> int:
        """Steps trained so far."""
        return len(self.losses)

    def history(self) -> np.ndarray:
        """The loss of each step, (steps,) float32, as a copy: the array grows while pages draw."""
        with self.changed:
            return np.array(self.losses)

    def seconds_left(self) -> float | None:
        """Training time to the last step at the rate so far; None before there is a rate."""
        if not self.started or not self.step:
            return None
        return self.seconds / self.step * (self.started.total_steps - self.step)

    def take(self, kind: str, values: Mapping[str, Any]) -> None:
        """Adds one report of the worker: a record's class name in lower case, "fetching", "notice" or "state"."""
        with self.changed:
            getattr(self, f"_take_{kind}")(**values)
            self.changed.notify_all()

    def end(self, state: str, error: tuple[str, Mapping[str, Any]] | None, folder: Path | None = None) -> None:
        """The run is over: why, what to tell the learner, where its weights lie."""
        with self.changed:
            self.state, self.error, self.folder = state, error, folder
            self.changed.notify_all()

    def _take_fetching(self, done: int, total: int) -> None:
        self.state, self.fetched = "fetching", (done, total)

    def _take_notice(self, sentence: str, numbers: Mapping[str, Any]) -> None:
        self.notices.append((sentence, numbers))

    def _take_state(self, state: str) -> None:
        if self.unfinished:
            self.state = state

    def _take_started(self, **values: Any) -> None:
        """A worker begins; a second one, after the first died, begins anew."""
        self.state, self.started = "running", Started(**values)
        self.losses, self.epochs, self.seconds = array("f"), [], 0.0

    def _take_steps(self, step: int, losses: list[float], seconds: float, images_per_second: float) -> None:
        self.losses.extend(losses)
        self.seconds, self.images_per_second = seconds, images_per_second

    def _take_epoch(self, **values: Any) -> None:
        self.epochs.append(Epoch(**values))
