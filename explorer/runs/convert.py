"""A run's files in other formats, made by torch in a process of its own: a busy worker would make the learner wait."""

import json
import subprocess
import sys
import threading
from pathlib import Path

from explorer.core.errors import DataError, SettingError
from explorer.runs.run import Run

KINDS = ("state_dict", "tensorboard")
SECONDS = 120  # a machine that trains on all cores takes 10 s for importing torch
ROOT = Path(__file__).parents[2]
EXPLAINED = 3  # the process's exit status where its output is a sentence
_one_at_a_time = threading.Lock()  # each takes 300 MB


def convert(run: Run, kind: str) -> bytes:
    """The bytes of ``explorer.training.export``. Raises SettingError, DataError."""
    if kind not in KINDS:
        raise ValueError(f"{kind} is none of {KINDS}")
    if run.folder is None:
        raise DataError("This run has saved nothing yet.")
    command = [sys.executable, "-m", "explorer.training.export", str(run.folder.absolute()), kind]
    try:
        with _one_at_a_time:
            done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _failed(type(error).__name__) from error
    if done.returncode == EXPLAINED:
        text, numbers = json.loads(done.stdout)
        raise SettingError(text, **numbers)
    if done.returncode:
        raise _failed(done.stderr.decode(errors="replace").strip().splitlines()[-1:] or done.returncode)
    return done.stdout


def _failed(reason: object) -> DataError:
    return DataError("The file could not be made: {reason}.", reason=str(reason))
