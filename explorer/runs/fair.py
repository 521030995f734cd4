"""Who is next: a learner's second run comes behind everybody's first, and so on."""

from collections import Counter
from collections.abc import Iterable, Sequence

from explorer.core import limits
from explorer.core.explained import SettingError
from explorer.runs.run import Run


def in_fair_order(waiting: Iterable[Run], under_way: Iterable[Run]) -> list[Run]:
    """The waiting runs, the next one first; both are in the order in which they came.

    A learner's k-th unfinished run, those under way counted, comes behind every other learner's (k-1)-th; of equal
    rank, first come, first served.
    """
    count = Counter(run.owner for run in under_way)
    ranks = []
    for run in waiting:
        count[run.owner] += 1
        ranks.append((count[run.owner], len(ranks), run))
    return [run for *_, run in sorted(ranks, key=lambda rank: rank[:2])]


def require_room(unfinished: Sequence[Run], owner: str) -> None:
    """Raises SettingError where this learner, or the server, has as many runs waiting or under way as it may."""
    mine = sum(run.owner == owner for run in unfinished)
    if mine >= limits.MAX_LEARNER_RUNS:
        raise SettingError(
            "{count} of your runs are waiting or under way, as many as one learner may have at a time. "
            "Stop one of them, or wait until one has ended.",
            count=mine,
        )
    if len(unfinished) >= limits.MAX_RUNS_KEPT:
        raise SettingError(
            "{count} runs are waiting or under way, all that this server takes. Try again in a few minutes.",
            count=len(unfinished),
        )
