"""Images a second against the batch size, for each device of a machine."""

import json
from dataclasses import dataclass
from typing import Any

BATCH_SIZES = (1, 4, 16, 64, 256, 1024)


@dataclass(frozen=True)
class DeviceCurve:
    """One device, ``kind`` "cpu", "cuda" or "mps", by its ``name``, "" where the system gives none.

    ``points`` are (batch size, images a second); ``errors`` what torch said there when a move was left out: the names
    of MOVES, joined by "+" -> message.
    """

    kind: str
    name: str
    points: tuple[tuple[int, float], ...]
    errors: dict[str, str]


@dataclass(frozen=True)
class Throughput:
    """All devices of one machine, the version of torch, and the threads of its CPU."""

    torch: str
    threads: int
    curves: tuple[DeviceCurve, ...]

    def as_json(self) -> str:
        """What ``read_throughput`` reads."""
        curves = [vars(curve) for curve in self.curves]
        return json.dumps({"torch": self.torch, "threads": self.threads, "curves": curves}, ensure_ascii=False)


def read_throughput(text: str | bytes) -> Throughput:
    """Of the JSON that the measuring process wrote."""
    found: dict[str, Any] = json.loads(text)
    curves = tuple(
        DeviceCurve(one["kind"], one["name"], tuple((int(n), float(rate)) for n, rate in one["points"]), one["errors"])
        for one in found["curves"]
    )
    return Throughput(found["torch"], found["threads"], curves)
