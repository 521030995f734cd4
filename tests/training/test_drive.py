"""A training that is steered: which commands it is given, and what comes of each."""

from collections.abc import Callable

import pytest

from explorer.core.run.records import Change, Epoch, Record, Started, Steps
from explorer.core.run.train_config import TrainConfig
from explorer.training import drive as driving
from explorer.training.drive import Saved, drive
from explorer.training.loop import Training
from explorer.training.state import restore
from explorer.training.steering import VIEW_SECONDS, Steering
from tests.training.digits import Clock, easy_digits

DIGITS = easy_digits()


class Page:
    """Takes what is reported; ``answers`` are called in turn, whenever the run pauses."""

    def __init__(self, *answers: Callable[[], None]) -> None:
        self.records: list[Record] = []
        self.said: list[str] = []
        self.saved: list[Saved] = []
        self.probes = 0
        self._answers = iter(answers)

    def record(self, record: Record) -> None:
        self.records.append(record)

    def state(self, name: str) -> None:
        self.said.append(name)
        if name == "paused":
            next(self._answers)()

    def save(self, saved: Saved) -> None:
        self.saved.append(saved)

    def probe(self, probe: bytes) -> None:
        self.probes += 1

    @property
    def steps(self) -> int:
        return sum(len(record.losses) for record in self.records if isinstance(record, Steps))


def training(epochs: float = 2, tick: float = 1, **settings: object) -> Training:
    return Training(TrainConfig(epochs=epochs, **settings), DIGITS, Clock(tick))


def test_a_run_left_alone_finishes_and_is_saved() -> None:
    """A snapshot before the first step and after each pass, and a state from which nothing is left to do."""
    page, whole = Page(), training()
    assert "finished" == drive(whole, Steering(), page, Clock())
    assert [0, 1, 2] == [saved.epoch for saved in page.saved]
    assert [False, True, True] == [saved.predictions is not None for saved in page.saved]
    assert 6 == page.saved[-1].step == page.steps
    again = training()
    restore(again, page.saved[-1].state)
    assert [Started] == [type(record) for record in again.records()]


def test_one_step_one_epoch_and_on() -> None:
    """Each trains as far as it says and pauses again; two clicks are two steps."""
    steering = Steering()
    page = Page(
        lambda: steering.obey("step"),
        lambda: (steering.obey("step"), steering.obey("step")),
        lambda: steering.obey("epoch"),
        lambda: steering.obey("resume"),
    )
    steering.obey("pause")
    seen = []
    page.state = lambda name, say=page.state: (seen.append((name, page.steps)), say(name))
    assert "finished" == drive(training(3), steering, page, Clock())
    assert [("paused", 0), ("paused", 1), ("paused", 3), ("paused", 3)] == [
        pair for pair in seen if pair[0] == "paused"
    ]
    assert 9 == page.steps


def test_a_command_is_obeyed_after_the_step_under_way() -> None:
    """Not at the end of the stretch of steps that would have been one report."""
    steering, slow = Steering(), training(tick=0)  # whose report would come at the epoch's end, after three steps
    train_batches = slow.steps.train_batches

    def train_and_click(*arguments: object) -> object:
        if slow.step == 0:
            steering.obey("pause")
        return train_batches(*arguments)

    slow.steps.train_batches = train_and_click
    page = Page(lambda: steering.obey("resume"))
    drive(slow, steering, page, Clock())
    assert [1, 2, 3] == [len(record.losses) for record in page.records if isinstance(record, Steps)]


def test_an_evaluation_goes_on_while_the_run_is_paused() -> None:
    """Paused at an epoch's last step, it is evaluated all the same: the next step need not wait for it."""
    steering = Steering(run_seconds=10)
    page = Page(lambda: None)
    seen, record = [], page.record

    def look(one: Record) -> None:
        record(one)
        seen.append((type(one), page.said[-1:]))
        if seen[-1] == (Steps, []) and page.steps == 3:
            steering.obey("pause")
        if seen[-1] == (Epoch, ["paused"]):
            steering.obey("resume")

    page.record = look
    assert "finished" == drive(training(2), steering, page, Clock())
    assert (Epoch, ["paused"]) in seen
    assert [3, 6] == [epoch.step for epoch in page.records if isinstance(epoch, Epoch)]


