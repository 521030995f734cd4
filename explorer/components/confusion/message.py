"""What the browser gets to draw a confusion matrix; messages.d.ts says the same to its scripts."""

from typing import TypedDict

WORDS = (
    *("matrix", "matrix_label", "matrix_answer", "matrix_right", "matrix_cell", "tested", "empty"),
    "predictions_unreachable",
)


class ConfusionMessage(TypedDict):
    """All that it gets: the ``address`` of predictions made after ``epoch`` passes, "" before there are any."""

    address: str
    epoch: float
    names: list[str]
    words: dict[str, str]
