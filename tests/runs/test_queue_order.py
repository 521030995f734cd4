"""The order in which runs get a worker."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core import limits
from explorer.core.errors import SettingError
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.run_lock import UNFINISHED
from explorer.runs import scheduler
from explorer.runs.archive import RunArchive
from explorer.runs.claims import RunClaims
from explorer.runs.queue_order import require_room
from explorer.runs.run import Run
from explorer.runs.scheduler import RunScheduler


class Workers:
    """In the place of the cluster: ``begun`` are the runs that it was given, in their order."""

    def __init__(self, slots: int) -> None:
        self.slots, self.begun = slots, []

    def submit(self, run_id: str, *assignment: object) -> None:
        self.begun.append(run_id)

    def cancel(self, submission: str) -> None:
        """A run that ends here was stopped before its first step."""

    def forget(self, attempt: str) -> None:
        """There was none."""


class Class:
    """Learners a, b … start runs a1, a2, b1 … on one server, and runs end."""

    def __init__(self, folder: Path, slots: int = 1) -> None:
        self.workers = Workers(slots)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(scheduler, "Cluster", lambda *hearers: self.workers)
            self.queue = RunScheduler(folder, RunArchive(folder), RunClaims(folder))

    def start(self, *names: str) -> "Class":
        """They press Start one after the other."""
        for name in names:
            self.queue.queue(Run(name, TrainConfig(), owner=name[0]))
        return self

    def end(self, place: int = 0) -> "Class":
        """One of the runs that have a worker ends."""
        self.queue.command([run for run in self.queue.runs() if run.id in self.workers.begun][place], "stop", {})
        return self

    def end_all(self) -> list[str]:
        """Each ends when it is its turn; the order in which they began."""
        while self.queue.runs():
            self.end()
        return self.workers.begun


def test_a_learners_second_run_comes_behind_everybodys_first(tmp_path: Path) -> None:
    """Who starts three at once delays the next learner by one, and those who come after them by no more."""
    school = Class(tmp_path).start("a1", "a2", "a3", "b1", "c1", "b2")
    assert ["a1", "b1", "c1", "a2", "b2", "a3"] == school.end_all()


def test_who_comes_while_anothers_second_run_trains_is_next(tmp_path: Path) -> None:
    """Learner a compares four rates, the fourth waiting in the browser for room; b comes in the middle of them."""
    school = Class(tmp_path).start("a1", "a2", "a3").end().start("a4", "b1")
    assert ["b1", "a3", "a4"] == [run.id for run in school.queue.waiting()]
    assert ["a1", "a2", "b1", "a3", "a4"] == school.end_all()


def test_of_one_round_first_come_is_first_served(tmp_path: Path) -> None:
    """With one run each the queue is a queue."""
    assert ["d1", "c1", "a1", "b1"] == Class(tmp_path).start("d1", "c1", "a1", "b1").end_all()


def test_who_starts_again_and_again_does_not_keep_a_third_run_waiting(tmp_path: Path) -> None:
    """Two learners who start their next run as soon as one has ended take turns with the run that waits."""
    school = Class(tmp_path).start("a1", "a2", "a3", "b1", "c1").end().end().end().start("b2").end().start("c2")
    for number in range(3, 6):
        school.end().start(f"b{number}").end().start(f"c{number}")
    assert ["a1", "b1", "c1", "a2", "b2", "c2", "a3"] == school.workers.begun[:7]


def test_a_server_where_nobody_waits_remembers_no_learner(tmp_path: Path) -> None:
    """Each visit may be another learner's: a year of them would lie in its memory."""
    school = Class(tmp_path).start("a1").end().start("b1").end().start("c1")
    assert {"c"} == school.queue._order._served


EVENTS = st.lists(st.one_of(st.sampled_from("abcd"), st.integers(0, 2)), max_size=30)  # a learner starts, a run ends


@given(EVENTS, st.integers(1, 3))
def test_while_a_newcomer_waits_nobody_begins_two_runs(events: list[str | int], slots: int) -> None:
    """And who waits is never overtaken because another run has ended: the place that is said only gets better."""
    with TemporaryDirectory() as folder:
        school, came, count = Class(Path(folder), slots), {}, Counter()
        for event in events:
            before, waited = len(school.workers.begun), [run.id for run in school.queue.waiting()]
            if isinstance(event, str):
                if sum(run.owner == event for run in school.queue.runs()) < limits.MAX_LEARNER_RUNS:
                    count[event] += 1
                    came[name := f"{event}{count[event]}"] = before
                    school.start(name)
            elif school.queue.runs():
                school.end(min(event, slots - 1, len(school.queue.runs()) - 1))
                assert waited == [*school.workers.begun[before:], *(run.id for run in school.queue.waiting())]
        begun = school.end_all()
        for newcomer in (f"{owner}1" for owner in count):
            ahead = begun[came[newcomer] : begun.index(newcomer)]
            assert max(Counter(name[0] for name in ahead).values(), default=0) <= 1


def test_a_learner_has_so_many_runs_at_a_time() -> None:
    """The refusal says how many there are, and what to do; other learners are not touched."""
    unfinished = [Run(name, TrainConfig(), owner="a") for name in ("a1", "a2", "a3")]
    assert limits.MAX_LEARNER_RUNS == len(unfinished)
    with pytest.raises(SettingError, match=r"^3 of your runs .* Stop one of them"):
        require_room(unfinished, "a")
    require_room(unfinished, "b")


def test_a_server_takes_so_many_runs() -> None:
    """Beyond them a newcomer hears how many wait."""
    unfinished = [Run(str(number), TrainConfig(), owner=str(number)) for number in range(limits.MAX_RUNS_KEPT)]
    with pytest.raises(SettingError, match=r"^20 runs are waiting or under way"):
        require_room(unfinished, "newcomer")


def test_a_thousand_starts_of_strangers_are_as_many_runs_as_there_is_room_for(tmp_path: Path) -> None:
    """Whoever keeps no cookie is a new learner each time: the server's own bound holds, on disk too."""
    school, refused = Class(tmp_path), 0
    for number in range(1000):
        try:
            school.queue.queue(Run(str(number), TrainConfig(), owner=f"stranger {number}"))
        except SettingError:
            refused += 1
    assert (limits.MAX_RUNS_KEPT, 1000 - limits.MAX_RUNS_KEPT) == (len(school.queue.runs()), refused)
    assert school.workers.begun == ["0"]
    assert [UNFINISHED] == [path.name for path in tmp_path.iterdir()]
    assert len(list((tmp_path / UNFINISHED).glob("*.json"))) == limits.MAX_RUNS_KEPT
