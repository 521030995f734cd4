"""One training run as the app sees it: what was asked, what has been reported, how it ended."""

import math
import threading
from dataclasses import dataclass, field, replace
from pathlib import Path

from explorer.core import limits
from explorer.core.errors import Sentence
from explorer.core.run.learning_trouble import Signs
from explorer.core.run.records import Change, Epoch, Record, Started, Steps
from explorer.core.run.series import Series
from explorer.core.run.train_config import TrainConfig

NORM_POINTS = limits.MAX_POINTS_DRAWN // 3  # of a layer's gradient, for there are several
UNFINISHED = ("queued", "fetching", "running", "paused")
ENDED_WELL = ("finished", "target", "time", "diverged")  # by itself, as its settings say


@dataclass
class Run:
    """A run and its history, in bounded memory however long it trains.

    Reports arrive on the cluster's thread, pages read on theirs: both take ``changed``, which is notified at every
    change. ``owner`` is the learner who may steer it; any learner who knows ``id`` may watch.

    ``state`` is one of UNFINISHED, or how it ended: "finished"; "stopped" by the learner; "target", "time" by the stop
    rules; "diverged"; "idle" (no page showed it), "timeout" (the server's limit); "interrupted" (the server went down);
    "cancelled" before the first step; "failed". What ended with a saved state, "finished" aside, can be resumed.
    ``fetched`` is (bytes so far, bytes in all) of a download; ``deaths`` counts the workers that died under it.
    ``probe`` is what ten digits look like to the network now: the bytes of probe.safetensors. ``name`` is what its
    learner calls it.
    """

    id: str
    config: TrainConfig
    owner: str = ""
    state: str = "queued"
    started: Started | None = None
    step: int = 0
    losses: Series = field(default_factory=Series)
    accuracies: Series = field(default_factory=Series)
    clock: Series = field(default_factory=Series)  # seconds of training at the steps reported
    grad_norms: dict[str, Series] = field(default_factory=dict[str, Series])
    epochs: list[Epoch] = field(default_factory=list[Epoch])
    latest: Steps | None = None
    fetched: tuple[int, int] = (0, 0)
    notices: list[Sentence] = field(default_factory=list[Sentence])
    error: Sentence | None = None
    folder: Path | None = None
    probe: bytes | None = None
    resumable: bool = False
    deaths: int = 0
    name: str = ""
    lacks_data: bool = False  # it ended because its data set could not be read or fetched
    signs: Signs = field(default_factory=Signs)  # of whether it learns
    changed: threading.Condition = field(default_factory=threading.Condition)

    @property
    def unfinished(self) -> bool:
        """Whether the run waits, fetches, trains or pauses."""
        return self.state in UNFINISHED

    @property
    def accuracy(self) -> float | None:
        """Of the test images at the last test, 0..1; None before the first, and where the outputs are no numbers."""
        last = self.epochs[-1].test_accuracy if self.epochs else math.nan
        return None if self.state == "diverged" or math.isnan(last) else last

    @property
    def seconds(self) -> float:
        """Of training so far, without evaluations and pauses."""
        return self.latest.seconds if self.latest else 0.0

    def seconds_left(self) -> float | None:
        """Training time to the last step at the rate so far; None before there is a rate."""
        if not self.started or not self.step:
            return None
        return self.seconds / self.step * (self.started.total_steps - self.step)

    def show(self, **values: object) -> None:
        """Sets attributes, and wakes the threads that wait for a change."""
        with self.changed:
            for name, value in values.items():
                setattr(self, name, value)
            self.changed.notify_all()

    def add_record(self, record: Record) -> None:
        """Adds one record of the worker, or of metrics.jsonl."""
        with self.changed:
            self.signs.add_record(record)
            match record:
                case Started():
                    self.started = record
                    self.state = "running" if self.unfinished else self.state
                case Steps():
                    self._add_steps(record)
                case Epoch():
                    self.epochs.append(record)
                case Change():
                    self._add_change(record)
            self.changed.notify_all()

    def forget(self) -> None:
        """Empties the history: what is on disk up to the last saved state is about to be taken anew."""
        with self.changed:
            self.step, self.latest, self.epochs = 0, None, []
            self.losses, self.accuracies, self.clock, self.grad_norms = Series(), Series(), Series(), {}
            self.signs = Signs()

    def _add_change(self, change: Change) -> None:
        """In front of those that wait for their step, as the worker has it; a repeated run has it in its settings."""
        changes = self.config.changes
        if change in changes:
            return
        place = next((place for place, other in enumerate(changes) if other.step > change.step), len(changes))
        self.config = replace(self.config, changes=(*changes[:place], change, *changes[place:]))

    def _add_steps(self, steps: Steps) -> None:
        self.losses.extend(steps.losses)
        self.accuracies.extend(steps.accuracies)
        self.clock.extend([steps.seconds], steps.step)
        for layer, norm in steps.grad_norms.items():
            norms = self.grad_norms.setdefault(layer, Series(NORM_POINTS))
            norms.extend([math.nan if norm is None else norm], steps.step)  # a file has null for what is no number
        self.step, self.latest = steps.step, steps
