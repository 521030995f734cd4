"""A run's test images as what is asked about all of them needs them: ink, part after part, on all cores."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor, nn

from explorer.core.data.data_sets import SOURCES
from explorer.core.errors import DataError
from explorer.core.run.threads import cores
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.test_images import LabelledImages, read_test_images
from explorer.training.pixel_order import shuffled

Result = TypeVar("Result")
OnProgress = Callable[[int, int], None]
MOST_IMAGES = 500  # in a part
MOST_NUMBERS = 10_000_000  # of all layers' outputs for a part: 40 MB
MOST_THREADS = 8  # a part each


@dataclass(frozen=True)
class Part:
    """Some of the images: the first one's number, ink float32 (n, 28, 28) from 0 for paper to 1, labels (n,)."""

    first: int
    ink: np.ndarray
    labels: np.ndarray


@dataclass(frozen=True)
class WholeTestSet:
    """The images, uint8, as they lie on disk, and the settings of the run whose network is asked."""

    images: LabelledImages
    config: TrainConfig

    def __len__(self) -> int:
        return len(self.images.labels)

    def as_input(self, ink: np.ndarray) -> Tensor:
        """Ink as the network was given it: (n, 1, 28, 28). Pixels are shuffled last: the digit itself was changed."""
        images = torch.as_tensor(ink)
        if self.config.shuffled_pixels:
            images = shuffled(images)
        source = SOURCES[self.config.data]
        return images.unsqueeze(1).sub(source.mean).div_(source.std)

    def ask(
        self, network: nn.Sequential, question: Callable[[Part], Result], on_progress: OnProgress
    ) -> Iterator[Result]:
        """What ``question``, which runs the network, says of part after part; tells when it is done with one.

        A thread a part: torch's own threads, which wait for one another in each layer, were slower than one alone
        beside a busy process.
        """

        at_once = self._at_once(network)

        def answer(start: int) -> Result:
            return question(self._part(start, at_once))

        with ThreadPoolExecutor(min(cores(), MOST_THREADS), initializer=_compute_alone) as threads:
            on_progress(0, len(self))
            for done, result in enumerate(threads.map(answer, range(0, len(self), at_once)), 1):
                on_progress(min(done * at_once, len(self)), len(self))
                yield result

    def _at_once(self, network: nn.Sequential) -> int:
        """So many images that all layers' outputs together are no more than MOST_NUMBERS."""
        images, numbers = self.as_input(np.zeros((1, 28, 28), np.float32)), 0
        with torch.no_grad():
            for layer in network:
                images = layer(images)
                numbers += images.numel()
        return max(1, min(MOST_IMAGES, MOST_NUMBERS // max(1, numbers)))

    def _part(self, start: int, at_once: int) -> Part:
        ink = self.images.images[start : start + at_once].astype(np.float32) / 255
        return Part(start, ink, self.images.labels[start : start + at_once])


def read_test_set(config: TrainConfig) -> WholeTestSet:
    """Where a run of ``config`` would find it; never fetched. Raises DataError where it is not there."""
    images = read_test_images(config.data)
    if images is None:
        raise DataError(
            "{title}’s test images are not on this server. Train once on {title}, and they are.",
            title=SOURCES[config.data].title,
        )
    return WholeTestSet(images, config)


def _compute_alone() -> None:
    torch.set_num_threads(1)
