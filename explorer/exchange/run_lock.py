"""Who writes a run, where several servers share a folder of runs: who holds its lock, until it has ended.

A run that waits or is under way has two files in ``UNFINISHED``: what another server needs to take it up (.json, see
``explorer.runs.claims``), and this lock. It is the operating system's: who is killed holds none any more. To remove a
run is to write it, too.
"""

import errno
import logging
import re
import shutil
from collections.abc import Generator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from filelock import FileLock, Timeout

LOG = logging.getLogger(__name__)
UNFINISHED = "unfinished"  # the folder beside the runs' folders
RUN_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")  # an id may come from a file that somebody has written
_KNOWS_NO_LOCKS = (errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK)


class RunLock:
    """The lock of one run in ``root``. Any thread may release it."""

    def __init__(self, root: Path, run_id: str) -> None:
        self._path = root / UNFINISHED / f"{run_id}.lock"
        # A lock that is but a file would outlive a server that is killed.
        self._lock = FileLock(self._path, timeout=0, thread_local=False, fallback_to_soft=False)

    def take(self) -> bool:
        """Whether it is ours now; at once. Raises OSError where the disk refuses.

        A file system that knows no locks is one server's alone: its runs are not worse off, and the log says so.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire()
        except Timeout:
            return False
        except OSError as error:
            if error.errno not in _KNOWS_NO_LOCKS:
                raise
            LOG.warning("%s is on a file system without locks: one server may use it, no more", self._path.parent)
        return True

    def release(self, *, over: bool) -> None:
        """Others may have the run; ``over``: it has ended, and needs no lock any more."""
        if over:
            with suppress(OSError):  # Windows removes no open file, but does so when it is released
                self._path.unlink(missing_ok=True)  # who waits for this very file sees that it is gone
        self._lock.release()


@contextmanager
def holding(root: Path, run_id: str) -> Generator[bool]:
    """Whether the run in ``root`` is ours to write within it; else it waits or is under way, here or elsewhere."""
    lock = RunLock(root, run_id) if RUN_ID.fullmatch(run_id) else None
    try:
        taken = lock is not None and lock.take()
    except OSError as error:  # no room for a lock, perhaps; removing a run makes some
        LOG.warning("%s has no lock for a run: %s", root, error)
        lock, taken = None, True
    # Listed but without a lock: its server was killed, and another one is about to take it up.
    listed = (root / UNFINISHED / f"{run_id}.json").exists()
    try:
        yield taken and not listed
    finally:
        if lock and taken:
            lock.release(over=not listed)


def remove_run(folder: Path, run_id: str | None) -> bool:
    """Removes a run's folder; False, and nothing is removed, where the run waits or is under way on any server.

    A command line's run has no id, and no lock.
    """
    with holding(folder.parent, run_id) if run_id is not None else nullcontext(True) as ours:
        if ours:
            shutil.rmtree(folder, ignore_errors=True)  # another process may remove it at the same time
    return ours
