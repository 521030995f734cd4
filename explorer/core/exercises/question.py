"""A question, and what an answer to it shows: that it is right, which slip leads to it, or nothing that is known."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from explorer.core.errors import Sentence, SettingError
from explorer.core.exercises.worked import Answer, Worked

Numbers = TypeVar("Numbers")
# The computation of an answer: rightly for "", else with the slip of that name (``slips.SLIPS``).
Compute = Callable[[str], Worked]


@dataclass(frozen=True)
class Question:
    """``sentence`` asks with numbers; ``right`` answers it; ``slips``, by their names, answer it wrongly.

    An answer counts as equal to another within half of the last of ``decimals``; a count is a count.
    """

    sentence: Sentence
    right: Worked
    slips: Mapping[str, Worked]
    decimals: int = 0

    @property
    def silent_slips(self) -> tuple[str, ...]:
        """The slips that lead to the right answer on these very numbers."""
        return tuple(name for name, worked in self.slips.items() if self.equal(worked.answer, self.right.answer))

    @property
    def is_clear(self) -> bool:
        """Whether each wrong answer has one slip, and no slip leads to the right one."""
        answers = [self.right.answer, *(worked.answer for worked in self.slips.values())]
        return not any(self.equal(one, other) for one, other in combinations(answers, 2))

    def equal(self, one: Answer, other: Answer) -> bool:
        """Whether two answers are the same to the decimals that are asked for."""
        nearest = 1e-6 if self.decimals == 0 else 0.5 * 10**-self.decimals + 1e-9
        return len(one) == len(other) and all(abs(a - b) <= nearest for a, b in zip(one, other, strict=True))


@dataclass(frozen=True)
class Verdict:
    """``slips`` are the names of those that lead to the wrong answer; none where it is right, or unknown."""

    is_right: bool
    slips: tuple[str, ...] = ()


def question(sentence: Sentence, compute: Compute, slips: Sequence[str], decimals: int = 0) -> Question:
    """The question whose answers ``compute`` gives, the right one and that of each slip."""
    return Question(sentence, compute(""), {name: compute(name) for name in slips}, decimals)


def of_screen(numbers: Numbers | None) -> Numbers:
    """The numbers, as a state has them. Raises SettingError where the screen has none for the question."""
    if numbers is None:
        raise SettingError("This screen has no numbers for it. Press “New numbers”.")
    return numbers


def judge(asked: Question, answer: Answer) -> Verdict:
    """What the answer shows."""
    if asked.equal(answer, asked.right.answer):
        return Verdict(True)
    return Verdict(False, tuple(name for name, worked in asked.slips.items() if asked.equal(answer, worked.answer)))
