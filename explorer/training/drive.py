"""A training from its first record to its end: steered, reported, saved as it goes. The app and the command line share
this; they differ in who steers, and in where reports go.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from explorer.core.run.records import Epoch, Record, Started, Steps
from explorer.training.checkpoint import weights_bytes
from explorer.training.loop import Training
from explorer.training.probe import Probe
from explorer.training.state import pack
from explorer.training.steering import Steering

SAVE_SECONDS = 1.0  # between two saved states: what a kill costs at most
SAVE_SHARE = 0.02  # of the time, where a state is so large that saving every second would cost more
PROBE_SECONDS = 0.5  # between two measurements of the ten digits: 2 ms each
PAUSE_SECONDS = 1.0  # between two questions whether a paused run has ended


@dataclass(frozen=True)
class Saved:
    """A training at ``step``. ``state`` is all that a resume needs, ``weights`` the parameters alone: safetensors.

    ``epoch`` is set where so many whole passes have just been trained and evaluated, or where there was none yet: the
    weights are a snapshot. ``predictions`` are those of the last evaluation, None where they have been saved before:
    safetensors too.
    """

    step: int
    epoch: int | None
    state: bytes
    weights: bytes
    predictions: bytes | None


class Sink(Protocol):
    """Where a training's reports go: the worker's queue, or the command line's folder and terminal."""

    def record(self, record: Record) -> None:
        """What has been trained or evaluated."""

    def state(self, name: str) -> None:
        """ "paused" or "running"."""

    def save(self, saved: Saved) -> None:
        """To be kept in the place of what was saved before; the records so far have been reported."""

    def probe(self, probe: bytes) -> None:
        """What ten digits look like to the network: see ``explorer.training.probe``."""


class _Saver:
    """Saves a training at its beginning, now and then, and in any case after each pass."""

    def __init__(self, training: Training, sink: Sink, clock: Callable[[], float]) -> None:
        self._training, self._sink, self._clock = training, sink, clock
        self._due_at, self._saved_place = clock() + SAVE_SECONDS, (-1, -1, -1)
        self._evaluated = -1  # the step of the predictions saved last

    def after(self, record: Record) -> None:
        """Between two records; not where an evaluation is due, whose record would then be there twice after a kill."""
        if isinstance(record, Started):  # a kill in the first second: it goes on from the beginning
            self.save(0 if record.step == 0 else None)
        whole = record.epoch if isinstance(record, Epoch) and record.epoch == int(record.epoch) else None
        if whole is not None or (self._clock() >= self._due_at and not self._training.evaluation_due):
            self.save(whole)

    def save(self, epoch: int | None = None) -> None:
        """Now, unless nothing has changed since, or the last step left weights that are no numbers."""
        place = (self._training.step, self._training.progress.evaluated, len(self._training.config.changes))
        tensors = self._training.network.state_dict().values()
        if place == self._saved_place or not all(tensor.isfinite().all() for tensor in tensors):
            return
        began, self._saved_place = self._clock(), place
        state, weights = pack(self._training), weights_bytes(self._training.network)
        self._sink.save(Saved(self._training.step, epoch, state, weights, self._new_predictions()))
        now = self._clock()
        self._due_at = now + max(SAVE_SECONDS, (now - began) / SAVE_SHARE)

    def _new_predictions(self) -> bytes | None:
        training, evaluated = self._training, self._training.progress.evaluated
        if training.predictions is None or evaluated == self._evaluated:
            return None
        self._evaluated = evaluated
        return training.predictions.as_bytes(evaluated)


def drive(training: Training, steering: Steering, sink: Sink, clock: Callable[[], float] = time.monotonic) -> str:
    """Trains until an end and returns which: "finished", "target", "time", "diverged", "stopped", "idle", "timeout".

    What was trained is saved whichever it is, but for a loss that is no number: the last good state stays then.
    """
    saver, probe, records = _Saver(training, sink, clock), Probe(training), training.records()
    probed_at, training.hurry = -PROBE_SECONDS, lambda: steering.has_command

    def train_to_next_record() -> bool:
        """To the next record, if there is one."""
        try:
            record = next(records)
        except StopIteration:
            return False
        if record is not None:
            sink.record(record)
            if training.ended != "diverged":
                saver.after(record)
            _count_trained(steering, record)
        return True

    while True:
        _apply_commands(training, steering, sink, saver, train_to_next_record)
        if ended := steering.reason_to_end(training.step):
            break
        training.most_steps = steering.steps_allowed(training.step)
        if not train_to_next_record():
            ended = training.ended
            break
        if steering.watched and (clock() - probed_at >= PROBE_SECONDS or steering.paused):
            probed_at = clock()
            sink.probe(probe.measure())
    if training.ended != "diverged":
        saver.save()
    sink.probe(probe.measure())
    return ended


def _apply_commands(
    training: Training, steering: Steering, sink: Sink, saver: _Saver, train_to_next_record: Callable[[], bool]
) -> None:
    """Makes the changes asked for; returns at once, or when the run goes on or ends.

    What is no step, an evaluation above all, goes on while the run is paused: the next step need not wait for it.
    """
    paused = False
    while True:
        for change in steering.collect_changes():
            sink.record(training.change(**change))
            saver.save()
        if not steering.paused or steering.reason_to_end(training.step) or training.ended:
            break
        if not paused:
            paused = True
            saver.save()
            sink.state("paused")
        if training.would_learn:
            steering.wait_for_command(PAUSE_SECONDS)
        else:
            train_to_next_record()
    if paused and not (steering.reason_to_end(training.step) or training.ended):
        sink.state("running")


def _count_trained(steering: Steering, record: Record) -> None:
    if isinstance(record, Steps):
        steering.count_trained(len(record.losses), 0)
    if isinstance(record, Epoch) and record.epoch == int(record.epoch):
        steering.count_trained(0, 1)
