"""A run's files in other formats, made by torch in a process of its own: a busy worker would make the learner wait."""

import threading

from explorer.core.errors import DataError
from explorer.runs.run import Run
from explorer.runs.torch_process import TorchProcess

KINDS = ("state_dict", "tensorboard")
SECONDS = 120  # a machine that trains on all cores takes 10 s for importing torch
_one_at_a_time = threading.Lock()  # each takes 300 MB


def convert(run: Run, kind: str) -> bytes:
    """The bytes of ``explorer.training.export``. Raises SettingError, DataError."""
    if kind not in KINDS:
        raise ValueError(f"{kind} is none of {KINDS}")
    if run.folder is None:
        raise DataError("This run has saved nothing yet.")
    with _one_at_a_time:
        return TorchProcess("explorer.training.export", str(run.folder.absolute()), kind, seconds=SECONDS).answer()
