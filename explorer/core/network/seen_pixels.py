"""Which pixels of the image each unit sees: exactly, at the image's edges too, where the field is cut off.

``explorer.core.network.ledger`` says how large a field is by the usual formula; here is where it lies.
"""

from dataclasses import dataclass

import numpy as np

from explorer.core import limits
from explorer.core.arithmetic.index_map import NOTHING
from explorer.core.network.layer_kinds import WINDOWED
from explorer.core.network.layer_window import windows_of
from explorer.core.network.ledger import Ledger, Row


@dataclass(frozen=True, eq=False)
class Reach:
    """The first and the last pixel along one axis that each unit sees; last < first where it sees padding alone."""

    first: np.ndarray
    last: np.ndarray

    def through(self, reads: np.ndarray) -> "Reach":
        """After a layer whose unit o reads the units ``reads[o]``, NOTHING being padding: (out, kernel)."""
        outside = reads == NOTHING
        beyond = np.iinfo(self.first.dtype).max
        return Reach(
            np.where(outside, beyond, self.first[reads]).min(axis=1),
            np.where(outside, -1, self.last[reads]).max(axis=1),
        )

    def merged(self, units: int) -> "Reach":
        """After a layer whose ``units`` all read everything."""
        return Reach(np.full(units, self.first.min()), np.full(units, self.last.max()))


Fields = tuple[Reach, Reach]  # along the rows and along the columns


def receptive_fields(ledger: Ledger) -> list[Fields | None]:
    """What the units of each row's output see; None where the ledger's receptive field is, and from a map on that is
    larger than ``limits.MAX_FOLLOWED_UNITS``.

    A flattened map keeps the fields of its rows and columns; behind a layer that reads them all there is one unit.
    """
    height, width = ledger.stack.image[1:]
    fields = Reach(np.arange(height), np.arange(height)), Reach(np.arange(width), np.arange(width))
    found: list[Fields | None] = []
    for row in ledger.rows:
        known = (
            row.receptive_field
            and (not found or found[-1])
            and max(row.output[2:], default=1) <= limits.MAX_FOLLOWED_UNITS
        )
        if known:
            fields = _through(row, fields)
        found.append(fields if known else None)
    return found


def _through(row: Row, fields: Fields) -> Fields:
    rows, columns = fields
    spec, flat = row.spec, len(row.input) == 2
    if spec.kind in WINDOWED:
        windows = windows_of(spec, row.input[2:])
        return rows.through(windows[0].reads), columns.through(windows[1].reads)
    if flat and spec.kind in ("Linear", "Softmax"):
        return rows.merged(1), columns.merged(1)
    if spec.kind == "Linear":  # of a map: along its columns
        return rows, columns.merged(row.output[-1])
    return fields
