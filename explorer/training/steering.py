"""The commands for a training: pause, go on, one step, one epoch, other numbers, stop."""

import math
import threading
import time
from collections.abc import Callable, Mapping

VIEW_SECONDS = 15.0  # a page reports every 5 s that it shows the run; three reports missed, and none does


class Steering:
    """Takes commands on any thread; the training's own thread asks what they come to, between two records.

    ``stop_after`` steps the run stops; it ends, too, ``idle_seconds`` after the last command of any kind and
    ``run_seconds`` after its beginning. ``clock`` gives seconds.
    """

    def __init__(
        self,
        *,
        stop_after: int | None = None,
        idle_seconds: float = math.inf,
        run_seconds: float = math.inf,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._stop_after, self._idle_seconds, self._run_seconds = stop_after, idle_seconds, run_seconds
        self._clock = clock
        self._began = self._heard_at = clock()
        self._changed = threading.Condition()
        self._paused = self._stopped = False
        self._steps = self._epochs = 0  # to train although it is paused
        self._changes: list[Mapping[str, float]] = []

    def obey(self, command: str, **values: float) -> None:
        """ "pause", "resume", "stop"; "step", "epoch": one more, then pause; "change" (lr=…, momentum=…); "watch"."""
        with self._changed:
            self._heard_at = self._clock()
            if command in ("pause", "resume"):
                self._paused, self._steps, self._epochs = command == "pause", 0, 0
            elif command in ("step", "epoch"):
                self._paused = True
                self._steps += command == "step"
                self._epochs += command == "epoch"
            elif command == "change":
                self._changes.append(values)
            elif command == "stop":
                self.stop()
            self._changed.notify_all()

    def stop(self) -> None:
        """As the command; a signal handler may call it, for it takes no lock."""
        self._stopped = True

    @property
    def watched(self) -> bool:
        """Whether a page has shown the run a moment ago."""
        return self._clock() - self._heard_at < VIEW_SECONDS

    @property
    def paused(self) -> bool:
        """Whether the training is to wait."""
        return self._paused and not (self._steps or self._epochs)

    @property
    def has_command(self) -> bool:
        """Whether a command waits to be obeyed; asked after every step, so that it takes no lock."""
        return self._stopped or bool(self._changes) or self.paused

    def steps_allowed(self, step: int) -> float:
        """How many steps may be trained before the next question, after ``step`` steps."""
        left = math.inf if self._stop_after is None else self._stop_after - step
        return min(left, self._steps if self._paused and self._steps else math.inf)

    def count_trained(self, steps: int, epochs: int) -> None:
        """So many steps, or passes, of those asked for have been trained."""
        with self._changed:
            self._steps = max(0, self._steps - steps)
            self._epochs = max(0, self._epochs - epochs)

    def collect_changes(self) -> list[Mapping[str, float]]:
        """What has been asked to be changed since the last call."""
        with self._changed:
            changes, self._changes = self._changes, []
        return changes

    def wait_for_command(self, seconds: float) -> None:
        """Returns at the next command, or after ``seconds``; at once where a command waits to be obeyed."""
        with self._changed:
            self._changed.wait_for(lambda: self._changes or self._stopped or not self.paused, seconds)

    def reason_to_end(self, step: int) -> str | None:
        """Why the run shall end now, after ``step`` steps: "stopped", "idle" or "timeout"; else None."""
        now = self._clock()
        if self._stopped or (self._stop_after is not None and step >= self._stop_after):
            return "stopped"
        if now - self._heard_at > self._idle_seconds:
            return "idle"
        return "timeout" if now - self._began > self._run_seconds else None
