"""The two runs that answer the lecture's exercise: a network with its layers, and the simple CNN trained alike."""

from collections.abc import Iterable
from dataclasses import replace

from explorer.core.data.data_sets import SOURCES
from explorer.core.network.exercise_parts import has_parts
from explorer.core.network.networks import SIMPLE_CNN
from explorer.core.run.comparison import two_standard_errors
from explorer.core.run.train_config import TrainConfig
from explorer.runs.run import ENDED_WELL, Run
from explorer.ui.language import say_number, t

Pair = tuple[Run, Run]  # the exercise's, the simple CNN's


def exercise_pairs(runs: Iterable[Run]) -> list[Pair]:
    """Each run of a network with the exercise's layers, with one of the simple CNN that differs in nothing else."""
    every = list(runs)
    mine = [run for run in every if has_parts(run.config.network)]
    return [(run, twin) for run in mine if (twin := _find(every, replace(run.config, network=SIMPLE_CNN)))]


def is_answered(pair: Pair) -> bool:
    """Whether both have ended by themselves and were tested."""
    return all(run.state in ENDED_WELL and run.accuracy is not None for run in pair)


def who_is_ahead(pair: Pair) -> tuple[str, str]:
    """One of GUESSES, and the sentence; both runs were tested."""
    mine, other = (run.accuracy or 0.0 for run in pair)
    images = SOURCES[pair[0].config.data].test_images
    difference, luck = mine - other, two_standard_errors(mine, other, images)
    points = {"points": say_number(100 * max(luck, abs(difference)), ".1f")}
    if abs(difference) < luck:
        many = say_number(images, ",")
        return "neither", t("With {images} test images less than {points} points may be chance.", images=many, **points)
    if difference > 0:
        words = t("The exercise's network is ahead by {points} points, more than chance alone makes likely.", **points)
        return "exercise", words
    return "simple", t("The simple CNN is ahead by {points} points, more than chance alone makes likely.", **points)


def _find(runs: Iterable[Run], config: TrainConfig) -> Run | None:
    return next((run for run in runs if run.config == config), None)
