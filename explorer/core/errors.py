"""Errors that are sentences for the learner: a template and its numbers, said in either language."""

from collections.abc import Mapping

from explorer.core.sentence_forms import in_english

# A template's fields of these names hold words of this project's own, marked, which are translated with it. Whatever
# stands in a field of another name (a folder, a layer's name, torch's message) is said as it is.
WORD_FIELDS = frozenset({"setting", "lines", "sort"})
LONG = 10_000  # numbers from here on are said with commas


def mark(sentence: str) -> str:
    """``sentence`` itself: marks what is translated later, so that the test of translations sees it."""
    return sentence


class ExplainedError(ValueError):
    """Something the learner can put right.

    ``sentence`` is an English template (the key of its translation), ``numbers`` its values;
    ``str(error)`` is the English sentence with the numbers filled in.
    """

    def __init__(self, sentence: str, **numbers: object) -> None:
        self.sentence = sentence
        self.numbers = {name: _sayable(value) for name, value in numbers.items()}
        super().__init__(fill_in(sentence, self.numbers))

    def __reduce__(self) -> tuple:
        # A worker's errors travel to the app by pickle, which would otherwise drop the numbers.
        return _rebuild, (type(self), self.sentence, self.numbers)


class SettingError(ExplainedError):
    """A setting outside what PyTorch, or this project's limits, accept."""


class DataError(ExplainedError):
    """A data set that is missing, broken, or not what it claims to be."""


def say(sentence: str, **numbers: object) -> tuple[str, dict[str, object]]:
    """A sentence for the learner that is no error: the template, which is also its translation's key, and numbers."""
    return sentence, numbers


def fill_in(sentence: str, numbers: Mapping[str, object]) -> str:
    """``sentence`` with its numbers in it, 3,211,264 and not 3211264: a number of five digits is read in threes."""
    return in_english(sentence, numbers).format(**{name: in_threes(value) for name, value in numbers.items()})


def in_threes(value: object) -> object:
    """A number as it is said; what is none, or short, as it is. A text is not looked into: it may be code."""
    is_long = isinstance(value, int | float) and abs(value) >= LONG
    return f"{value:,}" if is_long else value


def _sayable(value: object) -> object:
    """A file's name may hold bytes that are no text (an archive from elsewhere): a page can only say them as ?."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _rebuild(kind: type[ExplainedError], sentence: str, numbers: dict[str, object]) -> ExplainedError:
    return kind(sentence, **numbers)