def test_a_run_paused_at_its_last_step_finishes() -> None:
    """Nothing is left to resume."""
    steering = Steering(run_seconds=10)
    page = Page(lambda: None)
    record = page.record
    page.record = lambda one: (record(one), steering.obey("pause") if page.steps == 3 else None)
    assert "finished" == drive(training(1), steering, page, Clock())
    assert ["paused"] == page.said


def test_one_epoch_from_its_midst_goes_to_its_end() -> None:
    """The pass under way is trained to its end and evaluated, and the run pauses there."""
    steering = Steering()
    page = Page(
        lambda: steering.obey("step"),
        lambda: steering.obey("epoch"),
        lambda: steering.obey("stop"),
    )
    steering.obey("pause")
    assert "stopped" == drive(training(3), steering, page, Clock())
    assert (3, [1]) == (page.steps, [record.epoch for record in page.records if isinstance(record, Epoch)])


def test_a_change_while_paused_is_told_and_saved_at_once() -> None:
    """The rate of the next step is the new one; the state that was saved last has it."""
    steering = Steering()
    page = Page(lambda: (steering.obey("change", lr=0.5), steering.obey("resume")))
    steering.obey("pause")
    drive(training(1), steering, page, Clock())
    assert [Change(0, lr=0.5)] == [record for record in page.records if isinstance(record, Change)]
    assert 0.5 == next(record.lr for record in page.records if isinstance(record, Steps))
    again = training(1)
    restore(again, page.saved[1].state)  # the first one was saved as it paused
    assert (Change(0, lr=0.5),) == again.config.changes


@pytest.mark.parametrize("steps", [1, 3, 4])
def test_it_stops_after_just_so_many_steps(steps: int) -> None:
    """In the midst of a pass, and at its end; the state is that of the step."""
    page = Page()
    assert "stopped" == drive(training(tick=0), Steering(stop_after=steps), page, Clock())
    assert steps == page.steps == page.saved[-1].step


def test_a_stop_while_paused_ends_at_once() -> None:
    """No step more."""
    steering = Steering()
    steering.obey("pause")
    page = Page(lambda: steering.obey("stop"))
    assert "stopped" == drive(training(), steering, page, Clock())
    assert (0, ["paused"]) == (page.steps, page.said)


def test_a_run_that_diverges_keeps_its_last_good_state() -> None:
    """What is saved is finite; how it ended says the rest."""
    page = Page()
    wild = Training(
        TrainConfig(epochs=2, lr=10, momentum=0.9), DIGITS._replace(train_images=DIGITS.train_images * 1e20)
    )
    assert "diverged" == drive(wild, Steering(), page, Clock(tick=10))
    again = training()
    for saved in page.saved:
        restore(again, saved.state)
        assert all(weight.isfinite().all() for weight in again.network.parameters())


def test_nobody_looks_and_the_time_is_up() -> None:
    """Either bound ends the run; a look puts the first one off."""
    clock = Clock()
    steering = Steering(idle_seconds=60, run_seconds=200, clock=clock)
    for now, ended in ((50, None), (100, None), (161, "idle"), (201, "idle")):
        clock.now = now
        if now == 100:
            steering.obey("watch")
            assert steering.watched
        assert ended == steering.reason_to_end(0)
    steering.obey("watch")
    assert "timeout" == steering.reason_to_end(0)


def test_digits_are_asked_only_while_somebody_looks() -> None:
    """Twice a second at most, and once in the end for whoever comes later."""
    clock = Clock(tick=VIEW_SECONDS + 1)
    page = Page()
    drive(training(), Steering(clock=clock), page, Clock())
    assert 1 == page.probes
    watched = Page()
    drive(training(), Steering(), watched, Clock(tick=driving.PROBE_SECONDS))
    assert watched.probes > 3


def test_states_are_saved_every_second_and_not_where_an_evaluation_is_due() -> None:
    """A kill costs a second; an evaluation is not there twice after it."""
    page, states = Page(), []
    run = training(3, evaluate_every=2)
    page.save = lambda saved: states.append((saved.step, run.evaluation_due))
    drive(run, Steering(), page, Clock(tick=0.6))
    assert not any(due for _, due in states)
    assert len(states) > 3
