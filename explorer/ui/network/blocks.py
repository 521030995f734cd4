"""The ledger as boxes: one for the images, and one for each layer that changes the shape."""

from dataclasses import replace

import numpy as np

from explorer.components.network_view import Block
from explorer.core.arithmetic.inputs import make_input
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.ledger import Ledger, Row
from explorer.core.network.seen_pixels import Fields
from explorer.ui.language import t

# Each unit sees what its only input saw.
SAME_SIGHT = ("ReLU", "Dropout", "BatchNorm2d", "BatchNorm1d", "Flatten", "View")
MOST_PIXELS = 56  # rows or columns of the digit that is sent; larger images show it coarser


def network_image(stack: NetworkSpec) -> np.ndarray:
    """The digit on which receptive fields are drawn, (H, W) in 0 … 1."""
    return make_input("digit", *(min(size, MOST_PIXELS) for size in stack.image[1:]))


def network_blocks(ledger: Ledger, fields: list[Fields | None]) -> list[Block]:
    """Each block has what its units see, and the names of the layers behind it whose units see the same."""
    height, width = ledger.stack.image[1:]
    pixels = [(list(range(size)), list(range(size))) for size in (height, width)]
    image = ledger.stack.image
    blocks = [Block(-1, t("input"), "×".join(map(str, image)), image, rows=pixels[0], columns=pixels[1])]
    for index, (row, reach) in enumerate(zip(ledger.rows, fields, strict=True)):
        if row.input == row.output and row.spec.kind in SAME_SIGHT:
            blocks[-1] = replace(blocks[-1], after=(*blocks[-1].after, row.spec.name))
        else:
            blocks.append(_block(index, row, reach))
    return blocks


def _block(index: int, row: Row, reach: Fields | None) -> Block:
    size = row.output[1:]
    flattened = row.spec.kind in ("Flatten", "View") and len(row.input) == 4
    ranges = [(axis.first.tolist(), axis.last.tolist()) for axis in reach] if reach else [None, None]
    return Block(
        index,
        row.spec.name,
        "×".join(map(str, size)),
        size,
        classifies=len(size) == 1,
        rows=ranges[0],
        columns=ranges[1],
        grid=row.input[2:] if flattened and reach else None,
        too_large=bool(row.receptive_field and not reach),
    )
