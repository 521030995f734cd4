"""A network asked about the test images, in parts, so that a pause need not wait for all of them."""

import math
from collections.abc import Generator
from typing import NamedTuple

import safetensors.torch
import torch
from torch import Tensor, nn

from explorer.training.data import DataSet

EVALUATED_AT_ONCE = 1000  # test images between two yields: some 20 ms of the simple CNN on one core
NO_ANSWER = 100  # of an image whose logits are no numbers: argmax would call each a 0


class Predictions(NamedTuple):
    """What a network says of each test image: two bytes an image, 20 kB of a published set; on the CPU.

    ``pair`` (N,) is 10 · label + answer, or NO_ANSWER + label; ``probability`` (N,) the answer's in 255ths, rounded.
    """

    pair: Tensor
    probability: Tensor

    @property
    def accuracy(self) -> float:
        """The share that is right, 0..1; NaN where no image has an answer."""
        answered = self.pair < NO_ANSWER
        right = answered & (self.pair // 10 == self.pair % 10)
        return right.sum().item() / len(right) if answered.any() else math.nan

    def as_bytes(self, step: int) -> bytes:
        """The two as safetensors; the file's metadata has ``step``, how many steps had been trained."""
        return safetensors.torch.save(self._asdict(), {"step": str(step)})


def evaluate(network: nn.Module, data: DataSet) -> Generator[None, None, Predictions]:
    """Yields None between chunks of the test images; returns what the network says of all."""
    parts: list[Tensor] = []
    chunks = zip(data.test_images.split(EVALUATED_AT_ONCE), data.test_labels.split(EVALUATED_AT_ONCE), strict=True)
    for images, labels in chunks:
        with torch.no_grad():  # closed before the yield: gradients are off for the whole thread, caller included
            parts.append(_predict(network(images), labels))
        yield None
    return Predictions(*torch.cat(parts, 1).cpu())  # the one moment that waits for the device


def _predict(logits: Tensor, labels: Tensor) -> Tensor:
    """uint8 (2, N): pairs and probabilities of logits (N, 10)."""
    answered = logits.amax(1).isfinite()
    pair = 10 * labels + torch.where(answered, logits.argmax(1), NO_ANSWER - 9 * labels)
    probability = (255 * logits.float().softmax(1).amax(1)).round().where(answered, 0)
    return torch.stack([pair.byte(), probability.byte()])
