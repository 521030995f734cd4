"""The way of an image through a trained network, in the browser: what it is told of the layers."""

from collections.abc import Sequence

from explorer.components.forward.message import LayerMessage
from explorer.components.inspector.scene import axis_message
from explorer.core.network.layer_kinds import WINDOWED
from explorer.core.network.layer_window import axis_maps
from explorer.core.network.ledger import Row


def layer_messages(rows: Sequence[Row]) -> list[LayerMessage]:
    """The layers of a ledger that fits together, for forward.js; shapes without the batch."""
    return [_message(row) for row in rows]


def _message(row: Row) -> LayerMessage:
    axes = None
    if row.spec.kind in WINDOWED:
        height, width = row.input[2:]
        rows, columns = axis_maps(row.spec, (height, width))
        axes = axis_message(rows), axis_message(columns)
    return {
        "name": row.spec.name,
        "kind": row.spec.kind,
        "input": list(row.input[1:]),
        "output": list(row.output[1:]),
        "groups": row.spec["groups"] if row.spec.kind == "Conv2d" else 1,
        "axes": axes,
    }
