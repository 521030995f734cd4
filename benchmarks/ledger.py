"""What the Network page computes at each change, against torch's own pass without memory.

    python benchmarks/ledger.py [--repetitions 200] [--short]

The ledger, the receptive fields and the diagnosis of a 30-layer stack at 224×224, which the app's process computes
without torch; the baseline builds the same layers and runs them on torch's meta device, which has shapes only.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import torch
from arguments import parser
from table import HEAD, Row

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.ledger import trace
from explorer.core.network.link import decode
from explorer.core.network.repair import diagnose
from explorer.core.network.seen_pixels import receptive_fields

THIRTY = decode("1_3x224x224_c3-8-3p1" + "_c8-8-3p1_b8_r" * 9 + "_m4_f")


def page(stack: NetworkSpec) -> None:
    """All that the page asks for."""
    ledger = trace(stack)
    receptive_fields(ledger)
    diagnose(ledger)


def meta(stack: NetworkSpec) -> None:
    """The same shapes by torch."""
    with torch.device("meta"), torch.no_grad():
        images = torch.empty(64, *stack.image)
        for spec in stack.layers:
            images = getattr(torch.nn, spec.kind)(**dict(spec.options))(images)


def main() -> None:
    """Parse, measure in turns, print."""
    options = parser(__doc__)
    options.add_argument("--repetitions", type=int, default=200)
    chosen = options.parse_args()
    found: dict[Callable[[NetworkSpec], None], list[float]] = {page: [], meta: []}
    for _ in range(2 if chosen.short else chosen.repetitions):
        for function, milliseconds in found.items():
            began = time.perf_counter()
            function(THIRTY)
            milliseconds.append((time.perf_counter() - began) * 1000)
    print(HEAD)
    print(Row("ledger of 30 layers at 224×224", "ms", found[page], "torch's meta device", found[meta], "≤ 10 ms"))


if __name__ == "__main__":
    main()
