"""A network asked about the test images, in parts, so that a pause need not wait for all of them."""

from collections.abc import Generator

import torch
from torch import nn

from explorer.training.data import DataSet

EVALUATED_AT_ONCE = 1000  # test images between two yields: some 20 ms of the simple CNN on one core


def evaluate(network: nn.Module, data: DataSet) -> Generator[None, None, float]:
    """Yields None between chunks of the test images; returns the share that is right."""
    correct = torch.zeros((), dtype=torch.int64, device=data.test_labels.device)
    chunks = zip(data.test_images.split(EVALUATED_AT_ONCE), data.test_labels.split(EVALUATED_AT_ONCE), strict=True)
    for images, labels in chunks:
        with torch.no_grad():  # closed before the yield: gradients are off for the whole thread, caller included
            correct += (network(images).argmax(1) == labels).sum()
        yield None
    return correct.item() / len(data.test_labels)
