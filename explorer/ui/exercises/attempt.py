"""What the learner has answered to the question that stands there; another question begins anew."""

from collections.abc import Hashable
from dataclasses import dataclass

import streamlit as st

from explorer.core.errors import SettingError
from explorer.core.exercises.exercise import Exercise
from explorer.core.exercises.given import NOTHING, Given
from explorer.core.exercises.question import Question, Verdict, judge
from explorer.core.exercises.worked import Answer
from explorer.ui.exercises.progress import mark_answered

_ATTEMPT = "exercise_attempt"


@dataclass(frozen=True)
class Attempt:
    """To the question of ``identity``: the ``answer`` with its ``verdict``, or why it is none, or that it was shown."""

    identity: Hashable
    answer: Answer = ()
    verdict: Verdict | None = None
    problem: SettingError | None = None
    is_given_up: bool = False

    @property
    def is_revealed(self) -> bool:
        """Whether the right answer has been said: after it was found, after a slip that is known, or on demand."""
        return self.is_given_up or bool(self.verdict and (self.verdict.is_right or self.verdict.slips))

    @property
    def is_settled(self) -> bool:
        """Whether the learner is done with it: after the right answer, or when it was shown and not tried again."""
        return self.verdict.is_right if self.verdict else self.is_given_up and not self.problem


@dataclass(frozen=True)
class Asked:
    """The open exercise: its question, or why the screen has none, and the attempt at it; ``given`` with made-up
    numbers is what the question takes from no screen."""

    exercise: Exercise
    question: Question | None
    problem: SettingError | None
    attempt: Attempt
    given: Given = NOTHING

    @property
    def hides(self) -> str:
        """What of the screen is not shown, by ``Exercise.hides``: nothing once the answer has been said."""
        return "" if self.question is None or self.attempt.is_revealed else self.exercise.hides

    def check(self, text: str) -> None:
        """Judges what was typed. A right answer after the answer has been said is no progress."""
        if self.question is None:
            return
        try:
            answer = self.exercise.read(text, self.question)
        except SettingError as error:
            _keep(Attempt(self.attempt.identity, problem=error, is_given_up=self.attempt.is_revealed))
            return
        verdict = judge(self.question, answer)
        if verdict.is_right and not self.attempt.is_revealed:
            mark_answered(self.exercise.name)
        _keep(Attempt(self.attempt.identity, answer, verdict, is_given_up=self.attempt.is_revealed))

    def give_up(self) -> None:
        """The answer is shown."""
        _keep(Attempt(self.attempt.identity, is_given_up=True))


def asked(exercise: Exercise, state: object, given: Given = NOTHING) -> Asked:
    """The exercise's question about a state, with the attempt at just this question, and what is ``given`` with it."""
    question, problem = None, None
    try:
        question = exercise.ask(state)
    except SettingError as error:
        problem = error
    identity = exercise.name, question and (str(question.sentence), question.right)
    attempt = st.session_state.get(_ATTEMPT)
    if attempt is None or attempt.identity != identity:
        attempt = Attempt(identity)
    return Asked(exercise, question, problem, attempt, given)


def forget_attempt() -> None:
    """The next question begins anew, even where chance has drawn the same one."""
    st.session_state.pop(_ATTEMPT, None)


def _keep(attempt: Attempt) -> None:
    st.session_state[_ATTEMPT] = attempt
