"""Two runs trained beforehand, for who has none yet: the lecture's exercise, answered once it was thought about."""

from explorer.runs.run import Run
from explorer.ui import example_runs as trained
from explorer.ui.exercise_guess import has_guessed
from explorer.ui.session_runs import server_runs

SHOWN_EPOCHS = 1  # of three, before a guess


def example_runs() -> tuple[Run, ...]:
    """The exercise's network and the simple CNN; until the learner has guessed, their beginning.

    They would answer the lecture's exercise before it was thought about.
    """
    return trained.example_runs("exercise", None if has_guessed() else SHOWN_EPOCHS)


def is_held_back(run: Run) -> bool:
    """Whether it is but the beginning of an example."""
    return is_example(run) and run.step < run.started.total_steps


def is_example(run: Run) -> bool:
    """Whether the run came with the app."""
    return run.id.startswith(trained.PREFIX)


def find_run(run_id: str) -> Run | None:
    """The run of that id: an example, or one of the server's."""
    return next((run for run in example_runs() if run.id == run_id), None) or server_runs().find(run_id)
