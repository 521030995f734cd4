"""The order in which runs get a worker."""

import pytest

from explorer.core import limits
from explorer.core.explained import SettingError
from explorer.core.train_config import TrainConfig
from explorer.runs.fair import in_fair_order, require_room
from explorer.runs.run import Run


def runs(*names: str) -> list[Run]:
    """Runs called a1, a2, b1 …, of the learners a, b …"""
    return [Run(name, TrainConfig(), owner=name[0]) for name in names]


def names(ordered: list[Run]) -> list[str]:
    return [run.id for run in ordered]


def test_a_learners_second_run_comes_behind_everybodys_first() -> None:
    """Who starts three at once delays the next learner by one."""
    assert names(in_fair_order(runs("a1", "a2", "a3", "b1", "c1", "b2"), [])) == ["a1", "b1", "c1", "a2", "b2", "a3"]


def test_runs_under_way_count() -> None:
    """Who has a worker already waits for those who have none, though they came later."""
    assert names(in_fair_order(runs("a2", "b1"), runs("a1"))) == ["b1", "a2"]


def test_of_equal_rank_first_come_is_first_served() -> None:
    """With one run each the queue is a queue."""
    assert names(in_fair_order(runs("c1", "a1", "b1"), runs("d1"))) == ["c1", "a1", "b1"]


def test_a_learner_has_so_many_runs_at_a_time() -> None:
    """The refusal says how many there are, and what to do; other learners are not touched."""
    unfinished = runs("a1", "a2", "a3")
    assert limits.MAX_LEARNER_RUNS == len(unfinished)
    with pytest.raises(SettingError, match=r"^3 of your runs .* Stop one of them"):
        require_room(unfinished, "a")
    require_room(unfinished, "b")


def test_a_server_takes_so_many_runs() -> None:
    """Beyond them a newcomer hears how many wait."""
    unfinished = [Run(str(number), TrainConfig(), owner=str(number)) for number in range(limits.MAX_RUNS_KEPT)]
    with pytest.raises(SettingError, match=r"^20 runs are waiting or under way"):
        require_room(unfinished, "newcomer")
