"""Which exercises a learner has answered, as a text for a link and for the browser's own storage.

Each has a code of three signs that follows from its name alone: exercises that are added later, or put elsewhere,
change no other's.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from hashlib import sha256

from explorer.core import limits
from explorer.core.errors import SettingError
from explorer.core.exercises.every import EXERCISES

CODE_SIGNS = 3


def code_of(name: str) -> str:
    """Three signs of a link."""
    return urlsafe_b64encode(sha256(name.encode()).digest())[:CODE_SIGNS].decode()


CODES = {exercise.name: code_of(exercise.name) for exercise in EXERCISES}


def progress_text(names: Iterable[str]) -> str:
    """The codes of these exercises, in the exercises' order."""
    chosen = set(names)
    return "".join(code for name, code in CODES.items() if name in chosen)


def read_progress(text: str) -> frozenset[str]:
    """The names of the exercises whose codes stand there; what is no exercise's, or was one's, is left out.

    Raises SettingError where the text is longer than any.
    """
    if len(text) > limits.MAX_PROGRESS:
        raise SettingError("This part of the link is cut off or was changed by hand.")
    codes = {text[start : start + CODE_SIGNS] for start in range(0, len(text), CODE_SIGNS)}
    return frozenset(name for name, code in CODES.items() if code in codes)
