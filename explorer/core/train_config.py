"""What a run is asked to do, and what it reports: plain values, the same in the app, on the wire and on disk."""

import shlex
from dataclasses import asdict, dataclass, field
from typing import Any

from explorer.core import limits
from explorer.core.explained import SettingError
from explorer.core.layers import LayerSpec, Stack
from explorer.core.networks import SIMPLE_CNN, preset_name
from explorer.core.stack_link import encode
from explorer.core.trainable import largest_batch, require_trainable

DATA_SETS = ("mnist", "offline")
DEVICES = ("auto", "cuda", "mps", "cpu")


@dataclass(frozen=True)
class TrainConfig:
    """All settings of one run; the defaults are the lecture's recipe.

    ``data`` is "mnist" or "offline" (the project's own digits), ``data_folder`` the learner's own MNIST files,
    ``device`` "auto" for the best there is, ``threads`` 0 for all cores that the process may use but one. The
    thread count is a setting like the others: it decides how sums are rounded, and so the weights' last bits.
    Raises SettingError naming the number and its bounds, or why the network cannot be trained.
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
        for name in ("epochs", "batch_size", "seed", "threads"):
            _whole(name.replace("_", " "), getattr(self, name))
        limits.within("epochs", self.epochs, 1, limits.MAX_EPOCHS)
        limits.within("batch size", self.batch_size, 1, limits.MAX_BATCH_SIZE)
        limits.within("learning rate", self.lr, 0, 10)
        limits.within("momentum", self.momentum, 0, 0.999)
        limits.within("seed", self.seed, 0, 2**32 - 1)
        limits.within("threads", self.threads, 0, 256)
        _one_of("data", self.data, DATA_SETS)
        _one_of("device", self.device, DEVICES)
        largest = largest_batch(require_trainable(Stack(self.network)))
        if self.batch_size > largest:
            raise SettingError(
                "A batch of {batch_size} images of this network takes more memory or time than a step may. "
                "Choose a batch size of {largest} at most.",
                batch_size=self.batch_size,
                largest=largest,
            )

    def as_dict(self) -> dict[str, Any]:
        """The settings as JSON holds them, the layers included."""
        return {**asdict(self), "network": [spec.as_dict() for spec in self.network]}

    def command(self) -> str:
        """The command line that trains the same network with the same settings, without the app."""
        stack, data = Stack(self.network), self.data_folder or self.data
        options = {} if self.network == SIMPLE_CNN else {"network": preset_name(stack) or encode(stack)}
        options |= {"data": data, "epochs": self.epochs, "batch-size": self.batch_size, "lr": self.lr}
        options |= {"momentum": self.momentum, "seed": self.seed, "device": self.device, "threads": self.threads}
        given = (f"--{name} {shlex.quote(str(value))}" for name, value in options.items())
        return " ".join(["python -m explorer.training", *given])

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> "TrainConfig":
        """The settings that ``as_dict`` gave, checked again. Raises SettingError, or TypeError for an unknown name."""
        return cls(**{**values, "network": tuple(LayerSpec.from_dict(layer) for layer in values["network"])})


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
    """The losses of the steps since the last report.

    ``step`` counts all steps so far, ``seconds`` the training so far without evaluations and pauses;
    ``images_per_second`` is of the steps reported here. A loss may be NaN or infinite: learning can diverge.
    """

    step: int
    losses: list[float]
    seconds: float
    images_per_second: float


@dataclass(frozen=True)
class Epoch:
    """One pass over the training images. Accuracies in 0..1; the training one is measured while the network learns.

    ``seconds`` and ``images_per_second`` are of this pass's training alone, without the evaluation and pauses.
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


def as_message(record: Record) -> tuple[str, dict[str, Any]]:
    """The record as it travels from a worker to the app: its lower-case class name, and its values."""
    return type(record).__name__.lower(), asdict(record)


def _whole(name: str, value: object) -> None:
    if type(value) is not int:  # neither 2.0 nor True, which a file or a link may carry
        raise SettingError("The {name} is {value}, which is not a whole number.", name=name, value=value)


def _one_of(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise SettingError(
            "The {name} {value} is unknown. Choose one of {known}.",
            name=name,
            value=value,
            known=", ".join(known),
        )
