"""What a class is asked: an exercise on fixed numbers, and by which slip a wrong answer came about."""

from dataclasses import dataclass
from functools import lru_cache
from random import Random

from explorer.core.errors import Sentence, mark
from explorer.core.exercises.every import BY_NAME
from explorer.core.exercises.exercise import Exercise
from explorer.core.exercises.given import Given
from explorer.core.exercises.question import Question, judge
from explorer.core.exercises.slips import SLIPS
from explorer.core.exercises.worked import Answer, Worked


@dataclass(frozen=True)
class Label:
    """What answers are counted by: ``text`` is a marked sentence, ``answer`` the wrong one that this slip leads to."""

    text: str
    answer: Answer = ()


RIGHT, UNKNOWN = Label(mark("Right.")), Label(mark("By no slip that is known here."))


@dataclass(frozen=True, eq=False)
class ClassQuestion:
    """An exercise's question about made-up numbers, and what its page's screen would show of them."""

    exercise: Exercise
    asked: Question
    given: Given

    @property
    def sentence(self) -> Sentence:
        """What is asked."""
        return self.asked.sentence

    @property
    def right(self) -> Worked:
        """The right answer, and how one comes to it."""
        return self.asked.right

    def label(self, text: str) -> Label:
        """RIGHT, a slip, or UNKNOWN, as the exercise itself judges. Raises SettingError for what is no answer."""
        verdict = judge(self.asked, self.exercise.read(text, self.asked))
        if verdict.is_right:
            return RIGHT
        name = next(iter(verdict.slips), None)
        return Label(SLIPS[name], self.asked.slips[name].answer) if name else UNKNOWN


@lru_cache(maxsize=256)  # 0.5 ms each, and up to 0.2 s: the lecturer's page asks at every poll
def question_of(name: str, seed: int) -> ClassQuestion:
    """The exercise of that name on the numbers of that seed, on which no slip leads to another's answer."""
    exercise = BY_NAME[name]
    state = exercise.draw(Random(seed))
    return ClassQuestion(exercise, exercise.ask(state), exercise.given(state))
