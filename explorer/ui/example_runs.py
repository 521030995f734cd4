"""Runs trained beforehand, of whole comparisons, for who has none yet; made by benchmarks/example_runs.py."""

from functools import cache
from pathlib import Path

from explorer.core.run.records import Epoch
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.run_folder import read_records, read_run
from explorer.runs.run import Run

PREFIX = "example-"  # of their ids
_FOLDER = Path(__file__).parents[1] / "lessons" / "runs"


@cache
def example_runs(comparison: str, epochs: int | None = None) -> tuple[Run, ...]:
    """The runs of that one of COMPARISONS, nobody's, and ended; or their beginning, up to the test after ``epochs``."""
    return tuple(_read(folder, epochs) for folder in sorted((_FOLDER / comparison).iterdir()))


def _read(folder: Path, epochs: int | None) -> Run:
    description = read_run(folder)
    run = Run(PREFIX + folder.name, TrainConfig.from_dict(description["settings"]))
    for record in read_records(folder):
        run.add_record(record)
        if isinstance(record, Epoch) and record.epoch == epochs:
            break
    run.state = description["state"]
    return run
