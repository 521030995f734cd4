"""The table that app.py prints: a measured value, and its ratio to a baseline measured in the same run."""

from dataclasses import dataclass
from statistics import median

HEAD = "| | median | lowest … highest | ratio (baseline) | bar |\n|---|---|---|---|---|"
DIGITS = {"s": ".2f", "ms": ".0f", "MB": ".0f", "images/s": ",.0f"}  # of a value, by its unit


@dataclass(frozen=True)
class Row:
    """A line of the table: the values in ``unit``, and those of the baseline it is compared with."""

    what: str
    unit: str
    values: list[float]
    baseline: str
    baseline_values: list[float]
    bar: str

    def __str__(self) -> str:
        form = DIGITS[self.unit]
        middle, base = median(self.values), median(self.baseline_values)
        spread = f"{min(self.values):{form}} … {max(self.values):{form}}"
        ratio = f"{middle / base:.2f} × {self.baseline} ({base:{form}})"
        return f"| {self.what} | {middle:{form}} {self.unit} | {spread} | {ratio} | {self.bar} |"
