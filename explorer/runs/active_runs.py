"""The book of the runs that wait or are under way: in memory, and as a list on disk for the server after this one."""

import threading
from pathlib import Path

from explorer.core.events import short_id, tell
from explorer.runs.active_run import ActiveRun
from explorer.runs.archive import RunArchive
from explorer.runs.queue_order import QueueOrder
from explorer.runs.run import Run
from explorer.runs.unfinished import UnfinishedRuns


class ActiveRuns:
    """By id, in the order in which they came; ``_lock`` is for whoever writes, and may be held again by its holder."""

    def __init__(self, root: Path, archive: RunArchive) -> None:
        self._root, self._archive = root, archive
        self._lock = threading.RLock()
        self._active: dict[str, ActiveRun] = {}
        self._order, self._unfinished = QueueOrder(), UnfinishedRuns(root)

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

    def _add(self, run: Run) -> ActiveRun:
        """The run waits, behind those that are here."""
        run.show(state="queued", error=None, notices=[])
        mine = [active.round for active in self._active.values() if active.run.owner == run.owner]
        active = ActiveRun(run, self._root, self._order.round_of_next_run(run.owner, mine))
        self._active[run.id] = active
        self._archive.withdraw(run)  # now, and not before: the run is to be found at any moment
        tell("run_queued", run=short_id(run.id), data=run.config.data, step=run.step, unfinished=len(self._active))
        return active

    def _keep_unfinished(self) -> None:
        """Writes the list, in the order in which the runs are to go on, where it is another now."""
        goes_on = [active for active in self._active.values() if not (active.deleted or active.commands.stop)]
        goes_on.sort(key=lambda active: active.round)
        self._unfinished.keep([active.as_unfinished() for active in goes_on])
