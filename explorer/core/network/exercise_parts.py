"""What the lecture's exercise asks of a network: three layers of each of four kinds."""

from collections import Counter
from collections.abc import Iterable, Mapping

from explorer.core.network.layers import LayerSpec

PARTS: Mapping[str, int] = {"Conv2d": 3, "ReLU": 3, "MaxPool2d": 3, "Linear": 3}
AT_LEAST = frozenset({"ReLU"})  # the ledger itself proposes one between two Linear layers, where the lecture has none


def count_parts(layers: Iterable[LayerSpec]) -> dict[str, int]:
    """How many of each kind of PARTS there are; what joins them (Flatten, Dropout …) is not counted."""
    counts = Counter(spec.kind for spec in layers)
    return {kind: counts[kind] for kind in PARTS}


def surplus_parts(layers: Iterable[LayerSpec]) -> dict[str, int]:
    """By how many each kind stands too often; of AT_LEAST there are never too many."""
    counts = count_parts(layers).items()
    return {kind: n - PARTS[kind] for kind, n in counts if n > PARTS[kind] and kind not in AT_LEAST}


def has_parts(layers: Iterable[LayerSpec]) -> bool:
    """Whether it has as many of each as the exercise asks for; whether they fit each other is the ledger's matter."""
    specs = [*layers]
    return not surplus_parts(specs) and all(n >= PARTS[kind] for kind, n in count_parts(specs).items())
