"""A run's learning rate and momentum at any step: what was set last, and the schedule over it."""

import math
from collections.abc import Iterable, Iterator, Sequence

from explorer.core.run.schedule import lr_factor
from explorer.core.run.train_config import TrainConfig


def lr_at(config: TrainConfig, steps: Sequence[int], total_steps: int) -> Iterator[float]:
    """The learning rate of each of ``steps`` (their numbers, from 0, rising), of ``total_steps``."""
    for step, base in zip(steps, _base_lrs(config, steps), strict=True):
        yield base * lr_factor(config.schedule, step, total_steps)


def base_lr_at(config: TrainConfig, step: int) -> float:
    """Before the schedule, in step number ``step``: the one set last."""
    return next(_base_lrs(config, [step]))


def momentum_at(config: TrainConfig, step: int) -> float:
    """SGD's momentum, or Adam's first beta, in step number ``step`` (from 0)."""
    momentum = config.momentum
    for begins, _, new_momentum in changes_in_turn(config):
        if begins > step:
            break
        momentum = momentum if new_momentum is None else new_momentum
    return momentum


def changes_in_turn(config: TrainConfig) -> Iterator[tuple[int, float | None, float | None]]:
    """(first step, learning rate, momentum) of each change; None for what stays.

    They are made in the order in which they are written: none begins before the one that it is written behind.
    """
    begins = 0
    for change in config.changes:
        begins = max(begins, change.step)
        yield begins, change.lr, change.momentum


def _base_lrs(config: TrainConfig, steps: Iterable[int]) -> Iterator[float]:
    """Goes through the changes once, however many steps there are: a training asks for each stretch of steps."""
    changes, lr = changes_in_turn(config), config.lr
    begins, new_lr = _next_lr(changes)
    for step in steps:
        while begins <= step:
            lr = new_lr
            begins, new_lr = _next_lr(changes)
        yield lr


def _next_lr(changes: Iterator[tuple[int, float | None, float | None]]) -> tuple[float, float]:
    return next(((begins, lr) for begins, lr, _ in changes if lr is not None), (math.inf, math.nan))
