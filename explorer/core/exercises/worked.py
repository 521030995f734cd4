"""A chain of computation as a learner writes it: its lines, and the answer that the last one ends in.

The lines are formulas with PyTorch's own names, the same in every language.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Answer = tuple[float, ...]  # one number, or the numbers of a shape


@dataclass(frozen=True)
class Worked:
    """An answer, and how one comes to it."""

    answer: Answer
    lines: tuple[str, ...]

    def first_other_line(self, other: "Worked") -> int:
        """Where this chain leaves the ``other``: the index of its first line that the other has not at that place."""
        pairs = zip(self.lines, other.lines, strict=False)
        shorter = min(len(self.lines), len(other.lines)) - 1
        return next((index for index, (mine, theirs) in enumerate(pairs) if mine != theirs), shorter)


def result(value: float, *lines: str) -> Worked:
    """A chain that ends in one number."""
    return Worked((value,), lines)


def place(cell: Sequence[int], *lines: str) -> Worked:
    """A chain that ends in a row and a column."""
    return Worked((float(cell[0]), float(cell[1])), (*lines, f"({cell[0]}, {cell[1]})"))


def spell(value: float, decimals: int = 2) -> str:
    """A number in a line: 5,020 from five digits on with its comma, −0.42, no more than that many decimals."""
    text = (
        f"{round(value, decimals) + 0:,.{decimals}f}"
        if abs(value) >= 10_000
        else f"{round(value, decimals) + 0:.{decimals}f}"
    )
    trimmed = text.rstrip("0").rstrip(".") if "." in text else text
    return trimmed.replace("-", "−")


def shape(numbers: Iterable[float]) -> str:
    """10×24×24."""
    return "×".join(map(spell, numbers))


def factor(value: float) -> str:
    """A number in a product or a sum: in brackets where it is negative."""
    return f"({spell(value)})" if value < 0 else spell(value)


def product(*numbers: float) -> str:
    """3·5·5."""
    return "·".join(map(factor, numbers))
