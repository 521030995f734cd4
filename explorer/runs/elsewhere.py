"""The runs that other servers of the same folder have: read as they write them, steered by what is asked of them."""

import threading
import time
from contextlib import suppress
from pathlib import Path

from explorer.core.errors import SettingError, say
from explorer.exchange.record_follower import RecordFollower
from explorer.exchange.run_folder import PROBE, STATE
from explorer.runs.asked import Asked, ask
from explorer.runs.claims import RunClaims
from explorer.runs.run import Run
from explorer.runs.unfinished import Unfinished

READ_SECONDS = 0.9  # between two readings of one run: its server writes once a second
WATCH_SECONDS = 5.0  # between two words to its server that a page shows it
NOTICE = say(
    "Another server trains this run: you see what happens, and it hears what you press, a second or two later."
)


class RunsElsewhere:
    """Safe to use from all pages' threads, one that holds a run's ``changed`` too."""

    def __init__(self, root: Path, claims: RunClaims) -> None:
        self._root, self._claims = root, claims
        self._lock = threading.Lock()
        self._followed: dict[str, _FollowedRun] = {}
        self._deleted: set[str] = set()  # from here; their servers have yet to hear of it

    def find(self, run_id: str) -> Run | None:
        """The run of that id with its curves, if another server has it."""
        left = self._claims.others().get(run_id)
        return self._follow(left).read(left, curves=True) if left and not self._is_deleted(left) else None

    def runs_of(self, owner: str | None) -> list[Run]:
        """The learner's, or all, that other servers have, in the order in which they were queued, without curves."""
        others = sorted(self._claims.others().values(), key=lambda left: left.queued_at)
        mine = [left for left in others if owner in (None, left.owner) and not self._is_deleted(left)]
        return [self._follow(left).read(left, curves=False) for left in mine]

    def ask(self, run_id: str, asked: Asked) -> bool:
        """Tells the run's server, if another one has it; it hears so within a second or two. Raises SettingError."""
        if run_id not in (others := self._claims.others()):
            return False
        ask(self._root, run_id, asked)
        if asked.command == "delete":
            self._deleted = {run_id, *(self._deleted & others.keys())}
        return True

    def report_view(self, run_id: str) -> None:
        """A page shows the run: its server hears so, and does not end it as one without a viewer."""
        followed = self._followed.get(run_id)
        if followed and followed.is_view_report_due():
            with suppress(SettingError):  # it does not look for what is asked just now
                self.ask(run_id, Asked("watch"))

    def _is_deleted(self, left: Unfinished) -> bool:
        return left.over == "deleted" or left.id in self._deleted

    def _follow(self, left: Unfinished) -> "_FollowedRun":
        with self._lock:
            others = self._claims.others()
            for run_id in self._followed.keys() - others.keys():
                del self._followed[run_id]
            if left.id not in self._followed:
                self._followed[left.id] = _FollowedRun(left, self._root)
            return self._followed[left.id]


class _FollowedRun:
    """One of them, and how far it has been read."""

    def __init__(self, left: Unfinished, root: Path) -> None:
        self._run, self._root = left.as_run(), root
        self._records: RecordFollower | None = None
        self._read_at = self._viewed_at = -WATCH_SECONDS

    def read(self, left: Unfinished, *, curves: bool) -> Run:
        """The run as ``left`` says that it is, with the records that have come."""
        run = self._run
        # Another page draws it, or reads it just now; who waited for it while it holds another run's would never end.
        if not run.changed.acquire(blocking=False):
            return run
        try:
            if curves and time.monotonic() - self._read_at > READ_SECONDS:
                self._read_at = time.monotonic()
                self._read_folder(left)
            run.show(state=left.state, name=left.name, config=left.config, notices=[NOTICE])
        finally:
            run.changed.release()
        return run

    def is_view_report_due(self) -> bool:
        """A page shows the run; whether its server is to hear of that now."""
        if time.monotonic() - self._viewed_at < WATCH_SECONDS:
            return False
        self._viewed_at = time.monotonic()
        return True

    def _read_folder(self, left: Unfinished) -> None:
        run, folder = self._run, self._root / left.folder
        if not left.folder:
            return
        if self._records is None or run.folder != folder:
            self._records = RecordFollower(folder)
        anew, records = self._records.read()
        if anew:
            run.forget()
        for record in records:
            run.add_record(record)
        probe = run.probe
        with suppress(OSError):  # there is none yet
            probe = (folder / PROBE).read_bytes()
        run.show(folder=folder, probe=probe, resumable=(folder / STATE).is_file())
