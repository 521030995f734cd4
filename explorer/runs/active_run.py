"""A run that waits or is under way: what the app knows of it beside what pages see."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from explorer.core import limits
from explorer.core.errors import DataError, Sentence, say
from explorer.core.run.records import Change, Started, from_message
from explorer.runs.run import Run
from explorer.runs.run_writer import RunWriter

MOST_NOTICES = 5
Command = tuple[str, dict[str, Any]]


@dataclass
class ActiveRun:
    """One submission of ``run`` after another; ``submission`` is empty while no worker has been asked for it.

    ``wish`` is the last of "pause", "resume", "step", "epoch". ``changes`` have been asked for and are in no saved
    state yet: a worker that takes up the run from one is asked again. ``yielding``: it has been asked to give up its
    worker to those who wait. ``dropped``: its learner wants it no more, and its folder goes when it has ended.
    """

    run: Run
    root: Path
    turn: int  # in which round of the queue
    submission: str = ""
    attempt: str = ""
    number: int = 0  # of the last command
    wish: str = "resume"
    stopping: bool = False
    yielding: bool = False
    closed: bool = False
    dropped: bool = False
    changes: list[Command] = field(default_factory=list)
    made: int = 0  # of the first of them: a worker has made them since
    seen: float = field(default_factory=time.monotonic)
    deaths: int = 0  # of workers under it since it was started or resumed
    told_of: int = 0  # of these
    told: float = 0.0  # when the worker last heard that somebody looks
    paused_at: float | None = None

    def __post_init__(self) -> None:
        self.writer = RunWriter(self.run, self.root)

    @property
    def waiting(self) -> bool:
        """For a worker; a paused run that gave up its worker does not, until it is resumed."""
        return not self.submission and not self.closed and self.run.state == "queued"

    def note(self, command: str, values: dict[str, Any]) -> int:
        """Remembers a command for workers to come and returns its number."""
        self.number += 1
        self.seen = time.monotonic()
        if command == "change":
            self.changes.append((command, values))
        elif command == "stop":
            self.stopping = True
        else:
            self.wish = command
        return self.number

    def begin(self, attempt: str) -> None:
        """A worker takes the run up; of the one before, if there was one, nothing more is heard."""
        if self.attempt:
            self.deaths += 1
            self.run.show(deaths=self.run.deaths + 1)
        self.attempt, self.paused_at, self.made = attempt, None, 0

    def answer(self) -> dict[str, Any]:
        """What the worker goes on from, and the commands that still count."""
        run = self.run
        wishes = [] if self.wish == "resume" else [(self.wish, {})]
        return {
            "go": True,
            "state": self.writer.state(),
            "threads": run.started.threads if run.started else 0,  # a resume is bit-exact with as many as before
            "commands": [*self.changes, *wishes],
            "number": self.number,
        }

    def take(self, kind: str, values: Mapping[str, Any]) -> None:
        """A report of the present attempt, "ended" aside. Raises DataError where the disk refuses."""
        match kind:
            case "state":
                self._take_state(values["state"])
            case "fetching":
                self.run.show(state="fetching", fetched=(values["done"], values["total"]))
            case "notice":
                notice = Sentence(values["sentence"], values["numbers"])
                self.run.show(notices=[*self.run.notices, notice][-MOST_NOTICES:])
            case "probe":
                self.run.show(probe=values["probe"])
            case "saved":
                self.writer.save(values["epoch"], values["state"], values["weights"])
                self.changes, self.made = self.changes[self.made :], 0
            case _:
                self._take_record(kind, values)

    def tells_that_somebody_looks(self, every: float) -> bool:
        """Whether the worker is to hear it now, ``every`` so many seconds."""
        self.seen = time.monotonic()
        if not self.attempt or self.seen - self.told < every:
            return False
        self.told = self.seen
        return True

    def unseen(self) -> bool:
        """Whether nobody has looked for as long as a run may wait without being looked at."""
        return time.monotonic() - self.seen > limits.IDLE_SECONDS

    def yields(self) -> bool:
        """Whether it is to give up its worker now, for it has been paused for too long while others wait."""
        if self.yielding or not self.submission or self.paused_at is None:
            return False
        self.yielding = time.monotonic() - self.paused_at > limits.MAX_PAUSE_SECONDS
        return self.yielding

    def gives_way(self, state: str) -> bool:
        """Whether this end is none: the worker has been given up, the run goes on later."""
        gives_way = self.yielding and state == "stopped" and not self.stopping
        self.yielding = False
        if gives_way:
            self.submission = self.attempt = ""
        return gives_way

    def close(self, state: str, error: Sentence | None) -> None:
        """The run has ended."""
        run = self.run
        if not run.step and state in ("stopped", "idle", "timeout"):
            state = "cancelled"
        run.error = error
        try:
            self.writer.end(state)
        except DataError as disk:
            state, error = "failed", disk.sentence
        run.show(state=state, error=error, resumable=state != "finished" and self.writer.has_state())

    def breaking_off(self, values: Mapping[str, Any]) -> Sentence:
        """Why the run broke off: its workers were ``killed``, or the ``reason``."""
        if not values.get("killed"):
            return say("The training broke off: {reason}", reason=values["reason"])
        return say(
            "Workers died under this run {count} times, the last time after step {step}. Perhaps the machine has too "
            "little memory for it: choose a smaller batch size or network. Or resume it from where it was.",
            count=self.deaths,
            step=self.run.step,
        )

    def _take_state(self, state: str) -> None:
        self.paused_at = time.monotonic() if state == "paused" else None
        if state == "paused" and self.wish in ("step", "epoch"):
            self.wish = "pause"  # it has been trained
        self.run.show(state=state)

    def _take_record(self, kind: str, values: Mapping[str, Any]) -> None:
        record = from_message(kind, values)
        if isinstance(record, Started):
            self.writer.start(record)
            self._tell_of_deaths(record.step)
            return
        self.writer.add(record)
        if isinstance(record, Change) and self.made < len(self.changes):
            wanted = self.changes[self.made][1]
            self.made += (wanted.get("lr"), wanted.get("momentum")) == (record.lr, record.momentum)

    def _tell_of_deaths(self, step: int) -> None:
        if self.deaths > self.told_of:
            self.told_of = self.deaths
            notice = say(
                "A worker died under this run ({count} in all); it went on by itself after step {step}.",
                count=self.run.deaths,
                step=step,
            )
            others = [other for other in self.run.notices if other.text != notice.text]
            self.run.show(notices=[*others, notice])
