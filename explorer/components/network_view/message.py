"""What the browser gets of a network; messages.d.ts says the same to its scripts."""

from typing import Literal, TypedDict

WORDS = (
    *("layer", "shape", "params", "mult_adds", "memory", "field", "step", "total", "table"),
    *("picture", "block", "features", "classifier", "hint", "hint_touch"),
    *("pixel", "sees", "sees_flattened", "sees_vector", "sees_nothing", "sees_unknown", "sees_too_large"),
    *("fails", "remark", "waits", "blamed", "message"),
)
RowState = Literal["fits", "fails", "waits", "remark"]
Runs = list[tuple[int, int, int]]  # first, step, count of each stretch of numbers that grow evenly


class BlockMessage(TypedDict):
    """A Block; ``rows`` and ``columns`` are the first and the last that each unit sees."""

    row: int
    name: str
    shape: str
    size: tuple[int, int, int] | tuple[int]
    rows: tuple[Runs, Runs] | None
    columns: tuple[Runs, Runs] | None
    grid: tuple[int, int] | None
    after: list[str]
    classifies: bool
    too_large: bool


class RowMessage(TypedDict):
    """A LedgerRow."""

    name: str
    code: str
    shapes: tuple[str, str]
    notes: list[str]
    params: str
    mult_adds: str
    memory: str
    field: str
    step: str
    state: RowState
    message: str
    advice: str
    repair: str
    blames: int | None
    chooses: bool


class NetworkMessage(TypedDict):
    """All that the network view gets; ``chosen`` is a ledger row, and a unit's row and column."""

    blocks: list[BlockMessage]
    rows: list[RowMessage]
    totals: RowMessage
    image: list[list[int]]
    chosen: tuple[int, int, int]
    reveal: bool
    words: dict[str, str]
