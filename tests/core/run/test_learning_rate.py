"""The learning rate at a step: the training, the planned curve, the script and the advice all ask for it here."""

from dataclasses import replace

import pytest

from explorer.core.run.learning_rate import base_lr_at, changes_in_turn, lr_at, momentum_at
from explorer.core.run.records import Change
from explorer.core.run.train_config import TrainConfig

CONFIG = TrainConfig(lr=0.02, momentum=0.5)


def test_a_change_counts_from_its_step_on() -> None:
    """The one made last; each leaves what it does not name."""
    config = replace(CONFIG, changes=(Change(10, lr=0.1), Change(20, momentum=0.9), Change(30, lr=0.3, momentum=0.0)))
    assert [0.02, 0.1, 0.1, 0.3] == [base_lr_at(config, step) for step in (9, 10, 29, 30)]
    assert [0.5, 0.9, 0.0] == [momentum_at(config, step) for step in (19, 29, 10_000)]


def test_a_change_written_behind_a_later_one_waits_for_it() -> None:
    """As the training makes them, one after the other."""
    config = replace(CONFIG, changes=(Change(50, lr=0.1), Change(20, lr=0.3)))
    assert [(50, 0.1, None), (50, 0.3, None)] == list(changes_in_turn(config))
    assert [0.02, 0.3] == [base_lr_at(config, step) for step in (49, 50)]


def test_the_schedule_multiplies_what_was_set() -> None:
    """A tenth from the middle on, of the rate that was changed meanwhile."""
    config = replace(CONFIG, schedule="step", changes=(Change(60, lr=0.4),))
    assert [0.02, 0.002, 0.04] == pytest.approx(list(lr_at(config, [49, 50, 60], 100)))
