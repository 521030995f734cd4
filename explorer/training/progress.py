"""How far a training has come, in numbers that add up the same however the steps are grouped into reports."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from explorer.core.run.records import Epoch


@dataclass
class Progress:
    """Counts since the beginning, and, for the next Epoch record, since the last evaluation (at step ``evaluated``).

    ``loss`` is summed over images, step by step: a resumed run adds the same numbers in the same order.
    """

    step: int = 0
    evaluated: int = 0
    seconds: float = 0.0
    changes_made: int = 0
    loss: float = 0.0
    images: int = 0
    correct: int = 0
    seconds_since: float = 0.0

    def add(self, loss: float, correct: int, images: int) -> None:
        """One step more."""
        self.step += 1
        self.loss += loss * images
        self.correct += correct
        self.images += images

    def spend(self, seconds: float) -> None:
        """The time that the steps just added took."""
        self.seconds += seconds
        self.seconds_since += seconds

    def evaluate(self, test_accuracy: float, steps_per_epoch: int, device: str) -> Epoch:
        """The figures since the last evaluation; the next one's begin here."""
        passes = self.step / steps_per_epoch
        epoch = Epoch(
            epoch=int(passes) if passes == int(passes) else round(passes, 4),
            step=self.step,
            train_loss=self.loss / self.images,
            train_accuracy=self.correct / self.images,
            test_accuracy=test_accuracy,
            seconds=self.seconds_since,
            images_per_second=rate(self.images, self.seconds_since),
            device=device,
        )
        self.evaluated = self.step
        self.loss, self.images, self.correct, self.seconds_since = 0.0, 0, 0, 0.0
        return epoch


def batch_accuracies(losses: Sequence[float], right: Sequence[int], sizes: Sequence[int]) -> list[float]:
    """Each batch's share of right answers, 0..1; NaN where its loss is no number, for then it has no answers."""
    return [
        correct / size if math.isfinite(loss) else math.nan
        for loss, correct, size in zip(losses, right, sizes, strict=True)
    ]


def rate(images: int, seconds: float) -> float:
    """Images a second; a coarse clock may not have moved."""
    return images / max(seconds, 1e-9)
