"""Sentences for the learner, said in either language, and the errors that are such sentences."""

from collections.abc import Mapping
from dataclasses import dataclass

from explorer.core.sentence_forms import in_english

# A template's fields of these names hold words of this project's own, marked, which are translated with it. Whatever
# stands in a field of another name (a folder, a layer's name, torch's message) is said as it is.
WORD_FIELDS = frozenset({"setting", "lines", "sort"})
PATH_FIELDS = frozenset({"folder", "file", "path", "reason"})  # may say where on the server something lies
LONG = 10_000  # numbers from here on are said with commas


def mark(sentence: str) -> str:
    """``sentence`` itself: marks what is translated later, so that the test of translations sees it."""
    return sentence


@dataclass(frozen=True)
class Sentence:
    """An English template ``text``, which is also its translation's key, and the ``numbers`` that its fields name.

    ``str(sentence)`` is the English sentence with the numbers filled in.
    """

    text: str
    numbers: Mapping[str, object]

    def __str__(self) -> str:
        return fill_in(self.text, self.numbers)

    def as_list(self) -> list[object]:
        """[text, numbers]: as reports and run.json spell it."""
        return [self.text, dict(self.numbers)]


def say(text: str, /, **numbers: object) -> Sentence:
    """``say("{layer} expects {expected} channels.", layer="conv2", expected=10)``."""
    return Sentence(text, {name: _sayable(value) for name, value in numbers.items()})


class ExplainedError(ValueError):
    """Something the learner can put right, as ``sentence`` says; ``str(error)`` is what it is in English."""

    def __init__(self, text: str, /, **numbers: object) -> None:
        self.sentence = say(text, **numbers)
        super().__init__(str(self.sentence))

    def __reduce__(self) -> tuple[object, ...]:
        # A worker's errors travel to the app by pickle, which would otherwise drop the numbers.
        return _rebuild, (type(self), self.sentence)


class SettingError(ExplainedError):
    """A setting outside what PyTorch, or this project's limits, accept."""


class DataError(ExplainedError):
    """A data set that is missing, broken, or not what it claims to be."""


def fill_in(text: str, numbers: Mapping[str, object]) -> str:
    """``text`` with its numbers in it, 3,211,264 and not 3211264: a number of five digits is read in threes."""
    return in_english(text, numbers).format(**{name: in_threes(value) for name, value in numbers.items()})


def in_threes(value: object) -> object:
    """A number as it is said; what is none, or short, as it is. A text is not looked into: it may be code."""
    is_long = isinstance(value, int | float) and abs(value) >= LONG
    return f"{value:,}" if is_long else value


def _sayable(value: object) -> object:
    """A file's name may hold bytes that are no text (an archive from elsewhere): a page can only say them as ?."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _rebuild(kind: type[ExplainedError], sentence: Sentence) -> ExplainedError:
    return kind(sentence.text, **sentence.numbers)
