"""A run as its folder has it: its settings and figures, and its curves."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from explorer.core.errors import ExplainedError, Sentence
from explorer.core.run.given_name import tidy_name
from explorer.core.run.records import Epoch, Started, Steps, from_message
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.run_folder import DESCRIPTION, METRICS, PROBE, STATE, read_records, read_run
from explorer.runs.described import require_described
from explorer.runs.run import UNFINISHED, Run

Stamp = tuple[int, int]


def stamp_of(folder: Path) -> Stamp | None:
    """Another one whenever run.json has been written; None where there is none."""
    try:
        status = os.stat(folder / DESCRIPTION)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino


def read_saved(folder: Path) -> Run | None:
    """The run of that folder without its curves; None for a command line's, which no learner owns, or a broken one."""
    try:
        values = read_run(folder)
        if "id" not in values:
            return None
        require_described(values)
        return _run(folder, values)
    except (ExplainedError, KeyError, TypeError, ValueError, AttributeError):
        return None


def _run(folder: Path, values: dict[str, Any]) -> Run:
    state, error = values["state"], values.get("error")
    records = [from_message("epoch", epoch) for epoch in values["epochs"]]
    return Run(
        id=values["id"],
        config=TrainConfig.from_dict(values["settings"]),
        owner=values["owner"],
        state="interrupted" if state in UNFINISHED else state,  # the server that trained it is no more
        started=Started(**values["started"]),
        step=values["step"],
        epochs=[record for record in records if isinstance(record, Epoch)],
        latest=Steps(values["step"], [], values["seconds"], values["images_per_second"]),
        error=Sentence(*error) if error else None,
        folder=folder,
        resumable=state != "finished" and (folder / STATE).is_file(),
        deaths=values["deaths"],
        name=tidy_name(str(values.get("name", ""))),
    )


def open_curves(run: Run) -> None:
    """Adds its curves: 0.1 s for the lecture's ten epochs."""
    with run.changed:
        if run.unfinished or run.folder is None or not (run.folder / METRICS).is_file():
            return
        run.forget()
        for record in read_records(run.folder):
            run.add_record(record)
        probe = run.folder / PROBE
        run.probe = probe.read_bytes() if probe.is_file() else None


def bytes_of(folder: Path) -> int:
    """Of all its files."""
    size = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):  # it has just been replaced
                size += os.stat(os.path.join(place, name)).st_size
    return size
