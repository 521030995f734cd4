"""The one other order that shuffled pixels are in."""

import torch
from torch import Tensor

from explorer.core.data.data_sets import PIXEL_SEED


def shuffled(images: Tensor) -> Tensor:
    """(N, 28, 28) with every image's pixels in one other order, always the same, of training and test alike."""
    order = torch.randperm(images[0].numel(), generator=torch.Generator().manual_seed(PIXEL_SEED))
    return images.flatten(1)[:, order].reshape(images.shape)
