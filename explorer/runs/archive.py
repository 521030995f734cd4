"""The runs that no worker has: those that ended here, and those found again on disk when the server was restarted."""

import os
import shutil
import threading
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from explorer.core import limits
from explorer.core.errors import ExplainedError, Sentence
from explorer.core.run.given_name import tidy_name
from explorer.core.run.records import Epoch, Started, Steps, from_message
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.run_folder import METRICS, NAME, PROBE, STATE, prune, read_records, read_run, write
from explorer.runs.described import require_described
from explorer.runs.expiry import kept_since
from explorer.runs.run import UNFINISHED, Run


class RunArchive:
    """An index by id, made once; as many as ``limits.MAX_RUNS_KEPT`` are in memory with their curves.

    The others have their settings and figures only, until they are opened.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._index: dict[str, Run] | None = None
        self._whole: OrderedDict[str, Run] = OrderedDict()  # the one opened last at the end
        self._bytes: dict[str, int] = {}

    def find(self, run_id: str) -> Run | None:
        """The run of that id with its curves. The first call reads every run.json: some 0.1 s for 200 runs."""
        with self._lock:
            run = self._runs().get(run_id)
            if run is None:
                return None
            opened = run_id in self._whole
            self._remember(run)
        if not opened:
            _open(run)
        return run

    def runs_of(self, owner: str) -> list[Run]:
        """The learner's runs, the oldest first, perhaps without their curves."""
        with self._lock:
            mine = [run for run in self._runs().values() if run.owner == owner]
        return sorted(mine, key=lambda run: run.folder.name if run.folder else "")

    def add(self, run: Run) -> None:
        """A run that has ended."""
        with self._lock:
            self._runs()[run.id] = run
            self._bytes.pop(run.id, None)
            self._remember(run)

    def withdraw(self, run: Run) -> None:
        """A run that is resumed: it is the scheduler's again, and its folder stays."""
        with self._lock:
            self._runs().pop(run.id, None)
            self._whole.pop(run.id, None)

    def rename(self, run: Run) -> bool:
        """Writes the name into the run's folder; whether it is here. Raises DataError."""
        with self._lock:
            if run.id not in self._runs():
                return False
            if run.folder and run.folder.is_dir():
                write(run.folder, read_run(run.folder) | {"name": run.name}, {})
        return True

    def remove(self, run: Run) -> bool:
        """The run goes, its folder too; whether it was here."""
        with self._lock:
            known = self._runs().get(run.id)
            if known:
                self._forget(known)
                discard(known)
        return known is not None

    def tidy(self, owner: str, unfinished: Iterable[Run]) -> None:
        """The oldest ended runs go: this learner's beyond MAX_LEARNER_BYTES, the server's beyond MAX_CHECKPOINTS.

        And all that began more than EXPIRE_DAYS ago.
        """
        in_use = {run.folder: run.owner for run in unfinished if run.folder}
        with self._lock:
            mine = [(run.folder.name, run) for run in self._runs().values() if run.owner == owner and run.folder]
            size = sum(self._size(run) for _, run in mine)
            size += sum(_bytes_of(path) for path, whose in in_use.items() if whose == owner)
            for _, run in sorted(mine, key=lambda named: named[0]):
                if size <= limits.MAX_LEARNER_BYTES:
                    break
                size -= self._size(run)
                discard(run)
            if self._root.is_dir():
                prune(self._root, limits.MAX_CHECKPOINTS, in_use, kept_since())
            for run in list(self._runs().values()):
                if run.folder and not run.folder.is_dir():
                    self._forget(run)

    def _runs(self) -> dict[str, Run]:
        if self._index is None:
            folders = sorted(self._root.iterdir()) if self._root.is_dir() else []
            found = [_read(folder) for folder in folders if NAME.fullmatch(folder.name)]
            self._index = {run.id: run for run in found if run}
        return self._index

    def _remember(self, run: Run) -> None:
        """``run`` is opened last; the one opened first loses its curves, or is forgotten where it is not on disk."""
        self._whole[run.id] = run
        self._whole.move_to_end(run.id)
        while len(self._whole) > limits.MAX_RUNS_KEPT:
            _, first = self._whole.popitem(last=False)
            again = first.folder and _read(first.folder)
            if again:
                self._runs()[first.id] = again  # pages that still show the other one keep it
            else:
                self._runs().pop(first.id, None)

    def _forget(self, run: Run) -> None:
        self._runs().pop(run.id, None)
        self._whole.pop(run.id, None)
        self._bytes.pop(run.id, None)

    def _size(self, run: Run) -> int:
        if run.id not in self._bytes:
            self._bytes[run.id] = _bytes_of(run.folder) if run.folder else 0
        return self._bytes[run.id]


def discard(run: Run) -> None:
    """Removes the folder of a run that is not written any more."""
    if run.folder:
        shutil.rmtree(run.folder, ignore_errors=True)


def _read(folder: Path) -> Run | None:
    """The run of that folder without its curves; None for a command line's, which no learner owns, or a broken one."""
    try:
        values = read_run(folder)
        if "id" not in values:
            return None
        require_described(values)
        return _run(folder, values)
    except (ExplainedError, KeyError, TypeError, ValueError, AttributeError):
        return None


def _run(folder: Path, values: dict[str, Any]) -> Run:
    state, error = values["state"], values.get("error")
    records = [from_message("epoch", epoch) for epoch in values["epochs"]]
    return Run(
        id=values["id"],
        config=TrainConfig.from_dict(values["settings"]),
        owner=values["owner"],
        state="interrupted" if state in UNFINISHED else state,  # the server that trained it is no more
        started=Started(**values["started"]),
        step=values["step"],
        epochs=[record for record in records if isinstance(record, Epoch)],
        latest=Steps(values["step"], [], values["seconds"], values["images_per_second"]),
        error=Sentence(*error) if error else None,
        folder=folder,
        resumable=state != "finished" and (folder / STATE).is_file(),
        deaths=values["deaths"],
        name=tidy_name(str(values.get("name", ""))),
    )


def _open(run: Run) -> None:
    """Adds its curves: 0.1 s for the lecture's ten epochs."""
    with run.changed:
        if run.unfinished or run.folder is None or not (run.folder / METRICS).is_file():
            return
        run.forget()
        for record in read_records(run.folder):
            run.add_record(record)
        probe = run.folder / PROBE
        run.probe = probe.read_bytes() if probe.is_file() else None


def _bytes_of(folder: Path) -> int:
    size = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):  # it has just been replaced
                size += os.stat(os.path.join(place, name)).st_size
    return size
