"""What a learner has asked of a run: kept for the worker that takes it up next, which may not have heard of it."""

from dataclasses import dataclass, field
from typing import Any

from explorer.core.run.records import Change

Command = tuple[str, dict[str, Any]]  # its name and its values, as they travel


@dataclass
class RunCommands:
    """``mode`` is the last of "pause", "resume", "step", "epoch"; ``stop`` whether the run is to end.

    ``changes`` have been asked for and are in no saved state yet: a worker that takes the run up from one is asked
    again. ``number`` is that of the last command; a worker obeys each number once.
    """

    mode: str = "resume"
    stop: bool = False
    number: int = 0
    changes: list[Command] = field(default_factory=list[Command])
    _made: int = 0  # of the first changes: the present worker has reported them

    def add(self, command: str, values: dict[str, Any]) -> int:
        """Remembers a command and returns its number."""
        self.number += 1
        if command == "change":
            self.changes.append((command, values))
        elif command == "stop":
            self.stop = True
        else:
            self.mode = command
        return self.number

    def still_due(self) -> list[Command]:
        """The commands that a worker must hear that takes the run up now: it begins with none of them."""
        self._made = 0
        return [*self.changes, *([] if self.mode == "resume" else [(self.mode, {})])]

    def record_pause(self) -> None:
        """The run is paused: the step or the epoch that was asked for has been trained."""
        if self.mode in ("step", "epoch"):
            self.mode = "pause"

    def record_change(self, change: Change) -> None:
        """The worker has made a change, perhaps the first of those that it was asked for."""
        if self._made < len(self.changes):
            wanted = self.changes[self._made][1]
            self._made += (wanted.get("lr"), wanted.get("momentum")) == (change.lr, change.momentum)

    def record_save(self) -> None:
        """A state is saved, which has the changes made so far."""
        self.changes, self._made = self.changes[self._made :], 0
