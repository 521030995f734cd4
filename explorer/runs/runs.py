"""All runs of this server: start one, steer it, follow it, find it again."""

import secrets
from pathlib import Path
from typing import Literal

from explorer.core.errors import SettingError
from explorer.core.network.trainable import require_batches
from explorer.core.run.given_name import tidy_name
from explorer.core.run.train_config import TrainConfig
from explorer.runs.archive import RunArchive
from explorer.runs.asked import Asked
from explorer.runs.claims import RunClaims
from explorer.runs.convert import convert
from explorer.runs.elsewhere import RunsElsewhere
from explorer.runs.run import Run
from explorer.runs.scheduler import RunScheduler

Readiness = Literal["starting", "ready", "ending"]


class Runs:
    """Runs by their unguessable id; safe to use from all sessions' threads, none of which waits for a worker.

    The workers start in the background, a moment after the first page was asked for, or with the first run. Who holds
    a run's ``changed`` may call ``find``, ``of``, ``watch`` and ``place``, nothing else.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._archive, self._claims = RunArchive(folder), RunClaims(folder)
        self._elsewhere = RunsElsewhere(folder, self._claims)
        self._scheduler = RunScheduler(folder, self._archive, self._claims)

    @property
    def bfloat16(self) -> bool | None:
        """Whether the workers' processors multiply bfloat16 themselves; None while that is not known."""
        return self._scheduler.bfloat16

    @property
    def readiness(self) -> Readiness:
        """Whether a run that is started now begins, at once or in its turn. Asking has workers looked for."""
        if self._scheduler.closing:
            return "ending"
        return "ready" if self._scheduler.workers else "starting"

    @property
    def workers(self) -> int:
        """How many worker processes there are now."""
        return self._scheduler.workers

    def start(self, config: TrainConfig, owner: str, command: str = "resume") -> Run:
        """Queues a run of this learner; pages follow it by ``find``. "step" or "epoch": it trains so far, and waits.

        Raises SettingError where the learner, or the server, has too many waiting or under way already, where this
        server does not allow the settings, and where ``require_batches`` does: now, and not when the data has been
        fetched.
        """
        config.within_limits()
        require_batches(config.network, config.training_images, config.batch_size)
        return self._scheduler.queue(Run(secrets.token_urlsafe(9), config, owner), command)

    def resume(self, run: Run, owner: str, command: str = "resume") -> Run:
        """The same run goes on from its last saved state, in the queue first; ``command`` as in ``start``.

        Raises PermissionError for another learner's run; SettingError where it has no state to go on from, where this
        server does not allow its settings any more, or too many runs wait.
        """
        _require_owner(run, owner)
        found = self.find(run.id)
        if found and found.unfinished:
            if found.state == "paused":
                self.steer(found, command, owner)
            return found  # or the button was pressed twice
        if not found or not found.resumable:  # not found: it was deleted in another tab
            raise SettingError("This run has no saved state to go on from. Start a new one with its settings.")
        found.config.within_limits()
        return self._scheduler.queue(found, command)

    def take_up(self) -> None:
        """What servers that are no more left unfinished goes on, or waits again: at the start; later it is seen to."""
        self._scheduler.take_up()

    def find(self, run_id: str | None) -> Run | None:
        """The run of that id with its curves: in memory, on another server, or found again on disk."""
        if not run_id:
            return None
        if run := self._find_under_way(run_id):
            return run
        if run_id not in self._claims.ids():
            return self._archive.find(run_id)
        return self._find_under_way(run_id)  # it has just gone on; or is being deleted

    def of(self, owner: str) -> list[Run]:
        """The learner's runs, the newest first. Those long ended have no curves until ``find`` reads them."""
        # One may end, or go on, between two of these: it comes to the one before it leaves the other.
        before, claimed = self._scheduler.listed(), self._claims.ids()
        ended = [run for run in self._archive.runs_of(owner) if run.id not in claimed]
        under_way = [run for run in (*before, *self._scheduler.listed()) if run.owner == owner]
        listed = [*reversed(under_way), *reversed(self._elsewhere.runs_of(owner)), *reversed(ended)]
        return list({run.id: run for run in reversed(listed)}.values())[::-1]

    def under_way(self) -> list[Run]:
        """Everybody's runs that wait or are under way, other servers' behind this one's: for the server's owner."""
        return [*self.here(), *self._elsewhere.runs_of(None)]

    def here(self) -> list[Run]:
        """Those of them that this server has."""
        return self._scheduler.listed()

    def steer(self, run: Run, command: str, owner: str, **values: float | None) -> None:
        """Sends one of STEERING; "change" takes ``lr``, ``momentum`` or both. A worker to come hears it then.

        Raises PermissionError for another learner's run, SettingError for values outside their bounds.
        """
        _require_owner(run, owner)
        asked = Asked(command, {name: value for name, value in values.items() if value is not None})
        asked.check(run)
        if not self._elsewhere.ask(run.id, asked):
            self._scheduler.command(run, command, asked.values)

    def rename(self, run: Run, name: str, owner: str) -> None:
        """Calls the run so, made harmless by ``tidy_name``; in its folder too, at once or within a second or two.

        Raises PermissionError for another learner's run, DataError where the disk refuses.
        """
        _require_owner(run, owner)
        if found := self.find(run.id):
            found.show(name=tidy_name(name))
            if not self._archive.rename(found):  # what is under way is written by who writes its folder
                self._elsewhere.ask(run.id, Asked("rename", {"name": name}))

    def delete(self, run: Run, owner: str) -> None:
        """The run and its folder go; a worker that has it is told to stop first, and is not waited for.

        Raises PermissionError for another learner's run.
        """
        _require_owner(run, owner)
        # It may end, or go on, between two of these.
        here = self._scheduler.delete
        _ = self._elsewhere.ask(run.id, Asked("delete")) or here(run) or self._archive.remove(run) or here(run)

    def watch(self, run: Run) -> None:
        """Tells the run's worker that a page shows it; without that the run ends after ``limits.IDLE_SECONDS``."""
        self._scheduler.report_view(run)
        self._elsewhere.report_view(run.id)

    def place(self, run: Run) -> tuple[int, int] | None:
        """Its place in the queue, from 1, and how many wait; None where it does not wait."""
        waiting = [one.id for one in self._scheduler.waiting()]
        return (waiting.index(run.id) + 1, len(waiting)) if run.id in waiting else None

    def convert(self, run: Run, kind: str) -> bytes:
        """The run's weights as torch.save's file ("state_dict"), or its curves as an event file ("tensorboard").

        Takes the seconds of importing torch, in a process of its own. Raises SettingError, DataError.
        """
        return convert(run, kind)

    def close(self) -> None:
        """Saves the runs under way and ends the workers, in some seconds at most; the next server takes them up."""
        self._scheduler.close()

    def _find_under_way(self, run_id: str) -> Run | None:
        return self._scheduler.find(run_id) or self._elsewhere.find(run_id)


def _require_owner(run: Run, owner: str) -> None:
    if run.owner != owner:
        raise PermissionError(f"run {run.id} is another learner's")
