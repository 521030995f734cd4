"""What the browser gets of a network's layers; messages.d.ts says the same to its scripts."""

from typing import TypedDict

from explorer.components.inspector.message import AxisMessage


class LayerMessage(TypedDict):
    """One layer: its name and kind in torch, the shapes (C, H, W) or (features,) before and after it, and, where a
    window moves over its maps, what each row and each column of windows reads."""

    name: str
    kind: str
    input: list[int]
    output: list[int]
    groups: int
    axes: tuple[AxisMessage, AxisMessage] | None
