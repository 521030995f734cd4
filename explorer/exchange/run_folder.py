"""A run on disk: a folder that grows while the run trains, readable without the app, whole after a kill at any moment.

Knows nothing of torch: weights and states come as bytes, perhaps from a worker on another machine.
"""

import json
import os
import re
import secrets
from collections.abc import Collection, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from explorer.core import limits
from explorer.core.errors import DataError
from explorer.core.run.records import Epoch, Record, Started, as_message, from_message
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.json_text import json_text
from explorer.exchange.run_lock import remove_run

WEIGHTS = "weights.safetensors"  # the parameters, and BatchNorm2d's averages
DESCRIPTION = "run.json"  # settings and figures
METRICS = "metrics.jsonl"  # one line a record
STATE = "state.safetensors"  # all that a resume needs
PROBE = "probe.safetensors"  # what the page shows of ten digits
PREDICTIONS = "predictions.safetensors"  # what the network said of the test images when it was evaluated last
STOPPED = ("stopped", "idle", "timeout", "interrupted")  # states of a run that ended before its settings would have it
FORMAT = "cnn-explorer run 1"  # of run.json; what says that a folder is ours to read and to remove
NAME = re.compile(r"\d{8}-\d{6}-[a-z]+-[0-9a-f]{6}")
_PART = re.compile(r"\..+\.[0-9a-f]{6}")  # of a file, beside its place: see replace_file


def describe(
    config: TrainConfig, started: Started, epochs: Sequence[Epoch], step: int, state: str, **more: object
) -> dict[str, Any]:
    """What run.json holds: every setting, the layers, what the run ran on, and its figures after ``step`` steps.

    ``state`` is "running", or how it ended; ``more`` is the app's own: the run's id, whose it is.
    """
    return {
        "format": FORMAT,
        "state": state,
        "saved_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "step": step,
        **more,
        "settings": config.as_dict(),
        "command": config.command(step if state in STOPPED else None),
        "started": asdict(started),
        "epochs": [asdict(epoch) for epoch in epochs],
    }


def new_folder(root: Path, config: TrainConfig, kept: int = limits.MAX_CHECKPOINTS) -> Path:
    """An empty folder for a run of ``config``; the oldest runs in ``root`` beyond ``kept`` go. Raises DataError.

    Its name sorts by time (UTC) and is unique: 20261123-101530-mnist-3fa9c1.
    """
    folder = root / f"{_time(datetime.now(UTC))}-{config.data}-{secrets.token_hex(3)}"
    with explaining_the_disk(root):
        folder.mkdir(parents=True)
    prune(root, kept - 1)
    return folder


def write(folder: Path, description: dict[str, Any], files: dict[str, bytes]) -> None:
    """Replaces ``files`` (name -> content) and then run.json, each whole or not at all. Raises DataError.

    The state that a resume goes on from is a single file: a kill between two files costs no more than their being of
    different steps until the next save.
    """
    with explaining_the_disk(folder.parent):
        for name, content in files.items():
            replace_file(folder / name, content)
        replace_file(folder / DESCRIPTION, (json_text(description, indent=2) + "\n").encode())


def append(folder: Path, records: Sequence[Record]) -> None:
    """Adds a line for each record to metrics.jsonl. Raises DataError."""
    with explaining_the_disk(folder.parent), (folder / METRICS).open("a", encoding="utf-8") as file:
        file.write("".join(map(_line, records)))


def read_records(folder: Path) -> Iterator[Record]:
    """The records of metrics.jsonl in turn; a last line that was cut off by a kill is none."""
    path = folder / METRICS
    if not path.is_file():
        return
    with path.open(encoding="utf-8") as file:
        for line in file:
            try:
                values = json.loads(line)
                yield from_message(values.pop("kind"), values)
            except (ValueError, KeyError, TypeError, AttributeError):
                return


def cut(folder: Path, step: int, evaluated: int) -> None:
    """Forgets what came after the state of ``step`` and its last evaluation: a resume makes it anew.

    Raises DataError.
    """
    kept = [r for r in read_records(folder) if r.step <= (evaluated if isinstance(r, Epoch) else step)]
    with explaining_the_disk(folder.parent):
        replace_file(folder / METRICS, "".join(map(_line, kept)).encode())


def read_run(folder: Path) -> dict[str, Any]:
    """The folder's run.json. Raises DataError where there is none, or one that is not ours."""
    try:
        description = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _not_a_run(folder, str(error)) from error
    described = cast("dict[str, Any]", description) if isinstance(description, dict) else {}
    if described.get("format") != FORMAT:
        raise _not_a_run(folder, f"format ≠ {FORMAT}")
    return described


def prune(root: Path, kept: int, in_use: Collection[Path] = (), since: datetime | None = None) -> list[Path]:
    """Removes the oldest runs of ``root`` beyond ``kept``, and those begun before ``since`` (UTC); returns the folders.

    Only what this module names and describes, and none ``in_use``: a learner's renamed folder, a link or a shipped net
    stays.
    """
    runs = sorted(one for one in root.iterdir() if NAME.fullmatch(one.name) and (one / DESCRIPTION).is_file())
    expired = sum(folder.name < _time(since) for folder in runs) if since else 0
    surplus = [folder for folder in runs[: max(0, len(runs) - kept, expired)] if folder not in in_use]
    # Only these are read: a term's runs would take a second, at each end of one.
    return [folder for folder in surplus if _is_run(folder) and remove_run(folder, _run_id(folder))]


def ensure_writable(root: Path) -> None:
    """Makes the folder that runs go to. Raises DataError where nothing can be written: before training, not after."""
    with explaining_the_disk(root):
        root.mkdir(parents=True, exist_ok=True)
        probe = root / f".{secrets.token_hex(6)}"
        probe.mkdir()
        probe.rmdir()


def replace_file(path: Path, content: bytes) -> None:
    """Writes the file beside its place and moves it there: it is the old one or the new one, never a part."""
    path.parent.mkdir(exist_ok=True)
    part = path.with_name(f".{path.name}.{secrets.token_hex(3)}")
    try:
        part.write_bytes(content)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def _time(moment: datetime) -> str:
    """As a run's folder begins: of two, the earlier one's sorts first."""
    return f"{moment:%Y%m%d-%H%M%S}"


def remove_parts(folder: Path, name: str = "*") -> None:
    """Files that a kill left half written, beside what is called ``name``; nobody may be writing there."""
    for part in folder.glob(f".{name}.*"):
        if _PART.fullmatch(part.name):
            part.unlink(missing_ok=True)


def _line(record: Record) -> str:
    kind, values = as_message(record)
    return json_text({"kind": kind, **values}) + "\n"


def _is_run(folder: Path) -> bool:
    with suppress(DataError):
        return not folder.is_symlink() and bool(read_run(folder))
    return False


def _run_id(folder: Path) -> str | None:
    """None for a command line's run, and for one that has just gone."""
    with suppress(DataError):
        return read_run(folder).get("id")
    return None


def _not_a_run(folder: Path, reason: str) -> DataError:
    return DataError("{folder} holds no saved run: {reason}.", folder=str(folder), reason=reason)


@contextmanager
def explaining_the_disk(root: Path) -> Generator[None]:
    """Makes a DataError of what the disk refuses under ``root``."""
    try:
        yield
    except OSError as error:
        raise DataError(
            "Runs cannot be saved in {folder}: {reason}. Make room there, allow writing, or name another folder.",
            folder=str(root),
            reason=error.strerror or type(error).__name__,
        ) from error
