"""What the browser gets of the exercise's card; messages.d.ts says the same to its script."""

from typing import TypedDict

WORDS = ("download",)


class ComparedMessage(TypedDict):
    """One of the two networks that were compared, all of it as it is said."""

    name: str
    accuracy: str
    facts: list[str]


class FactMessage(TypedDict):
    """A line with what it is about before it."""

    label: str
    text: str


class CardMessage(TypedDict):
    """All that the card gets. ``file`` is the picture's name, "" while it is not complete."""

    title: str
    corner: str
    networks: list[ComparedMessage]
    facts: list[FactMessage]
    file: str
    words: dict[str, str]
