"""All exercises in the lecture's order, on each page the easy ones first."""

from collections.abc import Mapping

from explorer.core.exercises import (
    channels,
    compare,
    convolution,
    gpu,
    help_questions,
    home,
    inside,
    network,
    pooling,
    train,
)
from explorer.core.exercises.exercise import Exercise

EXERCISES: tuple[Exercise, ...] = tuple(
    exercise
    for page in (home, convolution, channels, pooling, network, train, inside, compare, gpu, help_questions)
    for exercise in page.EXERCISES
)
BY_NAME: Mapping[str, Exercise] = {exercise.name: exercise for exercise in EXERCISES}


def exercises_of(page: str) -> tuple[Exercise, ...]:
    """Those of the page of that name."""
    return tuple(exercise for exercise in EXERCISES if exercise.page == page)
