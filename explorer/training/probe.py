"""What ten fixed test digits, one of each class, look like to a network while it learns, and what its kernels are."""

from collections.abc import Iterator
from math import prod

import safetensors.torch
import torch
from torch import Tensor, nn

from explorer.core import limits
from explorer.core.data.data_sets import SOURCES
from explorer.training.loop import Training
from explorer.training.network import build

MOST_KERNELS, MOST_MAPS, MOST_MAP_PIXELS = 40, 16, 28 * 28


class Probe:
    """The ten digits of ``training``'s test images; ``measure`` it at any time between two records.

    A measurement is safetensors: step (), images uint8 (10, H, W), labels (10,), probabilities (10, 10); where the
    first layer with weights sees an image: kernels and kernels_before (n, h, w), now and before the first step; where
    the second one is given maps: maps uint8 (10, C, H, W) on one scale, 0 and less is 0 and maps_largest () is 255.
    """

    def __init__(self, training: Training) -> None:
        self._training = training
        self._rows = _one_of_each(training.data.test_labels)
        self._images = training.data.test_images[self._rows]
        self._fixed = {
            "images": _as_bytes(self._images, training.config.data),
            "labels": training.data.test_labels[self._rows],
            **_named("kernels_before", _kernels(build(training.config.network, training.config.seed))),
        }

    def measure(self) -> bytes:
        """The digits and kernels as they are now: some 20 kB, 2 ms of the lecture's network."""
        network = self._training.network
        with torch.no_grad():
            maps, logits = _maps_and_logits(network, self._images)
        tensors = {
            **self._fixed,
            "step": torch.tensor(self._training.step),
            "probabilities": logits.float().softmax(1),
            **_named("kernels", _kernels(network)),
            **_scaled(maps),
        }
        return safetensors.torch.save({name: part.detach().cpu().contiguous() for name, part in tensors.items()})


def _one_of_each(labels: Tensor) -> Tensor:
    """The row of the first digit of each class; of a class that is missing, of whatever comes first."""
    return torch.stack([(labels == digit).to(torch.int8).argmax() for digit in range(10)])


def _as_bytes(images: Tensor, data: str) -> Tensor:
    source = SOURCES[data]
    return (images[:, 0] * source.std + source.mean).clamp(0, 1).mul(255).round().to(torch.uint8)


def _kernels(network: nn.Module) -> Tensor | None:
    """What the first layer with weights looks for, (n, h, w): a convolution's kernels, a linear layer's pictures."""
    first = next(_weighted(network), None)
    if isinstance(first, nn.Conv2d):
        return first.weight.detach()[: _count(first.weight[:, 0], MOST_KERNELS), 0].clone()
    if isinstance(first, nn.Linear) and first.in_features == prod((28, 28)):
        return first.weight.detach()[: _count(first.weight, MOST_KERNELS)].reshape(-1, 28, 28).clone()
    return None


def _count(pictures: Tensor, most: int) -> int:
    """How many of them, ``most`` at most, have no more numbers together than a measurement may have; one at least."""
    return max(1, min(most, limits.MAX_PROBE_NUMBERS // pictures[0].numel()))


def _maps_and_logits(network: nn.Sequential, images: Tensor) -> tuple[Tensor | None, Tensor]:
    """What the second layer with weights is given, and the network's answers."""
    second = [*_weighted(network), None, None][1]
    maps, values = None, images
    for layer in network:
        if layer is second:
            maps = values
        values = layer(values)
    return maps, values


def _weighted(network: nn.Module) -> Iterator[nn.Module]:
    return (layer for layer in network.children() if isinstance(layer, nn.Conv2d | nn.Linear))


def _scaled(maps: Tensor | None) -> dict[str, Tensor]:
    """One scale for all, or a dead map would look alive."""
    if maps is None or maps.dim() != 4 or maps[0, 0].numel() > MOST_MAP_PIXELS:
        return {}
    maps = maps[:, : _count(maps.transpose(0, 1), MOST_MAPS)].clamp(min=0)
    largest = maps.amax().clamp(min=1e-9)
    return {"maps": (maps / largest * 255).round().to(torch.uint8), "maps_largest": largest}


def _named(name: str, tensor: Tensor | None) -> dict[str, Tensor]:
    return {} if tensor is None else {name: tensor}
