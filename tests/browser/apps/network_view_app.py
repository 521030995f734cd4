"""The simple CNN in the network view, whole or broken, and a stack of 30 layers: numbers written by hand."""

import numpy as np
import streamlit as st

from explorer.components.files import files_route
from explorer.components.network_view import Block, LedgerRow, network_view
from explorer.ui.component_state import told_state

HOSTILE = '<img src=x onerror="document.title=1">'
WORDS = {
    "layer": "Layer",
    "shape": "Shape",
    "params": "Parameters",
    "mult_adds": "Mult-adds",
    "memory": "Memory",
    "field": "Receptive field",
    "step": "Stride",
    "total": "Total",
    "table": "Shape ledger",
    "picture": "Shapes, layer by layer",
    "block": "{name}, {shape}: arrow keys move the unit, Enter chooses it",
    "features": "Feature extraction",
    "classifier": "Classification",
    "hint": "Point at a map to see what one unit sees",
    "hint_touch": "Tap a map to see what one unit sees",
    "pixel": "{name}: the pixel in row {row}, column {column}",
    "sees": "{name}: the unit in row {row}, column {column} sees {height}×{width} pixels of the image",
    "sees_flattened": "{name}: feature {feature} was row {row}, column {column} of channel {channel}"
    " and sees {height}×{width} pixels of the image",
    "sees_vector": "{name}: feature {feature} sees {height}×{width} pixels of the image",
    "sees_nothing": "{name}: this unit sees only padding",
    "sees_unknown": "{name}: its units cannot be traced back to pixels",
    "sees_too_large": "{name}: its map is too large",
    "fails": "fails",
    "remark": "works, but is a mistake",
    "waits": "not reached",
    "blamed": "the cause of the error below",
    "message": "PyTorch says",
}
MESSAGE = "mat1 and mat2 shapes cannot be multiplied (64x320 and 300x10)"


def sees(count: int, field: int, step: int) -> tuple[list[int], list[int]]:
    """First and last image row of each of ``count`` units."""
    return [step * n for n in range(count)], [step * n + field - 1 for n in range(count)]


def digit() -> np.ndarray:
    """A seven, 28×28, with soft edges."""
    y, x = np.mgrid[:28, :28]
    bar = np.clip(2.5 - abs(y - 7), 0, 1) * ((x > 6) & (x < 21))
    stem = np.clip(2.2 - abs(x - (19 - (y - 7) * 0.45)), 0, 1) * ((y > 6) & (y < 24))
    return np.maximum(bar, stem)


def blocks(name: str) -> list[Block]:
    """The simple CNN; its first layer is called ``name``."""
    fourteen, sixteen = sees(8, 14, 2), sees(4, 16, 4)
    return [
        Block(-1, "input", "1×28×28", (1, 28, 28)),
        Block(0, name, "10×24×24", (10, 24, 24), ("relu1",), rows=sees(24, 5, 1), columns=sees(24, 5, 1)),
        Block(2, "pool1", "10×12×12", (10, 12, 12), rows=sees(12, 6, 2), columns=sees(12, 6, 2)),
        Block(3, "conv2", "20×8×8", (20, 8, 8), ("relu2",), rows=fourteen, columns=fourteen),
        Block(5, "pool2", "20×4×4", (20, 4, 4), rows=sixteen, columns=sixteen),
        Block(6, "flatten", "320", (320,), (), True, sixteen, sixteen, (4, 4)),
        Block(7, "fc", "10", (10,), (), True, ([0], [27]), ([0], [27])),
    ]


