"""An exercise: a way to ask about what a page shows, and to draw numbers on which its slips differ."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random, SystemRandom
from typing import Any, Literal

from explorer.core import limits
from explorer.core.errors import SettingError
from explorer.core.exercises.answer_text import read_answer, read_place
from explorer.core.exercises.given import NOTHING, Given
from explorer.core.exercises.question import Question
from explorer.core.exercises.worked import Answer

MOST_SEEDS = 9999  # of made-up numbers
Hides = Literal["", "cell", "output", "answer"]
Picks = Literal["", "cell", "row"]


def new_seed() -> int:
    """One that nobody can foresee, of made-up numbers."""
    return SystemRandom().randint(1, MOST_SEEDS)


@dataclass(frozen=True)
class Exercise:
    """``name`` stands in links; ``page`` is the name of the page that it belongs to; ``title`` is marked.

    ``ask`` gives the question about a page's state, and raises SettingError where the state has no such question.
    ``draw_state`` makes up a state. ``hides`` is what the page must not show before the answer: a "cell" of the
    ``grid`` of that name, the "output" with its shape, or any other "answer" that stands on it. ``picks`` is what of
    the input's grid the answer names, from 1, so that a click can give it: a "cell" (row, column) or a "row".
    ``given`` is what the question takes from the page's screen, for where it is asked without one.
    """

    name: str
    page: str
    title: str
    ask: Callable[[Any], Question]
    draw_state: Callable[[Random], Any]
    hides: Hides = ""
    grid: str = "Output"
    picks: Picks = ""
    given: Callable[[Any], Given] = lambda _: NOTHING

    def draw(self, random: Random) -> Any:  # noqa: ANN401 - the page's own kind of state
        """A state on which the slips differ from each other and from the right answer.

        After ``limits.MAX_EXERCISE_DRAWS`` the last one, on which some do not.
        """
        state = self.draw_state(random)
        for _ in range(limits.MAX_EXERCISE_DRAWS):
            if self._is_clear(state):
                break
            state = self.draw_state(random)
        return state

    def has_question(self, state: object) -> bool:
        """Whether that state has it."""
        try:
            self.ask(state)
        except SettingError:
            return False
        return True

    def read(self, text: str, asked: Question) -> Answer:
        """What was typed as an answer to its question. Raises SettingError that says what is asked for."""
        return read_place(text) if self.picks == "cell" else read_answer(text, len(asked.right.answer))

    def _is_clear(self, state: object) -> bool:
        try:
            return self.ask(state).is_clear
        except SettingError:
            return False
