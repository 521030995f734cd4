"""How far one is with the lecture's exercise: each step is seen from what is there."""

from dataclasses import replace

import pytest

from explorer.core.network.layers import NetworkSpec
from explorer.core.network.networks import EXERCISE, SIMPLE_CNN
from explorer.core.run.train_config import TrainConfig
from explorer.runs.run import Run
from explorer.ui.task.task import Task
from tests.trained_runs import trained_run

MINE, SIMPLE = TrainConfig(epochs=1, network=EXERCISE), TrainConfig(epochs=1)
BUILT = Task(NetworkSpec(EXERCISE))


def pair(**state: str) -> tuple[Run, Run]:
    runs = trained_run("mine", MINE), trained_run("simple", SIMPLE)
    for run in runs:
        run.state = state.get(run.id, run.state)
    return runs


def test_the_steps_are_done_one_by_one() -> None:
    """Nothing at first; all five at the end."""
    assert [False] * 5 == [*Task(NetworkSpec(SIMPLE_CNN)).done]
    assert [True, False, False, False, False] == [*BUILT.done]
    guessed = replace(BUILT, has_guessed=True)
    assert [True, True, True, True, False] == [*replace(guessed, pair=pair()).done]
    assert [True, False, True, False, False] == [*replace(BUILT, pair=pair()).done], "no answer without a guess"
    assert all(replace(guessed, pair=pair(), sentence="More layers, more numbers.").done)


@pytest.mark.parametrize("layers", [EXERCISE[::-1], EXERCISE[:-1]])
def test_three_of_each_that_do_not_fit_are_not_built(layers: tuple) -> None:
    """The order matters to PyTorch; and one layer too few is not what was asked for."""
    assert not Task(NetworkSpec(layers)).is_built


def test_images_of_another_size_are_not_the_digits() -> None:
    """The network has to take MNIST's."""
    assert not Task(NetworkSpec(EXERCISE, (1, 32, 32))).is_built


@pytest.mark.parametrize("state", ["queued", "running", "stopped", "failed"])
def test_both_runs_have_to_end_by_themselves(state: str) -> None:
    """One that still trains is under way; one that was stopped, or broke off, is neither under way nor an answer."""
    task = replace(BUILT, pair=pair(simple=state))
    assert not task.is_trained
    assert (state in ("queued", "running")) == task.is_under_way


def test_a_run_that_went_nan_is_no_answer() -> None:
    """It has ended, but has no accuracy to compare."""
    assert not replace(BUILT, pair=pair(mine="diverged")).is_trained
