"""What the browser gets of an exercise's verdict; messages.d.ts says the same to its scripts."""

from typing import Literal, TypedDict

WORDS = ("differs", "chains")
Kind = Literal["", "right", "wrong", "shown"]


class LineMessage(TypedDict):
    """A line of a chain; ``differs`` marks the one at which the two chains part."""

    text: str
    differs: bool


class ChainMessage(TypedDict):
    """A chain of computation under its title."""

    title: str
    lines: list[LineMessage]


class ExerciseMessage(TypedDict):
    """All that the verdict gets; ``progress`` are the codes of the exercises that this session has answered.

    ``field`` is the key of the answer's field, another one for each question.
    """

    kind: Kind
    verdict: str
    chains: list[ChainMessage]
    progress: str
    field: str
    words: dict[str, str]
