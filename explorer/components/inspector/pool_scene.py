"""The Pooling page's scene: one input, and a maximum, a mean and a convolution that fan out from it."""

from collections.abc import Mapping

import numpy as np

from explorer.components.inspector.message import Reduce
from explorer.components.inspector.scene import Grid, Operation, Refusal, Scene, largest, shape_label
from explorer.core.arithmetic.subsampling import Subsampling

NAMES: Mapping[Reduce, str] = {
    "max": "Max output",
    "mean": "Average output",
    "sum": "Convolution output",
}  # reduce -> ARIA name


def pool_scene(after: Subsampling, before: Subsampling | None, words: Mapping[str, str]) -> Scene:
    """The three ways side by side. ``before``: the same before the input was shifted.

    ``words``: titles in the page's language: "input", "kernel", and, by an operation's ``reduce``, "max", "mean" and
    "sum" for itself, "max_output" … for its grid, "max_refused" … for why a way is impossible, where it is.
    """
    everything = [after] if before is None else [after, before]
    # Maxima and means are the input's own numbers: one colour scale shows what stays of them.
    shared = largest(*(s.images for s in everything), *(_output(s, way) for s in everything for way in ("max", "mean")))
    own = largest(*(_output(s, "sum") for s in everything))
    signed = any(bool((s.images < 0).any()) for s in everything)

    def grid(name: str, title: str, values: np.ndarray, old: np.ndarray | None, full: float, sign: bool) -> Grid:
        label = shape_label(1, *values.shape)
        return Grid(name, title, values[0], label, full, sign, before=None if old is None else old[0])

    grids = [grid("Input", words["input"], after.images, before and before.images, shared, signed)]
    operations: list[Operation] = []
    for way in NAMES:
        result, kernel = after.results.get(way), None
        if result is None:
            continue
        if way == "sum":
            kernel = len(grids)
            weight = after.kernel[None]
            grids.append(grid("Kernel", words["kernel"], weight, None, largest(weight), True))
        operations.append(Operation(way, result.spec.maps, [(0, kernel)], len(grids), title=words[way]))
        scale = (own, True) if way == "sum" else (shared, signed)
        old = before and before.results[way].output
        grids.append(grid(NAMES[way], words[f"{way}_output"], result.output, old, *scale))
    return Scene("fan", grids, operations, refusals=_refusals(after, words))


def _output(result: Subsampling, way: str) -> np.ndarray:
    """The way's output, nothing where it is impossible."""
    return result.results[way].output if way in result.results else np.zeros(1)


def _refusals(result: Subsampling, words: Mapping[str, str]) -> list[Refusal]:
    places = {way: place for place, way in enumerate(NAMES)}
    return [Refusal(places[way], words[f"{way}_output"], words[f"{way}_refused"]) for way in result.refused]
