"""Two runs trained beforehand, for who has none yet; made by benchmarks/example_runs.py."""

from functools import cache
from pathlib import Path

from explorer.core.run.records import Epoch
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.run_folder import read_records, read_run
from explorer.runs.run import Run
from explorer.ui.compare.guess import has_guessed
from explorer.ui.session_runs import server_runs

_FOLDER = Path(__file__).parents[2] / "lessons" / "runs"
_PREFIX = "example-"
SHOWN_EPOCHS = 1  # of three, before a guess


def example_runs() -> tuple[Run, ...]:
    """The exercise's network and the simple CNN, nobody's, and ended; until the learner has guessed, their beginning.

    They would answer the lecture's exercise before it was thought about.
    """
    return _examples(has_guessed())


def is_held_back(run: Run) -> bool:
    """Whether it is but the beginning of an example."""
    return is_example(run) and run.step < run.started.total_steps


@cache
def _examples(whole: bool) -> tuple[Run, ...]:
    return tuple(_read(folder, None if whole else SHOWN_EPOCHS) for folder in sorted(_FOLDER.iterdir()))


def is_example(run: Run) -> bool:
    """Whether the run came with the app."""
    return run.id.startswith(_PREFIX)


def find_run(run_id: str) -> Run | None:
    """The run of that id: an example, or one of the server's."""
    return next((run for run in example_runs() if run.id == run_id), None) or server_runs().find(run_id)


def _read(folder: Path, epochs: int | None) -> Run:
    description = read_run(folder)
    run = Run(_PREFIX + folder.name, TrainConfig.from_dict(description["settings"]))
    for record in read_records(folder):
        run.add_record(record)
        if isinstance(record, Epoch) and record.epoch == epochs:
            break
    run.state = description["state"]
    return run
