"""The Network page's screen as an exercise asks about it, and without what it asks for."""

from collections.abc import Sequence
from dataclasses import replace

from explorer.components.inspector.scene import UNKNOWN
from explorer.components.network_view import LedgerRow
from explorer.core.exercises.stack_maps import NetworkState
from explorer.core.network.ledger import BATCH, Row
from explorer.ui.network import edited_network


def network_state(batch: int) -> NetworkState:
    """The network on screen and so many images; 0 for the ledger's own batch."""
    return NetworkState(edited_network.NETWORK.value, batch or BATCH)


def show_state(state: NetworkState) -> None:
    """Makes the made-up network the page's, as any other change: it can be undone."""
    edited_network.load_network(state.stack)


def rows_without_numbers(rows: Sequence[LedgerRow], made: Sequence[Row]) -> list[LedgerRow]:
    """The layers' names and what a convolution or pooling was told; neither shapes nor counts."""
    specs = [row.spec for row in made if row.spec.kind == "Linear"]
    linear = {spec.name: f"Linear({UNKNOWN}, {spec['out_features']})" for spec in specs}
    hidden = dict.fromkeys(("params", "mult_adds", "memory", "field", "step"), UNKNOWN)
    return [
        replace(row, code=linear.get(row.name, row.code), shapes=(UNKNOWN, UNKNOWN), notes=(), **hidden) for row in rows
    ]
