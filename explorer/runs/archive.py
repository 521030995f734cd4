"""The runs that no worker has: those that ended here, and those found on disk, where other servers write too."""

import shutil
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from explorer.core import limits
from explorer.core.errors import DataError
from explorer.exchange.run_folder import NAME, prune, read_run, write
from explorer.exchange.run_lock import holding, remove_run
from explorer.runs.expiry import kept_since
from explorer.runs.run import Run
from explorer.runs.saved_run import Stamp, bytes_of, open_curves, read_saved, stamp_of

LOOK_SECONDS = 1.0  # between two looks for new folders where a learner's list is asked for


class RunArchive:
    """An index by id, read once and again where its files have changed, perhaps with runs that are under way.

    As many as ``limits.MAX_RUNS_KEPT`` are in memory with their curves. The others have their settings and figures
    only, until they are opened.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._index: dict[str, Run] = {}
        self._stamps: dict[str, Stamp | None] = {}  # of what the index has, by id
        self._no_runs: dict[str, Stamp | None] = {}  # folders that are none of a learner's, as they were looked at
        self._looked_at = -LOOK_SECONDS
        self._whole: OrderedDict[str, Run] = OrderedDict()  # the one opened last at the end
        self._bytes: dict[str, int] = {}

    def find(self, run_id: str) -> Run | None:
        """The run of that id with its curves. The first call reads every run.json: some 0.1 s for 200 runs."""
        with self._lock:
            run = self._known(run_id)
            if run is None:
                return None
            opened = run_id in self._whole
            self._remember(run)
        if not opened:
            open_curves(run)
        return run

    def runs_of(self, owner: str) -> list[Run]:
        """The learner's runs, the oldest first, perhaps without their curves."""
        with self._lock:
            if time.monotonic() - self._looked_at >= LOOK_SECONDS:
                self._look()
            mine = [run for run in self._index.values() if run.owner == owner]
            mine = [run for run in map(self._as_on_disk, mine) if run]
        return sorted(mine, key=lambda run: run.folder.name if run.folder else "")

    def add(self, run: Run) -> None:
        """A run that has ended."""
        with self._lock:
            self._put(run)
            self._remember(run)

    def withdraw(self, run: Run) -> None:
        """A run that is resumed: it is the scheduler's again, and its folder stays."""
        with self._lock:
            self._forget(run)

    def rename(self, run: Run) -> bool:
        """Writes the name into the run's folder; False where another server writes there, or it is not here.

        Raises DataError.
        """
        with self._lock, holding(self._root, run.id) as ours:
            if not ours or not self._known(run.id):
                return False
            if run.folder and run.folder.is_dir():
                write(run.folder, read_run(run.folder) | {"name": run.name}, {})
                self._stamps[run.id] = stamp_of(run.folder)
        return True

    def keep_name(self, run: Run, written: str) -> None:
        """Writes the run's name where it came after its last words, ``written``, when nobody else might write it."""
        if run.name != written:
            with suppress(DataError):  # the run has ended all the same
                self.rename(run)

    def remove(self, run: Run) -> bool:
        """The run goes, its folder too; False where it is under way, or not here."""
        with self._lock:
            known = self._known(run.id)
            if known is None or (known.folder and not remove_run(known.folder, known.id)):
                return False
            self._forget(known)
        return True

    def tidy(self, owner: str, unfinished: Iterable[Run]) -> None:
        """The oldest ended runs go: this learner's beyond MAX_LEARNER_BYTES, the server's beyond MAX_CHECKPOINTS.

        And all that began more than EXPIRE_DAYS ago. None that is under way, here (``unfinished``) or elsewhere.
        """
        in_use = {run.folder: run.owner for run in unfinished if run.folder}
        with self._lock:
            self._look()
            mine = [run for run in self._index.values() if run.owner == owner and run.folder not in in_use]
            mine = [(run.folder, run) for run in mine if run.folder]
            size = sum(self._size(run) for _, run in mine)
            size += sum(bytes_of(path) for path, whose in in_use.items() if whose == owner)
            for folder, run in sorted(mine, key=lambda named: named[0].name):
                if size <= limits.MAX_LEARNER_BYTES:
                    break
                if remove_run(folder, run.id):
                    size -= self._size(run)
            if self._root.is_dir():
                prune(self._root, limits.MAX_CHECKPOINTS, in_use, kept_since())
            for run in list(self._index.values()):
                if run.folder and not run.folder.is_dir():
                    self._forget(run)

    def _known(self, run_id: str) -> Run | None:
        if run_id not in self._index:
            self._look()
        run = self._index.get(run_id)
        return run and self._as_on_disk(run)

    def _look(self) -> None:
        """Reads the folders that have come since the last look."""
        self._looked_at = time.monotonic()
        known = {run.folder.name for run in self._index.values() if run.folder}
        for folder in sorted(self._root.iterdir()) if self._root.is_dir() else ():
            if folder.name in known or not NAME.fullmatch(folder.name):
                continue
            stamp = stamp_of(folder)
            if folder.name in self._no_runs and self._no_runs[folder.name] == stamp:
                continue
            run = read_saved(folder)
            if run and run.id not in self._index:
                self._put(run)
            else:  # perhaps it has only just been made
                self._no_runs[folder.name] = stamp

    def _as_on_disk(self, run: Run) -> Run | None:
        """The run, read again where another server has written or removed it since."""
        if run.folder is None or (stamp := stamp_of(run.folder)) == self._stamps.get(run.id):
            return run
        self._forget(run)
        again = read_saved(run.folder) if stamp else None
        if again:
            self._put(again)
        return again

    def _put(self, run: Run) -> None:
        self._index[run.id] = run
        self._stamps[run.id] = stamp_of(run.folder) if run.folder else None
        self._bytes.pop(run.id, None)

    def _remember(self, run: Run) -> None:
        """``run`` is opened last; the one opened first loses its curves, or is forgotten where it is not on disk."""
        self._whole[run.id] = run
        self._whole.move_to_end(run.id)
        while len(self._whole) > limits.MAX_RUNS_KEPT:
            _, first = self._whole.popitem(last=False)
            again = first.folder and read_saved(first.folder)
            if again:
                self._put(again)  # pages that still show the other one keep it
            else:
                self._forget(first)

    def _forget(self, run: Run) -> None:
        for known in (self._index, self._stamps, self._whole, self._bytes):
            known.pop(run.id, None)

    def _size(self, run: Run) -> int:
        if run.id not in self._bytes:
            self._bytes[run.id] = bytes_of(run.folder) if run.folder else 0
        return self._bytes[run.id]


def discard(run: Run) -> None:
    """Removes the folder of a run that is not written any more."""
    if run.folder:
        shutil.rmtree(run.folder, ignore_errors=True)
