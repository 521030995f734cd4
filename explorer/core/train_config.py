"""What a training run is asked to do, and what it reports: plain values, the same in the app, on the wire and on disk."""

from dataclasses import asdict, dataclass, field
from typing import Any

from explorer.core import limits
from explorer.core.explained import SettingError
from explorer.core.layers import SIMPLE_CNN, LayerSpec

DATA_SETS = ("mnist", "offline")
DEVICES = ("auto", "cuda", "mps", "cpu")


@dataclass(frozen=True)
class TrainConfig:
    """All settings of one run; the defaults are the lecture's recipe.

    ``data`` is "mnist" or "offline" (the project's own digits), ``data_folder`` the learner's own MNIST files,
    ``device`` "auto" for the best there is, ``threads`` 0 for as many as the process may use.
    Raises SettingError naming the number and its bounds.
    """

    data: str = "mnist"
    epochs: int = 10
    batch_size: int = 64
    lr: float = 0.01
    momentum: float = 0.5
    seed: int = 0
    device: str = "auto"
    threads: int = 0
    data_folder: str | None = None
    network: tuple[LayerSpec, ...] = field(default=SIMPLE_CNN)

    def __post_init__(self) -> None:
        limits.within("epochs", self.epochs, 1, limits.MAX_EPOCHS)
        limits.within("batch size", self.batch_size, 1, limits.MAX_BATCH_SIZE)
        limits.within("learning rate", self.lr, 0, 10)
        limits.within("momentum", self.momentum, 0, 0.999)
        limits.within("seed", self.seed, 0, 2**32 - 1)
        limits.within("threads", self.threads, 0, 256)
        _one_of("data", self.data, DATA_SETS)
        _one_of("device", self.device, DEVICES)

    def as_dict(self) -> dict[str, Any]:
        """The settings as JSON holds them, the layers included."""
        return {**asdict(self), "network": [spec.as_dict() for spec in self.network]}


@dataclass(frozen=True)
class Started:
    """The run's first report: what it runs on. ``steps_per_epoch`` counts the last, smaller batch."""

    device: str
    threads: int
    num_params: int
    num_images: int
    steps_per_epoch: int
    total_steps: int
    versions: dict[str, str]


@dataclass(frozen=True)
class Steps:
    """The losses of the steps since the last report; ``step`` counts all steps so far, ``seconds`` training alone."""

    step: int
    losses: list[float]
    seconds: float
    images_per_second: float


@dataclass(frozen=True)
class Epoch:
    """One pass over the training images. Accuracies in 0..1; the training one is measured while the network learns.

    ``seconds`` and ``images_per_second`` are of training alone, without the evaluation.
    """

    epoch: int
    step: int
    train_loss: float
    train_accuracy: float
    test_accuracy: float
    seconds: float
    images_per_second: float
    device: str


Record = Started | Steps | Epoch


def _one_of(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise SettingError("{name} {value} is unknown; choose one of {known}", name=name, value=value, known=", ".join(known))
