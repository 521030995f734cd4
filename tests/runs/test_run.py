"""A run's history as reports arrive."""

import numpy as np

from explorer.core.train_config import Started, Steps, TrainConfig, as_message
from explorer.runs.run import Run

STARTED = Started("cpu", 1, 8490, 640, 10, 20, {"torch": "2"})


def steps(at: int, losses: list[float]) -> Steps:
    return Steps(step=at, losses=losses, seconds=float(at), images_per_second=64.0)


def test_reports_add_up_to_a_history() -> None:
    """Every step's loss, the time so far, and from both the time that is left."""
    run = Run("id", TrainConfig())
    run.take(*as_message(STARTED))
    run.take(*as_message(steps(2, [2.0, 1.5])))
    run.take(*as_message(steps(5, [1.0, 0.5, 0.25])))
    np.testing.assert_array_equal(run.history(), np.float32([2.0, 1.5, 1.0, 0.5, 0.25]))
    assert run.step == 5
    assert run.seconds_left() == 15  # a second a step; 20 steps in all


def test_a_worker_that_begins_anew_begins_the_curves_anew() -> None:
    """After a worker's death its successor starts at step 1; no step is drawn twice."""
    run = Run("id", TrainConfig())
    run.take(*as_message(STARTED))
    run.take(*as_message(steps(2, [2.0, 1.5])))
    run.take(*as_message(STARTED))
    run.take(*as_message(steps(1, [2.0])))
    assert run.step == 1


def test_a_late_state_does_not_wake_an_ended_run() -> None:
    """A report that is overtaken by the end changes nothing: the Start button stays enabled."""
    run = Run("id", TrainConfig())
    run.end("stopped", None)
    run.take("state", {"state": "running"})
    assert run.state == "stopped"


def test_a_broken_download_is_named() -> None:
    """The page can say which file was thrown away and fetched again."""
    run = Run("id", TrainConfig())
    run.take("notice", {"sentence": "{name} is broken", "numbers": {"name": "t10k.gz"}})
    assert run.notices == [("{name} is broken", {"name": "t10k.gz"})]