def rows(name: str) -> list[LedgerRow]:
    """The ledger of the simple CNN."""
    conv = "⌊(28 + 2·0 − 5) / 1⌋ + 1 = 24", "⌊(12 + 2·0 − 5) / 1⌋ + 1 = 8"
    pool = "⌊(24 − 2) / 2⌋ + 1 = 12", "⌊(8 − 2) / 2⌋ + 1 = 4"
    shapes = ["(64, 1, 28, 28)", "(64, 10, 24, 24)", "(64, 10, 12, 12)", "(64, 20, 8, 8)", "(64, 20, 4, 4)"]
    s0, s1, s2, s3, s4 = shapes
    first = "(5·5·1 + 1)·10 = 260", "149,760", "1.4 MB"
    second = "(5·5·10 + 1)·20 = 5,020", "321,280", "320 KB"
    return [
        LedgerRow(name, "Conv2d(1, 10, kernel_size=5)", (s0, s1), conv[:1], *first, "5×5", "1"),
        LedgerRow("relu1", "ReLU()", (s1, s1), (), "0", "0", "1.4 MB", "5×5", "1"),
        LedgerRow("pool1", "MaxPool2d(2)", (s1, s2), pool[:1], "0", "0", "360 KB", "6×6", "2"),
        LedgerRow("conv2", "Conv2d(10, 20, kernel_size=5)", (s2, s3), conv[1:], *second, "14×14", "2"),
        LedgerRow("relu2", "ReLU()", (s3, s3), (), "0", "0", "320 KB", "14×14", "2"),
        LedgerRow("pool2", "MaxPool2d(2)", (s3, s4), pool[1:], "0", "0", "80 KB", "16×16", "4"),
        LedgerRow("flatten", "Flatten()", (s4, "(64, 320)"), ("20·4·4 = 320",), "0", "0", "80 KB", "16×16", "4"),
        LedgerRow(
            "fc",
            "Linear(320, 10)",
            ("(64, 320)", "(64, 10)"),
            (),
            "(320 + 1)·10 = 3,210",
            "3,210",
            "2.5 KB",
            "28×28",
            "–",
        ),
    ]


def broken(name: str) -> tuple[list[Block], list[LedgerRow]]:
    """The same with Linear(300, 10), a softmax behind it, and a flatten that could be a mistake."""
    some = rows(name)
    note = "A remark: nothing is wrong here, but one flattens after pooling."
    flat = LedgerRow(**{**vars(some[6]), "state": "remark", "advice": note})
    advice = "Layer 7, flatten, gives 320 features; this layer expects 300."
    fails = LedgerRow("fc", "Linear(300, 10)", ("(64, 320)", ""), (), *[""] * 5, "fails", MESSAGE, advice, "Use 320", 6)
    waits = LedgerRow("softmax", "LogSoftmax(dim=1)", ("", ""), state="waits")
    return blocks(name)[:-1], [*some[:6], flat, fails, waits]


def tall() -> tuple[list[Block], list[LedgerRow]]:
    """30 convolutions that keep the size."""
    sizes = [(16 if n < 15 else 64, 28, 28) for n in range(30)]
    shapes = ["×".join(map(str, size)) for size in sizes]
    some = [Block(n, f"conv{n + 1}", shapes[n], sizes[n]) for n in range(30)]
    pair = "(64, 16, 28, 28)", "(64, 64, 28, 28)"
    code = "Conv2d(16, 64, kernel_size=3, padding=1)"
    lines = [LedgerRow(f"conv{n + 1}", code, pair, (), "9,280") for n in range(30)]
    return [Block(-1, "input", "1×28×28", (1, 28, 28)), *some], lines


def page() -> None:
    """The network asked for by buttons; what the component told stands above it."""
    state = st.session_state
    state.setdefault("chosen", [3, 4, 4])
    bar = st.container(horizontal=True)
    for name in ("simple", "broken", "tall", "hostile"):
        if bar.button(name):
            state.which, state.chosen = name, [0, 2, 3] if name == "tall" else [3, 4, 4]
    which = state.get("which", "simple")
    name = HOSTILE if which == "hostile" else "conv1"
    parts = {"broken": broken, "tall": lambda _: tall()}.get(which, lambda name: (blocks(name), rows(name)))(name)
    told, repaired = bar.empty(), bar.empty()
    totals = LedgerRow("Total", "", ("", ""), ("1.2 MB of parameters",), "8,490", "474,250", "3.6 MB")
    network_view(
        *parts,
        totals,
        digit(),
        words=WORDS,
        chosen=tuple(state.chosen),
        on_choose=lambda: state.update(chosen=told_state("network", "chosen")),
        key="network",
    )
    told.text(f"chosen {state.chosen}")
    repaired.text(f"repair {state.network.repair}")


if __name__ == "__main__":  # the tests import its texts
    st.set_page_config(layout="wide")
    with st.container(width=930):
        page()
else:
    app = st.App(__file__, routes=[files_route()])
