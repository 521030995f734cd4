"""One run's folder while it trains: what is saved of it, and when."""

import shutil
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from explorer.core.errors import DataError
from explorer.core.run.records import Record, Started
from explorer.exchange.run_folder import (
    PREDICTIONS,
    PROBE,
    STATE,
    WEIGHTS,
    append,
    cut,
    describe,
    new_folder,
    read_records,
    remove_parts,
    write,
)
from explorer.exchange.snapshots import PREDICTED, SNAPSHOTS, keep_snapshot
from explorer.runs.run import Run

FLUSH_SECONDS = 1.0  # between two writes of records where no state is saved
ALL = 10**9  # folders: which of them go is decided elsewhere, where it is known which are in use


class RunWriter:
    """Writes ``run``'s folder in ``root``: records first, then the state that contains them.

    So all records up to a saved state are on disk, and a resume cuts off what came later. Every method may raise
    DataError, where the disk refuses.
    """

    def __init__(self, run: Run, root: Path) -> None:
        self._run, self._root = run, root
        self._planned = run.config.changes
        self._records: list[Record] = []
        self._flushed = time.monotonic()
        self.named = run.name  # what its folder calls it

    def start(self, started: Started) -> None:
        """The run begins, or goes on from ``started.step``: what was reported of later steps is forgotten."""
        run = self._run
        if run.folder is None or not run.folder.is_dir():
            run.folder = new_folder(self._root, run.config, ALL)
            run.forget()  # where somebody has removed the folder
            run.add_record(started)
        else:
            self._go_back(run.folder, started)
        self._records = [started]
        self._flush()
        write(run.folder, self._describe("running"), {})

    def announce(self) -> None:
        """The run is to go on: a server that is killed before a worker has it leaves it to the next one."""
        run = self._run
        if run.started and run.folder and run.folder.is_dir():
            write(run.folder, self._describe("running"), {})

    def add(self, record: Record) -> None:
        """A record, which is on disk within a second or two."""
        self._records.append(record)

    def save(self, epoch: int | None, state: bytes, weights: bytes, predictions: bytes | None) -> None:
        """What a resume goes on from, and new predictions; with ``epoch``, a snapshot of these and the weights too."""
        run = self._run
        if run.folder is None:
            return  # paused before it began
        self._flush()
        files = {WEIGHTS: weights, STATE: state, PROBE: run.probe, PREDICTIONS: predictions}
        write(run.folder, self._describe("running"), {name: file for name, file in files.items() if file})
        if epoch is not None:
            keep_snapshot(run.folder, epoch, weights, predictions)
        run.resumable = True

    def flush(self) -> None:
        """Writes what has waited for long enough, and the run's name where it is another now."""
        if self._records and time.monotonic() - self._flushed > FLUSH_SECONDS:
            self._flush()
        if self.named != self._run.name and self._run.folder is not None:
            write(self._run.folder, self._describe("running"), {})

    def end(self, state: str) -> None:
        """The last words; a run without a step leaves no folder."""
        run = self._run
        if run.folder is None:
            return
        if not run.step:
            shutil.rmtree(run.folder, ignore_errors=True)
            run.folder = None
            return
        self._flush()
        write(run.folder, self._describe(state), {PROBE: run.probe} if run.probe else {})

    def state(self) -> bytes:
        """The last saved state; empty where there is none."""
        if self._run.folder is None or not self.has_state():
            return b""
        path = self._run.folder / STATE
        try:
            return path.read_bytes()
        except OSError as error:
            raise DataError("{file} cannot be read: {reason}.", file=str(path), reason=str(error)) from error

    def has_state(self) -> bool:
        """Whether there is one."""
        return self._run.folder is not None and (self._run.folder / STATE).is_file()

    def _flush(self) -> None:
        if self._records and self._run.folder:
            append(self._run.folder, self._records)
        self._records, self._flushed = [], time.monotonic()

    def _go_back(self, folder: Path, started: Started) -> None:
        """The history is that on disk up to the step that the run goes on from, and ``started``; no change after it."""
        run = self._run
        for place in (folder, folder / SNAPSHOTS, folder / PREDICTED):
            remove_parts(place)
        cut(folder, started.step, started.evaluated)
        with run.changed:  # once: what is read again says "running" as well, at a step that is long past
            run.forget()
            kept = [change for change in run.config.changes if change.step <= started.step or change in self._planned]
            run.config = replace(run.config, changes=tuple(kept))
            for record in (*read_records(folder), started):
                run.add_record(record)

    def _describe(self, state: str) -> dict[str, Any]:
        run = self._run
        assert run.started is not None  # before that it has no folder
        self.named = run.name
        return describe(
            run.config,
            run.started,
            run.epochs,
            run.step,
            state,
            id=run.id,
            owner=run.owner,
            name=run.name,
            deaths=run.deaths,
            seconds=run.seconds,
            images_per_second=run.latest.images_per_second if run.latest else 0.0,
            error=run.error and run.error.as_list(),
        )
