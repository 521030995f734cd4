"""Measuring the machine: one at a time, ended by whoever began it, each learner's last one kept."""

import threading
from collections.abc import Callable

import pytest

from explorer.core import limits
from explorer.core.errors import DataError, SettingError
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.link import encode
from explorer.core.network.networks import DENSE
from explorer.core.run.throughput import DeviceCurve, Throughput
from explorer.runs import throughputs
from explorer.runs.throughputs import Measurement, Throughputs
from explorer.runs.torch_process import Ended
from tests.runs.following import SECONDS

FOUND = Throughput("2.14.1", 1, (DeviceCurve("cpu", "a", ((1, 10.0), (4, 30.0)), {}),))


class FakeProcess:
    """Answers when it is told to."""

    def __init__(self) -> None:
        self.goes_on, self.ended = threading.Event(), False
        self.fails: Exception | None = None

    def answer(self, on_progress: Callable[[int, int], None]) -> bytes:
        on_progress(1, 2)
        assert self.goes_on.wait(SECONDS)
        if self.ended:
            raise Ended
        if self.fails:
            raise self.fails
        return FOUND.as_json().encode()

    def end(self) -> None:
        self.ended = True
        self.goes_on.set()


def wait_until_done(measurement: Measurement) -> None:
    for thread in threading.enumerate():
        if thread.name == "throughput":
            thread.join(SECONDS)
    assert measurement.state != "running"


@pytest.fixture
def measuring():
    made: list[FakeProcess] = []

    def measure(stack: str) -> FakeProcess:
        made.append(FakeProcess())
        return made[-1]

    one = Throughputs(measure)
    yield one, made
    one.close()


def test_what_was_measured_is_the_learners(measuring) -> None:
    """Nobody else's."""
    measure, made = measuring
    mine = measure.start("a", "me")
    made[0].goes_on.set()
    wait_until_done(mine)
    assert ("done", FOUND) == (mine.state, mine.found)
    assert (mine, None) == (measure.of("me"), measure.of("you"))


def test_a_second_one_waits_for_the_first(measuring) -> None:
    """It is refused with the reason, also to the same learner, and taken when the first has ended."""
    measure, made = measuring
    first = measure.start("a", "me")
    for learner in ("you", "me"):
        with pytest.raises(SettingError, match=f"{limits.MAX_THROUGHPUT_SECONDS} s at most"):
            measure.start("a", learner)
    made[0].goes_on.set()
    wait_until_done(first)
    assert measure.start("a", "you").state == "running"


def test_stop_ends_it(measuring) -> None:
    """The learner's own, and no other's."""
    measure, made = measuring
    mine = measure.start("a", "me")
    measure.stop("you")
    assert mine.state == "running"
    measure.stop("me")
    wait_until_done(mine)
    assert (mine.state, made[0].ended) == ("cancelled", True)


def test_a_failure_says_why(measuring) -> None:
    """As a sentence."""
    measure, made = measuring
    mine = measure.start("a", "me")
    made[0].fails = DataError("This could not be computed: {reason}.", reason="9")
    made[0].goes_on.set()
    wait_until_done(mine)
    assert ("failed", "This could not be computed: 9.") == (mine.state, str(mine.error))


def test_few_are_remembered(measuring, monkeypatch) -> None:
    """Of many learners, the last."""
    monkeypatch.setattr(limits, "MAX_THROUGHPUTS_KEPT", 2)
    measure, made = measuring
    for number in range(4):
        one = measure.start("a", f"learner {number}")
        made[-1].goes_on.set()
        wait_until_done(one)
    assert [False, False, True, True] == [measure.of(f"learner {number}") is not None for number in range(4)]


@pytest.mark.processes
def test_a_process_measures_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Within its time, with progress; a network that cannot be trained is refused with its reason."""
    monkeypatch.setattr(throughputs, "START_SECONDS", 200)  # a busy machine is refused there for good reason
    real = Throughputs()
    mine = real.start(encode(NetworkSpec(DENSE)), "me")
    wait_for(mine)
    assert mine.state == "done", str(mine.error)
    assert mine.found is not None
    assert mine.found.curves[-1].kind == "cpu"
    assert (mine.done, mine.total) == (6 * len(mine.found.curves), 6 * len(mine.found.curves))
    refused = real.start("1_1x28x28_f", "me")
    wait_for(refused)
    assert "no weights" in str(refused.error)


def wait_for(measurement: Measurement) -> None:
    for thread in threading.enumerate():
        if thread.name == "throughput":
            thread.join(limits.MAX_THROUGHPUT_SECONDS + throughputs.START_SECONDS)
    assert measurement.state != "running"
