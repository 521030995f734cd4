"""What learners ask of runs that another server has: a file a command, beside the run's lock; that server obeys it."""

import json
import logging
import secrets
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from explorer.core.errors import DataError, SettingError
from explorer.core.run.given_name import tidy_name
from explorer.core.run.records import Change
from explorer.exchange.json_text import json_text
from explorer.exchange.run_folder import explaining_the_disk, replace_file
from explorer.exchange.run_lock import UNFINISHED
from explorer.runs.run import Run

LOG = logging.getLogger(__name__)
STEERING = ("pause", "resume", "stop", "step", "epoch", "change")
COMMANDS = (*STEERING, "watch", "rename", "delete")
MOST_WAITING = 50  # of one run: its server looks once a second


@dataclass(frozen=True)
class Asked:
    """One of COMMANDS: "change" has ``lr``, ``momentum`` or both, "rename" has ``name``, the others have no values.

    Raises ValueError, KeyError or TypeError for what is none.
    """

    command: str
    values: dict[str, Any] = field(default_factory=dict[str, Any])

    def __post_init__(self) -> None:
        if self.command not in COMMANDS:
            raise ValueError(f"{self.command} is no command")
        if self.command == "rename":
            object.__setattr__(self, "values", {"name": tidy_name(str(self.values["name"]))})
        else:
            object.__setattr__(self, "values", {name: float(value) for name, value in self.values.items()})

    def check(self, run: Run) -> None:
        """Raises SettingError for values outside their bounds, TypeError for such as no command has."""
        if self.command == "change":
            replace(run.config, changes=(Change(run.step, **self.values),))  # raises


def ask(root: Path, run_id: str, asked: Asked) -> None:
    """Leaves it for the server that has the run. Raises SettingError where the disk refuses, or nobody looks."""
    folder = root / UNFINISHED
    if len(list(folder.glob(f"{run_id}.*.asked"))) >= MOST_WAITING:
        raise SettingError("The server that trains this run does not answer just now. Try again in a moment.")
    try:
        with explaining_the_disk(root):
            file = folder / f"{run_id}.{time.time_ns():020}-{secrets.token_hex(3)}.asked"
            replace_file(file, json_text(asdict(asked)).encode())
    except DataError as error:
        raise SettingError(error.sentence.text, **error.sentence.numbers) from error


class Steered(Protocol):
    """The runs that this server has."""

    def runs(self) -> list[Run]:
        """All of them."""
        ...

    def command(self, run: Run, command: str, values: dict[str, Any]) -> None:
        """One of STEERING."""

    def delete(self, run: Run) -> bool:
        """The run goes."""
        ...

    def report_view(self, run: Run) -> None:
        """A page shows it."""


def obey_asked(root: Path, steered: Steered) -> None:
    """Has the runs hear what was asked of them since the last call, in its order."""
    runs = {run.id: run for run in steered.runs()}
    for run_id, asked in _take(root, runs):
        run = runs[run_id]
        match asked.command:
            case "watch":
                steered.report_view(run)
            case "rename":
                run.show(name=asked.values["name"])
            case "delete":
                steered.delete(run)
            case command:
                steered.command(run, command, asked.values)


def _take(root: Path, runs: Mapping[str, Run]) -> list[tuple[str, Asked]]:
    """What is there for ``runs``; what is asked of no run at all goes."""
    taken: list[tuple[str, Asked]] = []
    for file in sorted((root / UNFINISHED).glob("*.asked")):
        run_id = file.name.partition(".")[0]
        if run_id not in runs and file.with_name(f"{run_id}.json").exists():
            continue  # another server's
        try:
            asked = Asked(**json.loads(file.read_text("utf-8")))
            if run_id in runs:
                asked.check(runs[run_id])
                taken.append((run_id, asked))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            LOG.warning("what was asked of a run cannot be read: %s: %s", type(error).__name__, error)
        with suppress(OSError):
            file.unlink(missing_ok=True)
    return taken
