"""Two runs trained beforehand, for who has none yet; made by benchmarks/example_runs.py."""

from functools import cache
from pathlib import Path

from explorer.core.run_folder import read_records, read_run
from explorer.core.train_config import TrainConfig
from explorer.runs.run import Run
from explorer.ui.session_runs import server_runs

_FOLDER = Path(__file__).parents[1] / "lessons" / "runs"
_PREFIX = "example-"


@cache
def example_runs() -> tuple[Run, ...]:
    """The exercise's network and the simple CNN, each after three epochs; nobody's, and ended."""
    return tuple(_read(folder) for folder in sorted(_FOLDER.iterdir()))


def is_example(run: Run) -> bool:
    """Whether the run came with the app."""
    return run.id.startswith(_PREFIX)


def find_run(run_id: str) -> Run | None:
    """The run of that id: an example, or one of the server's."""
    return next((run for run in example_runs() if run.id == run_id), None) or server_runs().find(run_id)


def _read(folder: Path) -> Run:
    description = read_run(folder)
    run = Run(_PREFIX + folder.name, TrainConfig.from_dict(description["settings"]))
    for record in read_records(folder):
        run.take(record)
    run.state = description["state"]
    return run
