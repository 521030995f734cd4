"""How a run ends, and what its learner is told of an end, or a disturbance, that nobody asked for."""

from dataclasses import dataclass

from explorer.core.errors import Sentence, say
from explorer.core.events import short_id, tell
from explorer.runs.run import Run


@dataclass(frozen=True)
class Ending:
    """How a run ended: a state of ``Run``, and the sentence that says what went wrong, if anything did."""

    state: str
    error: Sentence | None = None


def broken_off(reason: str) -> Ending:
    """The end of a run whose training, or whose reports, went wrong in a way that nobody foresaw."""
    return Ending("failed", say("The training broke off: {reason}", reason=reason))


def workers_died(deaths: int, step: int) -> Ending:
    """The end of a run under which more workers died than it may survive."""
    return Ending(
        "failed",
        say(
            "Workers died under this run {count} times, the last time after step {step}. Perhaps the machine has too "
            "little memory for it: choose a smaller batch size or network. Or resume it from where it was.",
            count=deaths,
            step=step,
        ),
    )


def worker_died(count: int, step: int) -> Sentence:
    """The run survived that, ``count`` times in all."""
    return say(
        "A worker died under this run ({count} in all); it went on by itself after step {step}.",
        count=count,
        step=step,
    )


def server_ended(step: int) -> Sentence:
    """The run survived that too: the server was started anew, or another one has taken it up."""
    return say("The server that had this run ended; it went on by itself after step {step}.", step=step)


def tell_end(run: Run) -> None:
    """To the server's owner: what the run has cost, and the sentence that says what went wrong."""
    tell(
        "run_ended",
        run=short_id(run.id),
        state=run.state,
        step=run.step,
        seconds=run.seconds,
        images_per_second=run.latest.images_per_second if run.latest else None,
        deaths=run.deaths,
        error=str(run.error) if run.error else None,
    )
