"""What the browser gets of a table of runs; messages.d.ts says the same to its scripts."""

from typing import TypedDict

from explorer.components.run_looks import LookMessage

WORDS = ("table", "sort", "download", "more")


class CellMessage(TypedDict):
    """A Cell."""

    text: str
    value: float | str | None


class RunMessage(TypedDict):
    """A row of the table."""

    look: LookMessage
    cells: list[CellMessage]


class TableMessage(TypedDict):
    """All that the table gets."""

    heads: list[str]
    rows: list[RunMessage]
    file: str
    words: dict[str, str]
