"""A run that waits or is under way: what its workers report of it, and how it ends."""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from explorer.core import limits
from explorer.core.errors import DataError, ExplainedError, Sentence
from explorer.core.events import short_id, tell
from explorer.core.run.records import Change, Started, from_message
from explorer.runs.ending import Ending, broken_off, server_ended, worker_died, workers_died
from explorer.runs.run import Run
from explorer.runs.run_commands import RunCommands
from explorer.runs.run_writer import RunWriter
from explorer.runs.unfinished import Unfinished

LOG = logging.getLogger(__name__)
MOST_NOTICES = 5
REFUSAL: dict[str, Any] = {"go": False, "commands": [], "number": 0}  # a worker is not to train the run any more


@dataclass
class ActiveRun:
    """One submission of ``run`` after another; ``submission`` is empty while no worker has been asked for it.

    ``releasing``: it has been asked to give up its worker to the runs that wait. ``interrupted``: the workers are
    gone, and it is about to end. ``deleted``: its learner deleted it, and its folder goes when it has ended.
    """

    run: Run
    root: Path
    round: int  # of the queue: see QueueOrder
    submission: str = ""
    attempt: str = ""
    releasing: bool = False
    interrupted: bool = False
    deleted: bool = False
    commands: RunCommands = field(default_factory=RunCommands)
    deaths: int = 0  # of workers under it since it was started or resumed
    deaths_noticed: int = 0  # of these, those that the learner has been told of
    viewed_at: float = field(default_factory=time.monotonic)  # when a page showed it, or its learner steered it
    view_reported_at: float = 0.0  # when its worker last heard that a page shows it
    paused_at: float | None = None
    taken_up: int = 0  # from servers that were killed under it
    queued_at: float = field(default_factory=time.time)

    def __post_init__(self) -> None:
        self.writer = RunWriter(self.run, self.root)

    @property
    def waiting(self) -> bool:
        """For a worker; a paused run that gave up its worker does not, until it is resumed."""
        return not self.submission and not self.interrupted and self.run.state == "queued"

    def take_up(self, left: Unfinished) -> None:
        """Another server had the run, which waits now: it goes on waiting, or is paused, as it was there."""
        self.taken_up, self.queued_at = left.taken_up + left.dispatched, left.queued_at
        tell("run_taken_up", run=short_id(self.run.id), step=self.run.step, taken_up=self.taken_up)
        self.commands.mode = "pause" if left.paused else "resume"
        self.run.show(**({"state": "paused"} if left.paused else {"notices": [server_ended(self.run.step)]}))

    def as_unfinished(self) -> Unfinished:
        """How it is doing, and what another server needs to take it up."""
        over = "deleted" if self.deleted else "stopped" if self.commands.stop else ""
        counts = {"dispatched": bool(self.submission), "taken_up": self.taken_up, "queued_at": self.queued_at}
        return Unfinished.of(self.run, paused=self.commands.mode != "resume", over=over, **counts)

    def add_command(self, command: str, values: dict[str, Any]) -> int:
        """Remembers a command for workers to come and returns its number."""
        self.viewed_at = time.monotonic()
        return self.commands.add(command, values)

    def begin_attempt(self, attempt: str) -> tuple[dict[str, Any], Ending | None]:
        """A worker takes the run up, and the one before it is heard no more; its answer, or a REFUSAL and why."""
        if self.attempt:
            self.deaths += 1
            self.run.show(deaths=self.run.deaths + 1)
            tell("worker_died", run=short_id(self.run.id), step=self.run.step, deaths=self.deaths)
        self.attempt, self.paused_at = attempt, None
        if self.commands.stop:
            return REFUSAL, Ending("stopped")
        if self.deaths > limits.MAX_DEATHS:
            return REFUSAL, workers_died(self.deaths, self.run.step)
        try:
            return self._answer(), None
        except DataError as error:
            return REFUSAL, Ending("failed", error.sentence)

    def record_report(self, attempt: str, kind: str, values: Mapping[str, Any]) -> Ending | None:
        """Takes in what a worker, or Dask ("over"), reports; returns the run's end where that is one.

        A disk that refuses ends the run, and so does a report that cannot be read.
        """
        if kind == "over":
            self.deaths += values["killed"]  # for the last time: Dask gives the run to no other worker
            return workers_died(self.deaths, self.run.step) if values["killed"] else broken_off(values["reason"])
        if attempt != self.attempt:
            return None
        try:
            if kind == "ended":
                self.run.lacks_data = values["lacks_data"]
                return Ending(values["state"], values["error"] and Sentence(*values["error"]))
            self._record(kind, values)
        except ExplainedError as error:  # the disk's
            return Ending("failed", error.sentence)
        except (OSError, KeyError, TypeError, ValueError) as error:
            LOG.exception("a report of run %s cannot be read", short_id(self.run.id))
            return broken_off(f"{type(error).__name__}: {getattr(error, 'strerror', error)}")
        return None

    def end(self, ending: Ending) -> bool:
        """The run ends so; False where it only gave up its worker and goes on later."""
        released = self.releasing and ending.state == "stopped" and not self.commands.stop
        self.releasing = False
        if released:
            self.submission = self.attempt = ""
            self.run.show(state="paused" if self.commands.mode == "pause" else "queued")
            return False
        state, error = ending.state, ending.error
        if not self.run.step and state in ("stopped", "idle", "timeout"):
            state = "cancelled"
        self.run.error = error
        try:
            self.writer.end(state)
        except DataError as disk:
            state, error = "failed", disk.sentence
        self.run.show(state=state, error=error, resumable=state != "finished" and self.writer.has_state())
        return True

    def is_view_report_due(self, every: float) -> bool:
        """A page shows the run; whether its worker is to hear of that now, ``every`` so many seconds."""
        self.viewed_at = time.monotonic()
        if not self.attempt or self.viewed_at - self.view_reported_at < every:
            return False
        self.view_reported_at = self.viewed_at
        return True

    def is_abandoned(self) -> bool:
        """Whether no page has shown the run for as long as it may wait without one."""
        return time.monotonic() - self.viewed_at > limits.IDLE_SECONDS

    def is_paused_too_long(self) -> bool:
        """Whether it has kept its worker while paused for as long as it may where other runs wait."""
        if self.paused_at is None or self.releasing or not self.submission:
            return False
        return time.monotonic() - self.paused_at > limits.MAX_PAUSE_SECONDS

    def _answer(self) -> dict[str, Any]:
        """What the worker goes on from, and the commands that it must hear. Raises DataError."""
        run = self.run
        return {
            "go": True,
            "state": self.writer.state(),
            "threads": run.started.threads if run.started else 0,  # a resume is bit-exact with as many as before
            "commands": self.commands.still_due(),
            "number": self.commands.number,
        }

    def _record(self, kind: str, values: Mapping[str, Any]) -> None:
        """A report of the present attempt. Raises DataError where the disk refuses."""
        match kind:
            case "state":
                self._record_state(values["state"])
            case "fetching":
                self.run.show(state="fetching", fetched=(values["done"], values["total"]))
            case "notice":
                notice = Sentence(values["sentence"], values["numbers"])
                self.run.show(notices=[*self.run.notices, notice][-MOST_NOTICES:])
            case "probe":
                self.run.show(probe=values["probe"])
            case "saved":
                self.writer.save(values["epoch"], values["state"], values["weights"], values["predictions"])
                self.commands.record_save()
            case _:
                record = from_message(kind, values)
                if isinstance(record, Started):
                    self.writer.start(record)
                    tell("run_started", run=short_id(self.run.id), step=record.step, device=record.device)
                    self._notice_deaths(record.step)
                else:
                    self.run.add_record(record)  # the pages' curves
                    self.writer.add(record)
                if isinstance(record, Change):
                    self.commands.record_change(record)

    def _record_state(self, state: str) -> None:
        self.paused_at = time.monotonic() if state == "paused" else None
        if state == "paused":
            self.commands.record_pause()
        self.run.show(state=state)

    def _notice_deaths(self, step: int) -> None:
        if self.deaths > self.deaths_noticed:
            self.deaths_noticed = self.deaths
            notice = worker_died(self.run.deaths, step)
            others = [other for other in self.run.notices if other.text != notice.text]
            self.run.show(notices=[*others, notice])
