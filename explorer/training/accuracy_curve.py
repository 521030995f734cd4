"""How the share of test images that are read right depends on what is done to them."""

from collections.abc import Sequence

import torch
from torch import nn

from explorer.core.data.transformations import Amounts, transformed
from explorer.training.whole_test_set import OnProgress, Part, WholeTestSet


def accuracy_curve(
    network: nn.Sequential,
    images: WholeTestSet,
    transformation: str,
    amounts: Sequence[float],
    on_progress: OnProgress = lambda done, total: None,
) -> list[tuple[float, float]]:
    """(amount, share that is right) for each amount of one of TRANSFORMATIONS.

    As in an evaluation, an image whose logits are no numbers has no answer. 11 amounts, 10,000 images, the simple CNN:
    3 s of a core.
    """

    def right(part: Part) -> list[int]:
        changed = (transformed(part.ink, Amounts(**{transformation: amount}), part.first) for amount in amounts)
        labels = torch.as_tensor(part.labels)
        with torch.no_grad():
            return [_count_right(network(images.as_input(ink)), labels) for ink in changed]

    counts = [sum(counted) for counted in zip(*images.ask(network, right, on_progress), strict=True)]
    return [(amount, round(count / len(images), 6)) for amount, count in zip(amounts, counts, strict=True)]


def _count_right(logits: torch.Tensor, labels: torch.Tensor) -> int:
    return int(((logits.argmax(1) == labels) & logits.amax(1).isfinite()).sum())
