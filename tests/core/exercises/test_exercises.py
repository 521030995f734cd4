"""Every exercise on random numbers: its right answer is right, each modelled slip is known by its own name."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.exercises.every import BY_NAME, EXERCISES
from explorer.core.exercises.exercise import Exercise
from explorer.core.exercises.question import Verdict, judge
from explorer.core.exercises.slips import SLIPS
from tests.core.exercises import torch_answers, torch_programs
from tests.hypothesis_profiles import examples

ANSWERS = torch_answers.ANSWERS | torch_programs.ANSWERS
seeds = st.integers(0, 2**32)
every_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)


def test_there_are_forty_exercises_at_least_in_the_lectures_order() -> None:
    """On every page some, under names that links keep."""
    pages = list(dict.fromkeys(exercise.page for exercise in EXERCISES))
    assert [
        *("home", "convolution", "channels", "pooling", "network", "train", "inside", "compare", "gpu", "help")
    ] == pages
    assert len(BY_NAME) == len(EXERCISES) >= 40


@every_exercise
@given(seed=seeds)
@examples(20)
def test_each_answer_has_its_verdict(exercise: Exercise, seed: int) -> None:
    """The right one is right, no slip leads to it, each slip is named and no other with it; what is none is unknown."""
    asked = exercise.ask(exercise.draw(Random(seed)))
    assert Verdict(True) == judge(asked, asked.right.answer)
    assert asked.slips
    assert asked.silent_slips == ()
    for name, worked in asked.slips.items():
        assert Verdict(False, (name,)) == judge(asked, worked.answer)
    known = [asked.right.answer, *(worked.answer for worked in asked.slips.values())]
    assert Verdict(False) == judge(asked, tuple(max(numbers) + 1 for numbers in zip(*known, strict=True)))


@every_exercise
@given(seed=seeds)
@examples(20)
def test_a_slips_chain_leaves_the_right_one_at_a_line(exercise: Exercise, seed: int) -> None:
    """There is one to mark, up to which the two are the same; and a number of lines that can be read."""
    asked = exercise.ask(exercise.draw(Random(seed)))
    for worked in asked.slips.values():
        line = worked.first_other_line(asked.right)
        assert worked.lines[:line] == asked.right.lines[:line]
        assert worked.lines != asked.right.lines
        assert 1 <= len(worked.lines) <= 8


@pytest.mark.parametrize("name", ANSWERS)
@given(seed=seeds)
@examples(20)
def test_the_right_answer_is_pytorchs(name: str, seed: int) -> None:
    """By the layer, the optimizer or the loss itself."""
    state = BY_NAME[name].draw(Random(seed))
    assert list(ANSWERS[name](state)) == pytest.approx(BY_NAME[name].ask(state).right.answer, abs=1e-5)


def test_every_slip_is_modelled_somewhere() -> None:
    """And none has no words."""
    used = {name for exercise in EXERCISES for name in exercise.ask(exercise.draw(Random(1))).slips}
    assert set(SLIPS) == used
