"""The runs that wait or are under way: who is next, what workers report of them, how they end."""

import logging
import secrets
import threading
from pathlib import Path
from typing import Any

from explorer.core import limits
from explorer.core.explained import DataError, ExplainedError, say
from explorer.runs.cluster import Cluster
from explorer.runs.fair import Rounds, require_room
from explorer.runs.live import Live, Sentence
from explorer.runs.run import Run
from explorer.runs.shelf import Shelf, discard

LOG = logging.getLogger(__name__)
WATCH_SECONDS = 5.0  # how often a page that looks says so
NO = {"go": False, "commands": [], "number": 0}  # the answer to a worker whose run wants it no more


class UnderWay:
    """Hands Dask as many runs as there are workers; the others wait here, in a fair order.

    Pages' threads queue and steer, the cluster's thread brings reports; what both touch is under ``_lock``. Folders
    are written by the cluster's thread only, but for a run that has no worker.
    """

    def __init__(self, root: Path, shelf: Shelf) -> None:
        self._root, self._shelf = root, shelf
        self._lock = threading.RLock()
        self._live: dict[str, Live] = {}  # in the order in which they came
        self._rounds = Rounds()
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
            mine = [live.turn for live in self._live.values() if live.run.owner == run.owner]
            self._live[run.id] = Live(run, self._root, self._rounds.of_next(run.owner, mine))
            self._shelf.take(run)  # now, and not before: it is to be found at any moment
            self._dispatch()
        return run

    def find(self, run_id: str) -> Run | None:
        """The run of that id, if it is unfinished."""
        live = self._live.get(run_id)
        return live.run if live and not live.dropped else None

    def listed(self) -> list[Run]:
        """As ``runs``, without those that their learner wants no more."""
        return [live.run for live in list(self._live.values()) if not live.dropped]

    def runs(self) -> list[Run]:
        """All that are unfinished, in the order in which they came."""
        return [live.run for live in list(self._live.values())]

    def waiting(self) -> list[Run]:
        """Those that wait for a worker, the next one first."""
        waiting = [live for live in list(self._live.values()) if live.waiting]
        return [live.run for live in sorted(waiting, key=lambda live: live.turn)]

    def command(self, run: Run, command: str, values: dict[str, Any]) -> None:
        """To its worker; or done here, where it has none."""
        with self._lock:
            if not (live := self._live.get(run.id)):
                return  # it has just ended
            number = live.note(command, values)
            if live.attempt:
                self._cluster.command(live.submission, number, command, values)
            elif command == "stop":
                self._cluster.cancel(live.submission)
                self._end(live, "stopped")
            elif run.state == "paused" and command in ("resume", "step", "epoch"):
                run.show(state="queued")
                self._dispatch()

    def drop(self, run: Run) -> bool:
        """It is found no more, ends, and then its folder goes; whether it was here."""
        with self._lock:
            if live := self._live.get(run.id):
                live.dropped = True
                self.command(run, "stop", {})
        return live is not None

    def watch(self, run: Run) -> None:
        """Somebody looks."""
        if (live := self._live.get(run.id)) and live.tells_that_somebody_looks(WATCH_SECONDS):
            self._cluster.command(live.submission, 0, "watch", {})

    def close(self) -> None:
        """Ends the workers, and the runs with them."""
        with self._lock:
            for live in self._live.values():
                self._stop(live)  # workers elsewhere stay
        self._cluster.close()
        with self._lock:
            self._interrupt(None)

    def _dispatch(self) -> None:
        free = self._cluster.slots - sum(bool(live.submission) for live in self._live.values())
        for run in self.waiting()[: max(0, free)]:
            live = self._live[run.id]
            live.submission, live.attempt = secrets.token_hex(4), ""
            self._rounds.begin(run.owner, live.turn)
            self._cluster.submit(run.id, live.submission, run.config, limits.IDLE_SECONDS, limits.MAX_RUN_SECONDS)

    def _take(self, item: list[Any]) -> None:
        """One report, on the cluster's thread."""
        run_id, submission, attempt, kind, values = item
        if not (live := self._live.get(run_id)) or live.submission != submission:
            if kind == "begun":
                self._cluster.answer(attempt, NO)
            return
        try:
            if kind == "begun":
                self._begin(live, attempt)
            elif kind == "over":
                live.deaths += values["killed"]  # for the last time: Dask gives it to no other worker
                self._end(live, "failed", live.breaking_off(values))
            elif attempt == live.attempt and kind == "ended":
                live.run.lacks_data = values["lacks_data"]
                self._end(live, values["state"], values["error"] and tuple(values["error"]))
            elif attempt == live.attempt:
                live.take(kind, values)
        except ExplainedError as error:  # the disk
            self._stop(live)
            self._end(live, "failed", (error.sentence, error.numbers))
        except (KeyError, TypeError, ValueError) as error:
            LOG.exception("a report of run %s cannot be read", run_id)
            self._stop(live)
            self._end(live, "failed", live.breaking_off({"reason": f"{type(error).__name__}: {error}"}))

    def _begin(self, live: Live, attempt: str) -> None:
        with self._lock:
            self._cluster.forget(live.attempt)
            live.begin(attempt)
            if live.stopping or live.deaths > limits.MAX_DEATHS:
                self._cluster.answer(attempt, NO)
                ended = ("stopped", None) if live.stopping else ("failed", live.breaking_off({"killed": True}))
                self._end(live, *ended)
            else:
                self._cluster.answer(attempt, live.answer())

    def _stop(self, live: Live) -> None:
        """The worker, if there is one; the run's end is another matter."""
        if live.attempt:
            live.number += 1
            self._cluster.command(live.submission, live.number, "stop", {})

    def _end(self, live: Live, state: str, error: Sentence | None = None) -> None:
        """Closes the run's books; its place goes to the next one."""
        run = live.run
        with self._lock:
            if live.gives_way(state):
                run.show(state="paused" if live.wish == "pause" else "queued")
                self._dispatch()
                return
            self._cluster.forget(live.attempt)
            live.close(state, error)
            discard(run) if live.dropped else self._shelf.put(run)
            self._live.pop(run.id, None)
            self._shelf.tidy(run.owner, self.runs())
            self._dispatch()

    def _tick(self) -> None:
        """About once a second, on the cluster's thread."""
        with self._lock:
            self._dispatch()
            others_wait = any(live.waiting for live in self._live.values())
            for live in list(self._live.values()):
                try:
                    live.diary.flush()
                except DataError as error:
                    self._stop(live)
                    self._end(live, "failed", (error.sentence, error.numbers))
                    continue
                if not live.submission and live.unseen():
                    self._end(live, "idle")
                elif others_wait and live.yields():
                    self._stop(live)

    def _lose_workers(self, reason: str) -> None:
        """There are none, or no longer; the next run looks for them again."""
        with self._lock:
            self._interrupt(say("The workers cannot be reached: {reason}", reason=reason))

    def _interrupt(self, error: Sentence | None) -> None:
        runs = list(self._live.values())
        for live in runs:
            live.closed = True  # first all of them: none is to be handed over at the end of another
        for live in runs:
            self._end(live, "interrupted" if live.run.folder or not error else "failed", error)
