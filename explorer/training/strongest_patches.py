"""Where in a test set each map of a network is highest: what it looks for."""

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor, nn

from explorer.core import limits
from explorer.training.whole_test_set import OnProgress, Part, WholeTestSet

BEST = 9  # patches of a map

Patch = tuple[int, int, int, float]  # a test image's number; the unit's row and column; its value
Places = tuple[Tensor, Tensor]  # values and places (n, C): image after image, unit after unit


def strongest_patches(
    network: nn.Sequential, images: WholeTestSet, on_progress: OnProgress = lambda done, total: None
) -> list[list[list[Patch]] | None]:
    """For each layer, for each of its maps, its BEST patches, the highest first, one an image.

    A map that is never above 0 has none, one that is so in fewer images has as many; a layer whose outputs are no maps
    has None. Where a network has more maps than ``limits.MAX_PATCHES`` are for, each layer's first ones are kept.
    """

    def highest(part: Part) -> dict[int, Places]:
        return {layer: _highest(maps, part.first) for layer, maps in _maps(network, images.as_input(part.ink))}

    blank = np.zeros((1, 28, 28), np.float32)
    shapes = {layer: maps.shape[1:] for layer, maps in _maps(network, images.as_input(blank))}
    best: dict[int, Places] = {}
    for found in images.ask(network, highest, on_progress):
        best = {layer: _merged(best.get(layer), places) for layer, places in found.items()}
    kept = _maps_kept([shape[0] for shape in shapes.values()])
    return [_patches(best[n], shapes[n], kept) if n in shapes else None for n in range(len(network))]


def _maps(network: nn.Sequential, images: Tensor) -> Iterator[tuple[int, Tensor]]:
    """(layer, its maps (n, C, H, W)) of those that have some."""
    with torch.no_grad():
        for layer, module in enumerate(network):
            images = module(images)
            if images.dim() == 4:
                yield layer, images


def _highest(maps: Tensor, first: int) -> Places:
    """Each image's highest unit of each map."""
    flat = maps.flatten(2)
    values, places = flat.nan_to_num(nan=-torch.inf).max(2)
    numbers = torch.arange(first, first + len(maps)).unsqueeze(1)
    return values, numbers * flat.shape[2] + places


def _merged(best: Places | None, found: Places) -> Places:
    values, places = (torch.cat(pair) for pair in zip(best, found, strict=True)) if best else found
    top = values.topk(min(BEST, len(values)), dim=0)
    return top.values, places.gather(0, top.indices)


def _maps_kept(channels: Sequence[int]) -> int:
    """Of each layer, so that all patches together are no more than a file is to hold."""
    most = limits.MAX_PATCHES // BEST
    return max(channels, default=0) if sum(channels) <= most else most // len(channels)


def _patches(best: Places, shape: torch.Size, kept: int) -> list[list[Patch]]:
    """Of the first so many maps; what is not above 0, or no number, is none."""
    found: list[list[Patch]] = []
    for values, places in zip(*(part.T[:kept] for part in best), strict=True):
        above = values.isfinite() & (values > 0)
        units = torch.stack([places[above] // shape[1:].numel(), *_row_and_column(places[above], shape)], dim=1)
        pairs = zip(units.tolist(), values[above].tolist(), strict=True)
        found.append([(number, row, column, float(f"{value:.4g}")) for (number, row, column), value in pairs])
    return found


def _row_and_column(places: Tensor, shape: torch.Size) -> tuple[Tensor, Tensor]:
    _, height, width = shape
    return places % (height * width) // width, places % width
