"""The maps whose numbers a linear layer takes: where its in_features come from."""

from math import prod

from explorer.core.network.layers import LayerSpec, NetworkSpec
from explorer.core.network.ledger import trace

Maps = tuple[int, int, int]  # (C, H, W)


def flattened_maps(layers: tuple[LayerSpec, ...]) -> dict[str, Maps]:
    """The maps by each linear layer's name that gets them flattened, {"fc": (20, 4, 4)}; none behind another layer."""
    found: dict[str, Maps] = {}
    maps: Maps | None = None
    for row in trace(NetworkSpec(layers)).rows:
        if len(row.input) == 4 and row.output == (row.input[0], prod(row.input[1:])):
            maps = row.input[1], row.input[2], row.input[3]
        elif row.spec.kind == "Linear" and maps:
            found[row.spec.name], maps = maps, None
    return found
