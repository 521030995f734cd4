"""The learning rate as the page draws it: what was, and what is planned."""

from dataclasses import replace

import pytest

from explorer.core.run.records import Change, Started, Steps
from explorer.core.run.schedule import SCHEDULES, lr_factor
from explorer.core.run.train_config import TrainConfig
from explorer.runs.run import Run
from explorer.ui.train.run_charts import planned_rate, steps_per_epoch, total_steps

STARTED = Started("cpu", 1, 8490, 6400, 100, 1000, {})
CONFIG = TrainConfig(lr=0.02, images=6400)


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_the_plan_is_the_schedule(schedule: str) -> None:
    """Every drawn point is the rate of the step that it stands at, the first and the last included."""
    rates = planned_rate(replace(CONFIG, schedule=schedule), None)
    assert [pytest.approx(0.02 * lr_factor(schedule, step - 1, 1000)) for step, _ in rates] == [
        rate for _, rate in rates
    ]
    assert (1, 1000) == (rates[0][0], rates[-1][0])


def test_a_change_stands_between_two_neighbouring_steps() -> None:
    """Up to step 100 the old rate, from 101 on the new one; a change of the momentum alone is none of the rate's."""
    changes = (Change(50, momentum=0.9), Change(100, lr=0.5))
    rates = dict(planned_rate(replace(CONFIG, changes=changes), None))
    assert (0.02, 0.5, 0.5) == (rates[100], rates[101], rates[1000])


def test_the_present_step_is_among_the_points() -> None:
    """What is drawn as trained ends where the other curves end."""
    run = Run("a", CONFIG)
    run.add_record(STARTED)
    run.add_record(Steps(333, [1.0] * 333, 1.0, 1.0))
    assert 333 in dict(planned_rate(CONFIG, run))


def test_before_a_run_its_length_is_known() -> None:
    """From the settings; the last batch may be smaller, the last epoch a part of one."""
    assert (100, 1000) == (steps_per_epoch(CONFIG, None), total_steps(CONFIG, None))
    half = replace(CONFIG, images=100, epochs=0.75)
    assert (2, 2) == (steps_per_epoch(half, None), total_steps(half, None))
    assert (938, 9380) == (steps_per_epoch(TrainConfig(), None), total_steps(TrainConfig(), None))
