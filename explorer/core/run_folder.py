"""A finished or stopped run on disk: a folder with its weights and a readable run.json.

Knows nothing of torch: weights come as bytes, perhaps from a worker on another machine.
"""

import json
import math
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from explorer.core import limits
from explorer.core.explained import DataError
from explorer.core.train_config import Epoch, Started, TrainConfig

WEIGHTS = "weights.safetensors"
DESCRIPTION = "run.json"
FORMAT = "cnn-explorer run 1"  # of run.json; what says that a folder is ours to read and to remove
NAME = re.compile(r"\d{8}-\d{6}-[a-z]+-[0-9a-f]{6}")


def describe(config: TrainConfig, started: Started, epochs: Sequence[Epoch], step: int) -> dict[str, Any]:
    """What run.json holds: every setting, the layers, what the run ran on, and its figures after ``step`` steps."""
    return {
        "format": FORMAT,
        "state": "finished" if step == started.total_steps else "stopped",
        "saved_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "step": step,
        "settings": config.as_dict(),
        "started": asdict(started),
        "epochs": [asdict(epoch) for epoch in epochs],
    }


def write_run(root: Path, weights: bytes, description: dict[str, Any], kept: int = limits.MAX_CHECKPOINTS) -> Path:
    """A new folder in ``root`` with ``weights`` and ``description``; it appears whole or not at all.

    Its name sorts by time (UTC) and is unique: 20261123-101530-mnist-3fa9c1. Then the oldest beyond ``kept`` go.
    Raises DataError where the disk refuses.
    """
    name = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{description['settings']['data']}-{secrets.token_hex(3)}"
    unfinished = root / f".{name}"  # on the same disk, so that the rename is one step
    with _explaining_the_disk(root):
        try:
            unfinished.mkdir(parents=True)
            (unfinished / WEIGHTS).write_bytes(weights)
            (unfinished / DESCRIPTION).write_text(json_text(description, indent=2) + "\n", encoding="utf-8")
            os.replace(unfinished, root / name)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    prune(root, kept)
    return root / name


def read_run(folder: Path) -> dict[str, Any]:
    """The folder's run.json. Raises DataError where there is none, or one that is not ours."""
    try:
        description = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _not_a_run(folder, str(error)) from error
    if not isinstance(description, dict) or description.get("format") != FORMAT:
        raise _not_a_run(folder, f"format ≠ {FORMAT}")
    return description


def prune(root: Path, kept: int) -> list[Path]:
    """Removes the oldest runs of ``root`` beyond ``kept`` and returns their folders.

    Only what this module names and describes: a learner's renamed folder, a link or a shipped net stays.
    """
    runs = sorted(folder for folder in root.iterdir() if NAME.fullmatch(folder.name) and _is_run(folder))
    surplus = runs[: max(0, len(runs) - kept)]
    for folder in surplus:
        shutil.rmtree(folder, ignore_errors=True)  # another process may prune at the same time
    return surplus


def ensure_writable(root: Path) -> None:
    """Makes the folder that runs go to. Raises DataError where nothing can be written: before training, not after."""
    with _explaining_the_disk(root):
        root.mkdir(parents=True, exist_ok=True)
        probe = root / f".{secrets.token_hex(6)}"
        probe.mkdir()
        probe.rmdir()


def json_text(value: Any, indent: int | None = None) -> str:
    """``value`` as JSON; NaN and infinities, which JSON lacks, become null."""
    return json.dumps(_finite(value), indent=indent, ensure_ascii=False, allow_nan=False)


def _finite(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {name: _finite(part) for name, part in value.items()}
    return [_finite(part) for part in value] if isinstance(value, list | tuple) else value


def _is_run(folder: Path) -> bool:
    if folder.is_symlink():
        return False
    try:
        read_run(folder)
    except DataError:
        return False
    return True


def _not_a_run(folder: Path, reason: str) -> DataError:
    return DataError("{folder} holds no saved run: {reason}.", folder=str(folder), reason=reason)


@contextmanager
def _explaining_the_disk(root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DataError(
            "Runs cannot be saved in {folder}: {reason}. Make room there, allow writing, or name another folder.",
            folder=str(root),
            reason=error.strerror or type(error).__name__,
        ) from error
