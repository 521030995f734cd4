"""A network asked about the test images, in parts, so that a pause need not wait for all of them."""

import math
from collections.abc import Generator

import torch
from torch import nn

from explorer.training.data import DataSet

EVALUATED_AT_ONCE = 1000  # test images between two yields: some 20 ms of the simple CNN on one core


def evaluate(network: nn.Module, data: DataSet) -> Generator[None, None, float]:
    """Yields None between chunks of the test images; returns the share that is right.

    An image whose logits are no numbers has no answer; NaN where none has one: argmax would call each a 0.
    """
    counts = torch.zeros(2, dtype=torch.int64, device=data.test_labels.device)  # right ones, answers
    chunks = zip(data.test_images.split(EVALUATED_AT_ONCE), data.test_labels.split(EVALUATED_AT_ONCE), strict=True)
    for images, labels in chunks:
        with torch.no_grad():  # closed before the yield: gradients are off for the whole thread, caller included
            logits = network(images)
            answered = logits.amax(1).isfinite()
            counts += torch.stack([((logits.argmax(1) == labels) & answered).sum(), answered.sum()])
        yield None
    right, answers = counts.tolist()
    return right / len(data.test_labels) if answers else math.nan
