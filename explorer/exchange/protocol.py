"""How apps and workers talk. Nothing in it is about one machine: all of it goes through Dask's scheduler.

Worker to app: the queue ``reports``, items [run id, submission, attempt, kind, values]. A run is submitted once, and
once more for each resume; each time that a worker takes it up, a re-run after a death included, is an attempt. An
attempt first makes sure that commands reach it, then reports "begun" and waits for the app's answer, a variable named
``answer_name(attempt)`` which holds the state to go on from and the commands that still count. So nothing is asked
twice or lost, and no attempt that is over is heard.
Other kinds: those of ``records.as_message``, "state", "fetching", "notice", "saved", "probe", "ended".

App to worker: the topic COMMANDS, [submission, number, command, values]. One for all runs, because a scheduler never
forgets a topic; it keeps the last messages, which are not read again.
"""

from dataclasses import dataclass

COMMANDS = "cnn-explorer-commands"
REPORTS_AT_ONCE = 200  # items that wait for the app; beyond them workers wait for it


@dataclass(frozen=True)
class Assignment:
    """What a worker is told of a run beside its settings.

    ``reports`` names the app's queue; ``workers`` share the machine's cores; the seconds are the app's limits.
    """

    run_id: str
    submission: str
    reports: str
    workers: int
    idle_seconds: float
    run_seconds: float


def answer_name(attempt: str) -> str:
    """The variable in which the app answers an attempt that has begun."""
    return f"cnn-explorer-{attempt}"
