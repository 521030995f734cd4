"""The runs that wait or are under way: which of them is next for a worker, and who is told of what."""

import secrets
import threading
from pathlib import Path
from typing import Any

from explorer.core import limits
from explorer.core.errors import DataError, Sentence, say
from explorer.runs.active_run import REFUSAL, ActiveRun
from explorer.runs.active_runs import ActiveRuns
from explorer.runs.archive import RunArchive
from explorer.runs.asked import obey_asked
from explorer.runs.claims import RunClaims
from explorer.runs.cluster import Cluster
from explorer.runs.ending import Ending, tell_end
from explorer.runs.expiry import ExpiryClock
from explorer.runs.run import Run

VIEW_REPORT_SECONDS = 5.0  # between two reports to a worker that a page shows its run
SAVE_SECONDS = 5.0  # that workers have to save what they train when the server ends; Docker kills after 10 s


class RunScheduler(ActiveRuns):
    """Hands Dask as many runs as there are workers; the others wait here, in the order of ``QueueOrder``.

    Pages' threads queue and steer, the cluster's thread brings reports; what both touch is under ``_lock``. Folders
    are written by the cluster's thread only, but for a run that has no worker.
    """

    def __init__(self, root: Path, archive: RunArchive, claims: RunClaims) -> None:
        super().__init__(root, archive, claims)
        self._released = threading.Condition(self._lock)  # notified when a run has ended or gives up its worker
        self.closing = False
        self._expiry = ExpiryClock()
        self._cluster = Cluster(self._record_report, self._look_after_runs, self._end_without_workers)

    @property
    def bfloat16(self) -> bool | None:
        """Of the workers' processors: whether they multiply it; None while that is not known."""
        return self._cluster.bfloat16

    @property
    def workers(self) -> int:
        """How many could have a run now, busy ones included. Where there are none, asking has them looked for."""
        if not self._cluster.workers_there:
            self._cluster.want_workers()
        return self._cluster.workers_there

    def queue(self, run: Run, command: str = "resume") -> Run:
        """A new run, or one that goes on. Raises SettingError where there are too many, or another server has it.

        ``command`` reaches its worker with the answer to its first question: not a step is trained before.
        """
        with self._lock:
            self._admit(run, command)
            self._dispatch()
        return run

    def take_up(self) -> None:
        """What servers that are no more left goes on here, as it was there."""
        if not self.closing:
            self._add_left()
            with self._lock:
                self._dispatch()

    def command(self, run: Run, command: str, values: dict[str, Any]) -> None:
        """Passes a command on to the run's worker; or obeys it here, where the run has none."""
        with self._lock:
            if not (active := self._active.get(run.id)):
                return  # it has just ended
            number = active.add_command(command, values)
            if active.attempt:
                self._cluster.command(active.submission, number, command, values)
            elif command == "stop":
                self._cluster.cancel(active.submission)
                self._end(active, Ending("stopped"))
            elif run.state == "paused" and command in ("resume", "step", "epoch"):
                run.show(state="queued")
                self._dispatch()

    def delete(self, run: Run) -> bool:
        """The run is found no more, ends, and then its folder goes; whether it was here."""
        with self._lock:
            if active := self._active.get(run.id):
                active.deleted = True
                self.command(run, "stop", {})
        return active is not None

    def report_view(self, run: Run) -> None:
        """A page shows the run: its worker hears so, and does not end it as one without a viewer."""
        if (active := self._active.get(run.id)) and active.is_view_report_due(VIEW_REPORT_SECONDS):
            self._cluster.command(active.submission, 0, "watch", {})

    def close(self) -> None:
        """Has the workers save what they train, then ends them where they are ours; the next server takes it all up."""
        with self._released:
            if self.closing:
                return
            self.closing = True
            for active in self._active.values():
                if active.attempt:
                    active.releasing = True
                    self._stop_worker(active)
                elif active.submission:
                    self._cluster.cancel(active.submission)
                    active.submission = ""  # a worker that begins it all the same is refused
            self._released.wait_for(lambda: not any(active.attempt for active in self._active.values()), SAVE_SECONDS)
            self._keep_unfinished()  # now: who kills what does not end within ten seconds may do so
            self._claims.close()
        self._cluster.close()
        with self._lock:
            self._interrupt_runs(None)

    def _dispatch(self) -> None:
        """Hands the next runs to the workers that are free, and keeps for other servers how all are doing."""
        if self.closing:
            return
        free = self._cluster.slots - sum(bool(active.submission) for active in self._active.values())
        for run in self.waiting()[: max(0, free)]:
            active = self._active[run.id]
            active.submission, active.attempt = secrets.token_hex(4), ""
            self._order.begin_run(run.owner, active.round)
            self._cluster.submit(run.id, active.submission, run.config, limits.IDLE_SECONDS, limits.MAX_RUN_SECONDS)
        self._keep_unfinished()

    def _record_report(self, item: list[Any]) -> None:
        """One report, on the cluster's thread."""
        run_id, submission, attempt, kind, values = item
        if kind == "begun":
            self._begin_attempt(run_id, submission, attempt)
            return
        active = self._active.get(run_id)
        if active and active.submission == submission and (ending := active.record_report(attempt, kind, values)):
            self._end(active, ending, stop=kind not in ("ended", "over"))

    def _begin_attempt(self, run_id: str, submission: str, attempt: str) -> None:
        """A worker asks what it is to go on from."""
        with self._lock:
            active = self._active.get(run_id)
            if not active or active.submission != submission:
                self._cluster.answer(attempt, REFUSAL)
                return
            self._cluster.forget(active.attempt)
            answer, ending = active.begin_attempt(attempt)
            self._cluster.answer(attempt, answer)
            if ending:
                self._end(active, ending)

    def _stop_worker(self, active: ActiveRun) -> None:
        """Has the run's worker stop, if there is one; the run's end is another matter."""
        if active.attempt:
            active.commands.number += 1
            self._cluster.command(active.submission, active.commands.number, "stop", {})

    def _end(self, active: ActiveRun, ending: Ending, *, stop: bool = False) -> None:
        """The run ends, or gives up its worker, which is to ``stop``; its place goes to the next one."""
        with self._lock:
            run, attempt = active.run, active.attempt
            if self._active.get(run.id) is not active:  # another thread has ended it meanwhile
                return
            if stop:
                self._stop_worker(active)
            if active.end(ending):
                tell_end(run)
                self._cluster.forget(attempt)
                self._remove(active)
                self._archive.tidy(run.owner, self.runs())
            self._released.notify_all()
            self._dispatch()

    def _look_after_runs(self) -> None:
        """About once a second, on the cluster's thread."""
        obey_asked(self._root, self)
        self.take_up()
        with self._lock:
            if self._expiry.is_due():
                self._archive.tidy("", self.runs())
            others_wait = any(active.waiting for active in self._active.values())
            for active in list(self._active.values()):
                try:
                    active.writer.flush()
                except DataError as error:
                    self._end(active, Ending("failed", error.sentence), stop=True)
                if not active.submission and active.is_abandoned():
                    self._end(active, Ending("idle"))
                elif others_wait and active.is_paused_too_long():
                    active.releasing = True
                    self._stop_worker(active)

    def _end_without_workers(self, reason: str) -> None:
        """There are no workers, or no longer; the next run looks for them again."""
        with self._lock:
            self._interrupt_runs(say("The workers cannot be reached: {reason}", reason=reason))

    def _interrupt_runs(self, error: Sentence | None) -> None:
        for active in (runs := list(self._active.values())):
            active.interrupted = True  # first all of them: none is to be handed over at the end of another
        for active in runs:
            self._end(active, Ending("interrupted" if active.run.folder or not error else "failed", error))
