"""A run that is kept on disk by the process that trains it: the command line's."""

from collections.abc import Callable
from pathlib import Path

from explorer.core.run.learning_trouble import Signs
from explorer.core.run.records import Epoch, Record, Started
from explorer.exchange.run_folder import PREDICTIONS, STATE, WEIGHTS, append, cut, describe, write
from explorer.exchange.snapshots import keep_snapshot
from explorer.training.drive import Saved
from explorer.training.loop import Training


class FolderSink:
    """Writes ``training``'s reports into ``folder`` and shows each record; ``past`` are those that are there already.

    ``signs`` tell whether it learns. Its methods raise DataError where the disk refuses.
    """

    def __init__(self, folder: Path, training: Training, past: list[Record], show: Callable[[Record], None]) -> None:
        self.folder, self.training, self.show = folder, training, show
        step, evaluated = training.step, training.progress.evaluated
        kept = [record for record in past if record.step <= (evaluated if isinstance(record, Epoch) else step)]
        self.epochs = [record for record in kept if isinstance(record, Epoch)]
        self.signs = Signs()
        for record in kept:
            self.signs.add_record(record)

    def record(self, record: Record) -> None:
        """A line of metrics.jsonl."""
        if isinstance(record, Started):
            cut(self.folder, record.step, record.evaluated)
            self.describe("running")
        if isinstance(record, Epoch):
            self.epochs.append(record)
        self.signs.add_record(record)
        append(self.folder, [record])
        self.show(record)

    def state(self, name: str) -> None:
        """Not kept: a command line's run is never paused."""

    def save(self, saved: Saved) -> None:
        """The weights, the state, new predictions, and after a pass a snapshot."""
        if saved.epoch is not None:
            keep_snapshot(self.folder, saved.epoch, saved.weights, saved.predictions)
        new = {} if saved.predictions is None else {PREDICTIONS: saved.predictions}
        self.describe("running", **{WEIGHTS: saved.weights, STATE: saved.state}, **new)

    def probe(self, probe: bytes) -> None:
        """Not kept: no page shows a command line's run."""

    def describe(self, state: str, **files: bytes) -> None:
        """run.json as it is now, behind ``files``."""
        training = self.training
        write(self.folder, describe(training.config, training.started(), self.epochs, training.step, state), files)
