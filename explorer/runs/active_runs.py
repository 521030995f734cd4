"""The book of the runs that wait or are under way here: in memory, and on disk for other servers."""

import threading
from contextlib import suppress
from pathlib import Path

from explorer.core import limits
from explorer.core.errors import DataError, SettingError
from explorer.core.events import short_id, tell
from explorer.runs.active_run import ActiveRun
from explorer.runs.archive import RunArchive, discard
from explorer.runs.claims import RunClaims
from explorer.runs.queue_order import QueueOrder, require_room
from explorer.runs.run import Run
from explorer.runs.unfinished import Unfinished


class ActiveRuns:
    """By id, in the order in which they came; ``_lock`` is for whoever writes, and may be held again by its holder."""

    def __init__(self, root: Path, archive: RunArchive, claims: RunClaims) -> None:
        self._root, self._archive, self._claims = root, archive, claims
        self._lock, self._taking_up = threading.RLock(), threading.Lock()
        self._active: dict[str, ActiveRun] = {}
        self._order = QueueOrder()

    def find(self, run_id: str) -> Run | None:
        """The run of that id, if it is here."""
        active = self._active.get(run_id)
        return active.run if active and not active.deleted else None

    def listed(self) -> list[Run]:
        """As ``runs``, without those that their learner deleted."""
        return [active.run for active in list(self._active.values()) if not active.deleted]

    def runs(self) -> list[Run]:
        """All that are unfinished, in the order in which they came."""
        return [active.run for active in list(self._active.values())]

    def waiting(self) -> list[Run]:
        """Those that wait for a worker, the next one first."""
        waiting = [active for active in list(self._active.values()) if active.waiting]
        return [active.run for active in sorted(waiting, key=lambda active: active.round)]

    def _admit(self, run: Run, command: str) -> None:
        """The run is this server's. Raises SettingError where there are too many, or another one has it."""
        elsewhere = sum(other.owner == run.owner for other in self._claims.others().values())
        require_room(self.runs(), run.owner, elsewhere)
        if not self._claims.claim(run.id):
            raise SettingError("This run has just gone on somewhere else. Look at it again in a moment.")
        active = self._add(run)
        active.add_command(command, {})
        with suppress(DataError):  # the disk's refusal ends it when it is to be saved
            active.writer.announce()

    def _add(self, run: Run) -> ActiveRun:
        """The run waits, behind those that are here."""
        if not self._active:  # nobody waits: who had a run before is of no matter, and need not be remembered
            self._order = QueueOrder()
        run.show(state="queued", error=None, notices=[])
        mine = [active.round for active in self._active.values() if active.run.owner == run.owner]
        active = ActiveRun(run, self._root, self._order.round_of_next_run(run.owner, mine))
        self._active[run.id] = active
        self._archive.withdraw(run)  # now, and not before: the run is to be found at any moment
        tell("run_queued", run=short_id(run.id), data=run.config.data, step=run.step, unfinished=len(self._active))
        return active

    def _keep_unfinished(self) -> None:
        """Writes for other servers how the runs are doing, where it is something else now."""
        self._claims.keep([active.as_unfinished() for active in self._active.values()])

    def _remove(self, active: ActiveRun) -> None:
        """The run has ended: it is in the archive, or gone."""
        run = active.run
        discard(run) if active.deleted else self._archive.add(run)
        self._claims.release(run.id)  # before it is found nowhere, and after it has been written
        self._archive.keep_name(run, active.writer.named)
        self._active.pop(run.id, None)

    def _add_left(self) -> None:
        """What servers that are no more left waits here, or is paused, as it was there."""
        with self._taking_up:  # of two threads the second one, too, finds all of it here afterwards
            left = self._claim_left()  # reads files: no page waits for that
            with self._lock:
                for run, unfinished in left:
                    self._add(run).take_up(unfinished)

    def _claim_left(self) -> list[tuple[Run, Unfinished]]:
        """What servers that are no more left unfinished, as many as there is room for: it is this one's now.

        A run that so many servers have had as workers may die under it is left to its learner: perhaps it ends them.
        """
        goes_on: list[tuple[Run, Unfinished]] = []
        for left in self._claims.claim_left(max(0, limits.MAX_RUNS_KEPT - len(self._active))):
            run = self._archive.find(left.id)
            if (run and run.state != "interrupted") or left.over or left.taken_up >= limits.MAX_DEATHS:
                if run and left.over == "deleted":
                    discard(run)
                self._claims.release(left.id)
            else:
                goes_on.append((run or left.as_run(), left))
        return goes_on
