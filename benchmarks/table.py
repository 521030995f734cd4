"""The table that app.py prints: a measured value, and its ratio to a baseline measured in the same run."""

from dataclasses import dataclass
from statistics import median, quantiles

HEAD = "| | median | lowest … highest | ratio (baseline) | bar |\n|---|---|---|---|---|"
DIGITS = {"s": ".2f", "ms": ".1f", "MB": ".0f", "kB": ".1f", "images/s": ",.0f"}  # of a value, by its unit


@dataclass(frozen=True)
class Row:
    """A line of the table: the values in ``unit``, and those of the baseline it is compared with.

    With a ``percentile``, 1 … 99, that stands for either instead of the median, and says so.
    """

    what: str
    unit: str
    values: list[float]
    baseline: str
    baseline_values: list[float]
    bar: str
    percentile: int | None = None

    @property
    def value(self) -> float:
        """The median or the percentile of the values."""
        return self._middle(self.values)

    def _middle(self, values: list[float]) -> float:
        return quantiles(values, n=100)[self.percentile - 1] if self.percentile else median(values)

    def __str__(self) -> str:
        base = self._middle(self.baseline_values)
        form = DIGITS[self.unit]
        spread = f"{min(self.values):{form}} … {max(self.values):{form}}"
        ratio = f"{self.value / base:.2f} × {self.baseline} ({base:{form}})"
        named = f"p{self.percentile} " if self.percentile else ""
        return f"| {self.what} | {named}{self.value:{form}} {self.unit} | {spread} | {ratio} | {self.bar} |"
