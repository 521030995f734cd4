"""The Pooling page's scene: one input, and a maximum, a mean and a convolution that fan out from it."""

from collections.abc import Mapping

import numpy as np

from explorer.components.inspector.scene import Grid, Operation, Scene, largest, shape_label
from explorer.core.index_map import AxisMap
from explorer.core.subsampling import Subsampling

NAMES = {"max": "Max output", "mean": "Average output", "sum": "Convolution output"}  # reduce -> ARIA name


def pool_scene(after: Subsampling, before: Subsampling | None, words: Mapping[str, str]) -> Scene:
    """The three ways side by side. ``before``: the same before the input was shifted.

    ``words``: titles in the page's language: "input", "kernel", and, by an operation's ``reduce``, "max", "mean" and
    "sum" for itself, "max_output" … for its grid.
    """
    everything = [after] if before is None else [after, before]
    # Maxima and means are the input's own numbers: one colour scale shows what stays of them.
    shared = largest(*(numbers for s in everything for numbers in (s.images, s.maximum.output, s.average.output)))
    own = largest(*(s.convolution.output for s in everything))
    signed = any(bool((s.images < 0).any()) for s in everything)
    olds = [None] * 4 if before is None else [before.images, *before.outputs]
    kernel = after.convolution.weight[0]

    def grid(name: str, title: str, values: np.ndarray, old: np.ndarray | None, full: float, sign: bool) -> Grid:
        label = shape_label(1, *values.shape)
        return Grid(name, title, values[0], label, full, sign, before=None if old is None else old[0])

    grids = [
        grid("Input", words["input"], after.images, olds[0], shared, signed),
        grid(NAMES["max"], words["max_output"], after.maximum.output, olds[1], shared, signed),
        grid(NAMES["mean"], words["mean_output"], after.average.output, olds[2], shared, signed),
        grid("Kernel", words["kernel"], kernel, None, largest(kernel), True),
        grid(NAMES["sum"], words["sum_output"], after.convolution.output, olds[3], own, True),
    ]
    return Scene("fan", grids, _operations(after, words))


def _operations(result: Subsampling, words: Mapping[str, str]) -> list[Operation]:
    ways: list[tuple[str, tuple[AxisMap, AxisMap], tuple[int, int | None], int]] = [
        ("max", result.maximum.spec.maps, (0, None), 1),
        ("mean", result.average.spec.maps, (0, None), 2),
        ("sum", result.convolution.spec.maps, (0, 3), 4),
    ]
    return [Operation(reduce, maps, [part], output, title=words[reduce]) for reduce, maps, part, output in ways]
