"""Which run is next: a learner's second run comes behind everybody's first, and so on."""

from collections.abc import Iterable, Sequence

from explorer.core import limits
from explorer.core.errors import SettingError
from explorer.core.events import tell
from explorer.core.sentence_forms import plural
from explorer.runs.run import Run


class QueueOrder:
    """Each learner has one run in a round; a run's round is fixed when it comes, whatever ends before it begins.

    Of one round, first come, first served. Were it counted again when a learner's first run has ended, their second
    would be a first one, and go before those of learners who came later and have had none.
    """

    def __init__(self) -> None:
        self._round = 0  # the one that workers are handed now
        self._served: set[str] = set()  # the learners who have had their run of this round

    def round_of_next_run(self, owner: str, unfinished: Iterable[int]) -> int:
        """The round of a learner's run that comes now, where ``unfinished`` are those of their other runs."""
        return max(self._round + (owner in self._served), *(one + 1 for one in unfinished), 0)

    def begin_run(self, owner: str, round_: int) -> None:
        """A learner's run of that round gets a worker."""
        if round_ > self._round:
            self._round, self._served = round_, set()
        if round_ == self._round:
            self._served.add(owner)


def require_room(unfinished: Sequence[Run], owner: str, elsewhere: int = 0) -> None:
    """Raises SettingError where this learner, or the server, has as many runs waiting or under way as it may.

    ``elsewhere``: so many other servers have of this learner's.
    """
    mine = elsewhere + sum(run.owner == owner for run in unfinished)
    if mine >= limits.MAX_LEARNER_RUNS:
        tell("run_refused", unfinished=len(unfinished), of_this_learner=mine)
        raise SettingError(
            plural(
                "A run of yours is waiting or under way, as many as one learner may have at a time. "
                "Stop it, or wait until it has ended.",
                "{count} of your runs are waiting or under way, as many as one learner may have at a time. "
                "Stop one of them, or wait until one has ended.",
            ),
            count=mine,
        )
    if len(unfinished) >= limits.MAX_RUNS_KEPT:
        tell("run_refused", unfinished=len(unfinished), of_this_learner=mine)
        raise SettingError(
            plural(
                "A run is waiting or under way, all that this server takes. Try again in a few minutes.",
                "{count} runs are waiting or under way, all that this server takes. Try again in a few minutes.",
            ),
            count=len(unfinished),
        )
