"""One class: a question at a time, an answer a student, counted by what came of it; safe among threads."""

import threading
from collections import Counter
from dataclasses import dataclass

from explorer.classes.question import RIGHT, UNKNOWN, ClassQuestion, Label
from explorer.core import limits
from explorer.core.errors import SettingError


@dataclass(frozen=True)
class ClassState:
    """What a class stands at: its question, the ``round``-th from 1, and how many of its students have answered.

    ``spread`` has how often each label was given: the right one first, then slips, the most frequent first, and last
    what is unknown. It is empty until it is revealed.
    """

    question: ClassQuestion
    round: int
    is_revealed: bool
    students: int
    answered: int
    spread: tuple[tuple[Label, int], ...]


@dataclass(frozen=True)
class Answer:
    """What a student has answered, and what it counts as, which is the student's to see once it is revealed."""

    text: str
    label: Label


class ClassRoom:
    """Opened with its first question. Students are known by what tells browsers apart, and by nothing else.

    ``code`` is what students type, ``secret`` what steers it; ``owner`` is the browser that opened it, ``ends_at`` the
    clock's second at which it is over.
    """

    def __init__(self, code: str, secret: str, owner: str, ends_at: float, question: ClassQuestion) -> None:
        self.code, self.secret, self.owner, self.ends_at = code, secret, owner, ends_at
        self._lock = threading.Lock()
        self._students: set[str] = set()
        self._question, self._round, self._is_revealed = question, 1, False
        self._answers: dict[str, Answer] = {}

    def state(self) -> ClassState:
        """As it is at this moment."""
        with self._lock:
            spread = self._spread() if self._is_revealed else ()
            counts = (len(self._students), len(self._answers))
            return ClassState(self._question, self._round, self._is_revealed, *counts, spread)

    def enter(self, student: str) -> None:
        """Counts a student in. Raises SettingError where the class is full."""
        with self._lock:
            self._enter(student)

    def answer(self, student: str, asked: int, text: str) -> None:
        """Takes an answer to the ``asked``-th question, in place of the student's one before.

        Raises SettingError for what is no answer, once it is revealed, and to another question than the present one.
        """
        if len(text) > limits.MAX_ANSWER_CHARACTERS:
            raise SettingError(
                "This answer has {count} characters, more than {highest}. Write the number alone.",
                count=len(text),
                highest=limits.MAX_ANSWER_CHARACTERS,
            )
        with self._lock:
            question = self._question
        answer = Answer(text.strip(), question.label(text))
        with self._lock:
            if asked != self._round or question is not self._question:
                raise SettingError("Meanwhile there is another question. Answer that one.")
            if self._is_revealed:
                raise SettingError("The answers have been shown: this question takes no more.")
            self._enter(student)
            self._answers[student] = answer

    def answer_of(self, student: str) -> Answer | None:
        """The student's answer to the present question."""
        with self._lock:
            return self._answers.get(student)

    def reveal(self) -> None:
        """Shows everybody how the answers are spread; no more are taken."""
        with self._lock:
            self._is_revealed = True

    def ask(self, question: ClassQuestion) -> None:
        """Asks another question, or the same one anew; the answers to the one before are gone."""
        with self._lock:
            self._question, self._round, self._is_revealed = question, self._round + 1, False
            self._answers = {}

    def _enter(self, student: str) -> None:
        if student not in self._students and len(self._students) >= limits.MAX_CLASS_STUDENTS:
            raise SettingError(
                "This class is full: {count} browsers are in it. Look at a neighbour’s screen.",
                count=len(self._students),
            )
        self._students.add(student)

    def _spread(self) -> tuple[tuple[Label, int], ...]:
        counts = Counter(answer.label for answer in self._answers.values())
        slips = [(label, count) for label, count in counts.most_common() if label not in (RIGHT, UNKNOWN)]
        unknown = [(UNKNOWN, counts[UNKNOWN])] if counts[UNKNOWN] else []
        return ((RIGHT, counts[RIGHT]), *slips, *unknown)
