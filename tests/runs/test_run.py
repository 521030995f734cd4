"""A run's history as records arrive."""

import math

from explorer.core.run.records import Change, Started, Steps
from explorer.core.run.train_config import TrainConfig
from explorer.runs.run import Run

STARTED = Started("cpu", 1, 8490, 640, 10, 20, {"torch": "2"})


def steps(at: int, losses: list[float]) -> Steps:
    return Steps(step=at, losses=losses, seconds=float(at), images_per_second=64.0)


def test_records_add_up_to_a_history() -> None:
    """Every step's loss, the time so far, and from both the time that is left."""
    run = Run("id", TrainConfig())
    for record in (STARTED, steps(2, [2.0, 1.5]), steps(5, [1.0, 0.5, 0.25])):
        run.add_record(record)
    assert run.losses.points() == ([1, 2, 3, 4, 5], [2.0, 1.5, 1.0, 0.5, 0.25])
    assert run.step == 5
    assert run.seconds_left() == 15  # a second a step; 20 steps in all


def test_a_history_that_is_forgotten_begins_anew() -> None:
    """Before what is on disk is taken once more; no step is drawn twice."""
    run = Run("id", TrainConfig())
    for record in (STARTED, steps(2, [2.0, 1.5])):
        run.add_record(record)
    run.forget()
    run.add_record(steps(1, [2.0]))
    assert run.losses.points() == ([1], [2.0])


def test_a_late_start_does_not_wake_an_ended_run() -> None:
    """A record that is overtaken by the end changes no state: the Start button stays enabled."""
    run = Run("id", TrainConfig(), state="stopped")
    run.add_record(STARTED)
    assert run.state == "stopped"


def test_a_change_is_a_setting_from_then_on() -> None:
    """What a run's card shows repeats the run: the changes made by hand are in it, each once."""
    run = Run("id", TrainConfig())
    for _ in range(2):
        run.add_record(Change(5, lr=0.1))
    assert run.config.changes == (Change(5, lr=0.1),)


def test_a_change_by_hand_stands_before_those_that_wait() -> None:
    """A repeated run has changes of its own: settings that name the new one behind them would make it with them."""
    run = Run("id", TrainConfig(changes=(Change(3, lr=0.2), Change(9, lr=0.3))))
    for change in (Change(3, lr=0.2), Change(5, lr=0.1), Change(9, lr=0.3)):
        run.add_record(change)
    assert run.config.changes == (Change(3, lr=0.2), Change(5, lr=0.1), Change(9, lr=0.3))


def test_a_gradient_that_is_no_number_leaves_a_gap() -> None:
    """In a run that diverged, whose file has null there, as in one that is followed."""
    run = Run("id", TrainConfig())
    for step, norm in ((1, 0.5), (2, None), (3, math.nan)):
        run.add_record(Steps(step, [1.0], float(step), 64.0, grad_norms={"fc": norm}))
    at, values = run.grad_norms["fc"].points()
    assert ([1, 2, 3], 0.5, [True, True]) == (at, values[0], list(map(math.isnan, values[1:])))
