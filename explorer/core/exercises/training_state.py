"""A run's numbers, as the Train page has them or made up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from random import Random


@dataclass(frozen=True)
class TrainingState:
    """A run's numbers, and those of one image (``logits``, the right class first) and of one weight."""

    images: int = 60_000
    batch_size: int = 64
    epochs: float = 10
    lr: float = 0.01
    momentum: float = 0.5
    classes: int = 10
    logits: tuple[float, ...] = (2, 1, 0)
    weight: float = 0.4
    gradient: float = 3
    last_step: float = 2
    steps: int = 500
    settings: Mapping[str, object] = field(default_factory=dict[str, object])

    @property
    def steps_an_epoch(self) -> int:
        """The last batch may be a short one."""
        return ceil(self.images / self.batch_size)


def draw_training(random: Random) -> TrainingState:
    """Numbers as runs have them, other than the lecture's."""
    return TrainingState(
        images=random.choice([10_000, 20_000, 30_000, 50_000, 60_000]),
        batch_size=random.choice([32, 48, 64, 96, 128, 192, 256]),
        epochs=random.randint(2, 12),
        lr=random.choice([0.01, 0.02, 0.05, 0.1]),
        momentum=random.choice([0.5, 0.8, 0.9]),
        classes=random.choice([4, 5, 8, 20, 26, 50]),
        logits=tuple(float(value) for value in random.sample(range(-2, 5), 3)),
        weight=random.randint(-9, 9) / 10,
        gradient=float(random.choice([-4, -3, -2, 2, 3, 4])),
        last_step=float(random.choice([-3, -2, 2, 3])),
        steps=random.randint(2, 40) * 50,
    )
