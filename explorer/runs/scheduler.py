"""The runs that wait or are under way: who is next, what workers report of them, how they end."""

import logging
import secrets
import threading
from pathlib import Path
from typing import Any

from explorer.core import limits
from explorer.core.errors import DataError, ExplainedError, Sentence, say
from explorer.runs.active_run import ActiveRun
from explorer.runs.archive import RunArchive, discard
from explorer.runs.cluster import Cluster
from explorer.runs.queue_order import QueueOrder, require_room
from explorer.runs.run import Run

LOG = logging.getLogger(__name__)
WATCH_SECONDS = 5.0  # how often a page that looks says so
NO = {"go": False, "commands": [], "number": 0}  # the answer to a worker whose run wants it no more


class RunScheduler:
    """Hands Dask as many runs as there are workers; the others wait here, in a fair order.

    Pages' threads queue and steer, the cluster's thread brings reports; what both touch is under ``_lock``. Folders
    are written by the cluster's thread only, but for a run that has no worker.
    """

    def __init__(self, root: Path, archive: RunArchive) -> None:
        self._root, self._archive = root, archive
        self._lock = threading.RLock()
        self._active: dict[str, ActiveRun] = {}  # in the order in which they came
        self._order = QueueOrder()
        self._cluster = Cluster(self._take, self._tick, self._lose_workers)

    @property
    def bfloat16(self) -> bool | None:
        """Of the workers' processors: whether they multiply it; None while that is not known."""
        return self._cluster.bfloat16

    def queue(self, run: Run) -> Run:
        """A new run, or one that goes on. Raises SettingError where there are too many."""
        with self._lock:
            require_room(self.runs(), run.owner)
            run.show(state="queued", error=None, notices=[])
            mine = [active.turn for active in self._active.values() if active.run.owner == run.owner]
            self._active[run.id] = ActiveRun(run, self._root, self._order.of_next(run.owner, mine))
            self._archive.take(run)  # now, and not before: it is to be found at any moment
            self._dispatch()
        return run

    def find(self, run_id: str) -> Run | None:
        """The run of that id, if it is unfinished."""
        active = self._active.get(run_id)
        return active.run if active and not active.dropped else None

    def listed(self) -> list[Run]:
        """As ``runs``, without those that their learner wants no more."""
        return [active.run for active in list(self._active.values()) if not active.dropped]

    def runs(self) -> list[Run]:
        """All that are unfinished, in the order in which they came."""
        return [active.run for active in list(self._active.values())]

    def waiting(self) -> list[Run]:
        """Those that wait for a worker, the next one first."""
        waiting = [active for active in list(self._active.values()) if active.waiting]
        return [active.run for active in sorted(waiting, key=lambda active: active.turn)]

    def command(self, run: Run, command: str, values: dict[str, Any]) -> None:
        """To its worker; or done here, where it has none."""
        with self._lock:
            if not (active := self._active.get(run.id)):
                return  # it has just ended
            number = active.note(command, values)
            if active.attempt:
                self._cluster.command(active.submission, number, command, values)
            elif command == "stop":
                self._cluster.cancel(active.submission)
                self._end(active, "stopped")
            elif run.state == "paused" and command in ("resume", "step", "epoch"):
                run.show(state="queued")
                self._dispatch()

    def drop(self, run: Run) -> bool:
        """It is found no more, ends, and then its folder goes; whether it was here."""
        with self._lock:
            if active := self._active.get(run.id):
                active.dropped = True
                self.command(run, "stop", {})
        return active is not None

    def watch(self, run: Run) -> None:
        """Somebody looks."""
        if (active := self._active.get(run.id)) and active.tells_that_somebody_looks(WATCH_SECONDS):
            self._cluster.command(active.submission, 0, "watch", {})

    def close(self) -> None:
        """Ends the workers, and the runs with them."""
        with self._lock:
            for active in self._active.values():
                self._stop(active)  # workers elsewhere stay
        self._cluster.close()
        with self._lock:
            self._interrupt(None)

    def _dispatch(self) -> None:
        free = self._cluster.slots - sum(bool(active.submission) for active in self._active.values())
        for run in self.waiting()[: max(0, free)]:
            active = self._active[run.id]
            active.submission, active.attempt = secrets.token_hex(4), ""
            self._order.begin(run.owner, active.turn)
            self._cluster.submit(run.id, active.submission, run.config, limits.IDLE_SECONDS, limits.MAX_RUN_SECONDS)

    def _take(self, item: list[Any]) -> None:
        """One report, on the cluster's thread."""
        run_id, submission, attempt, kind, values = item
        if not (active := self._active.get(run_id)) or active.submission != submission:
            if kind == "begun":
                self._cluster.answer(attempt, NO)
            return
        try:
            if kind == "begun":
                self._begin(active, attempt)
            elif kind == "over":
                active.deaths += values["killed"]  # for the last time: Dask gives it to no other worker
                self._end(active, "failed", active.breaking_off(values))
            elif attempt == active.attempt and kind == "ended":
                active.run.lacks_data = values["lacks_data"]
                self._end(active, values["state"], values["error"] and Sentence(*values["error"]))
            elif attempt == active.attempt:
                active.take(kind, values)
        except ExplainedError as error:  # the disk
            self._stop(active)
            self._end(active, "failed", error.sentence)
        except (KeyError, TypeError, ValueError) as error:
            LOG.exception("a report of run %s cannot be read", run_id)
            self._stop(active)
            self._end(active, "failed", active.breaking_off({"reason": f"{type(error).__name__}: {error}"}))

    def _begin(self, active: ActiveRun, attempt: str) -> None:
        with self._lock:
            self._cluster.forget(active.attempt)
            active.begin(attempt)
            if active.stopping or active.deaths > limits.MAX_DEATHS:
                self._cluster.answer(attempt, NO)
                ended = ("stopped", None) if active.stopping else ("failed", active.breaking_off({"killed": True}))
                self._end(active, *ended)
            else:
                self._cluster.answer(attempt, active.answer())

    def _stop(self, active: ActiveRun) -> None:
        """The worker, if there is one; the run's end is another matter."""
        if active.attempt:
            active.number += 1
            self._cluster.command(active.submission, active.number, "stop", {})

    def _end(self, active: ActiveRun, state: str, error: Sentence | None = None) -> None:
        """Closes the run's books; its place goes to the next one."""
        run = active.run
        with self._lock:
            if active.gives_way(state):
                run.show(state="paused" if active.wish == "pause" else "queued")
                self._dispatch()
                return
            self._cluster.forget(active.attempt)
            active.close(state, error)
            discard(run) if active.dropped else self._archive.put(run)
            self._active.pop(run.id, None)
            self._archive.tidy(run.owner, self.runs())
            self._dispatch()

    def _tick(self) -> None:
        """About once a second, on the cluster's thread."""
        with self._lock:
            self._dispatch()
            others_wait = any(active.waiting for active in self._active.values())
            for active in list(self._active.values()):
                try:
                    active.writer.flush()
                except DataError as error:
                    self._stop(active)
                    self._end(active, "failed", error.sentence)
                    continue
                if not active.submission and active.unseen():
                    self._end(active, "idle")
                elif others_wait and active.yields():
                    self._stop(active)

    def _lose_workers(self, reason: str) -> None:
        """There are none, or no longer; the next run looks for them again."""
        with self._lock:
            self._interrupt(say("The workers cannot be reached: {reason}", reason=reason))

    def _interrupt(self, error: Sentence | None) -> None:
        runs = list(self._active.values())
        for active in runs:
            active.closed = True  # first all of them: none is to be handed over at the end of another
        for active in runs:
            self._end(active, "interrupted" if active.run.folder or not error else "failed", error)
