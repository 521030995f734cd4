"""Which runs this server has, and which others have: a file a run in UNFINISHED, and its lock.

What is written there is for other servers: those that live show the run, and whoever finds it without its server takes
it up. The lock says whether that lives, and sees to it that never two have one run.
"""

import json
import logging
import os
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from explorer.core.errors import DataError
from explorer.exchange.json_text import json_text
from explorer.exchange.run_folder import explaining_the_disk, remove_parts, replace_file
from explorer.exchange.run_lock import RUN_ID, UNFINISHED, RunLock
from explorer.runs.unfinished import Unfinished

LOG = logging.getLogger(__name__)
LOOK_SECONDS = 1.0  # that what others have may be old: a look is a listing, and each file that is another one now
Stamp = tuple[int, int]


class RunClaims:
    """Of the runs in ``root``. What the disk refuses is told in the log: no run is worse off while its server lives."""

    def __init__(self, root: Path) -> None:
        self._root, self._folder = root, root / UNFINISHED
        self._lock = threading.Lock()
        self._locks: dict[str, RunLock | None] = {}  # of this server's runs; None: the disk refused one
        self._kept: dict[str, Unfinished] = {}  # what is written of them
        self._read: dict[str, tuple[Stamp, Unfinished | None]] = {}  # None: it cannot be read
        self._looked_at = -LOOK_SECONDS
        self._closing = False

    def claim(self, run_id: str, *, certainly: bool = False) -> bool:
        """Whether the run is this server's from now on, until it is released.

        Where the disk refuses a lock it is, unless ``certainly`` asks for one: another server may have the run.
        """
        if not RUN_ID.fullmatch(run_id):
            return False  # somebody has written it into a file
        lock = RunLock(self._root, run_id)
        try:
            if not lock.take():
                return False
        except OSError as error:
            LOG.warning("no other server will know who has a run: %s", error)
            if certainly:
                return False
            lock = None
        with self._lock:
            self._locks[run_id] = lock
        return True

    def keep(self, runs: Iterable[Unfinished]) -> None:
        """These, all claimed: what has changed of them is written, whole or not at all; 2 kB a run."""
        for run in runs:
            if self._closing or self._kept.get(run.id) == run:
                continue
            self._kept[run.id] = run
            try:
                with explaining_the_disk(self._root):
                    self._folder.mkdir(parents=True, exist_ok=True)
                    replace_file(self._file(run.id), json_text(run.as_dict(), indent=1).encode())
            except DataError as error:
                LOG.warning("no other server will know how a run is doing: %s", error)

    def release(self, run_id: str) -> None:
        """The run has ended; or, where this server ends, others may take it up."""
        with self._lock:
            lock = self._locks.pop(run_id, None)
            if not self._closing:
                with suppress(OSError):
                    self._file(run_id).unlink(missing_ok=True)
                self._read.pop(run_id, None)
            self._kept.pop(run_id, None)
        if lock:
            lock.release(over=not self._closing)

    def close(self) -> None:
        """What is kept now stays: how runs end after this, with the server, is no end."""
        self._closing = True

    def others(self) -> dict[str, Unfinished]:
        """What other servers have, or have left, by id; as it was LOOK_SECONDS ago at most."""
        with self._lock:
            if time.monotonic() - self._looked_at >= LOOK_SECONDS:
                self._look()
            return {run_id: run for run_id, (_, run) in self._read.items() if run and run_id not in self._kept}

    def ids(self) -> set[str]:
        """Of all runs that wait or are under way, on this server or another."""
        return {*self.others(), *list(self._kept)}

    def claim_left(self, most: int) -> list[Unfinished]:
        """Those whose server is no more: now they are this one's, ``most`` at a time, in the order of their queueing.

        What cannot be read is removed.
        """
        with self._lock:
            self._look()
            found = [(run.queued_at if run else 0.0, one) for one, (_, run) in self._read.items()]
        left: list[Unfinished] = []
        for _, run_id in sorted(found):
            if len(left) >= most:
                break
            if run_id not in self._locks and self.claim(run_id, certainly=True):
                if run := _read(self._file(run_id)):  # again: it may have ended just now
                    remove_parts(self._folder, self._file(run_id).name)
                    left.append(run)
                else:
                    self.release(run_id)
        return left

    def _look(self) -> None:
        self._looked_at, before, self._read = time.monotonic(), self._read, {}
        for file in sorted(self._folder.glob("*.json")):
            with suppress(OSError):  # it has just gone
                status = os.stat(file)
                stamp = (status.st_mtime_ns, status.st_ino)
                known = before.get(file.stem)
                self._read[file.stem] = known if known and known[0] == stamp else (stamp, _read(file))

    def _file(self, run_id: str) -> Path:
        return self._folder / f"{run_id}.json"


def _read(file: Path) -> Unfinished | None:
    try:
        return Unfinished.from_dict(json.loads(file.read_text("utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        LOG.warning("a run that was under way cannot be read: %s: %s", type(error).__name__, error)
        return None
