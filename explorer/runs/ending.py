"""How a run ends, and what its learner is told of an end that nobody asked for."""

from dataclasses import dataclass

from explorer.core.errors import Sentence, say


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
