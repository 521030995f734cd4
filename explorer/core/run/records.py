"""What a run reports while it trains: plain values, the same in the app, on the wire and, a line each, on disk."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Started:
    """The first report, and the first after a resume: what the run trains on.

    ``steps_per_epoch`` counts the last, smaller batch; ``step`` is the step that it goes on from, 0 at the beginning,
    and ``evaluated`` the step of the last evaluation before. ``loop`` is "eager", or "graphs" where whole steps are
    captured in CUDA graphs.
    """

    device: str
    threads: int
    num_params: int
    num_images: int
    steps_per_epoch: int
    total_steps: int
    versions: dict[str, str]
    step: int = 0
    evaluated: int = 0
    loop: str = "eager"


@dataclass(frozen=True)
class Steps:
    """The steps since the last report.

    ``step`` counts all steps so far; ``losses`` and ``accuracies`` (0..1, of the step's own batch) have a value each
    for the steps reported here. ``seconds`` is the training so far without evaluations and pauses,
    ``images_per_second`` of these steps alone. ``lr`` and ``grad_norms`` (layer -> 2-norm) are the last step's.
    ``memory`` (bytes) and ``utilisation`` (0..1) are the GPU's, None without one. A loss may be NaN or infinite; the
    batch has no accuracy then: NaN.
    """

    step: int
    losses: list[float]
    seconds: float
    images_per_second: float
    accuracies: list[float] = field(default_factory=list[float])
    lr: float = 0.0
    grad_norms: dict[str, float | None] = field(default_factory=dict[str, float | None])
    memory: int | None = None
    utilisation: float | None = None


@dataclass(frozen=True)
class Epoch:
    """An evaluation, after each pass over the training images and after the last step. Accuracies in 0..1.

    ``epoch`` counts passes; it is no whole number where the run ends, or is evaluated, within one. The training
    figures are of the steps since the last evaluation, measured while the network learns. ``test_accuracy`` is NaN
    where the network's outputs are no numbers: it has no answers then. ``seconds`` and
    ``images_per_second`` are of that training alone, without evaluations and pauses.
    """

    epoch: float
    step: int
    train_loss: float
    train_accuracy: float
    test_accuracy: float
    seconds: float
    images_per_second: float
    device: str


@dataclass(frozen=True)
class Change:
    """From ``step`` steps on, another learning rate (before the schedule) or momentum; None leaves it."""

    step: int
    lr: float | None = None
    momentum: float | None = None


Record = Started | Steps | Epoch | Change
KINDS: Mapping[str, type[Record]] = {kind.__name__.lower(): kind for kind in (Started, Steps, Epoch, Change)}


def as_message(record: Record) -> tuple[str, dict[str, Any]]:
    """The record as it travels and is kept: its lower-case class name, and its values."""
    return type(record).__name__.lower(), asdict(record)


def from_message(kind: str, values: Mapping[str, Any]) -> Record:
    """The record that ``as_message`` gave, from a file too, which has null for what is no number.

    Raises KeyError for an unknown kind, TypeError for other values.
    """
    record = KINDS[kind](**values)
    if isinstance(record, Steps) and _has_null([*record.losses, *record.accuracies]):
        return replace(record, losses=_numbers(record.losses), accuracies=_numbers(record.accuracies))
    if isinstance(record, Epoch) and _has_null([record.train_loss, record.test_accuracy]):
        loss, accuracy = _numbers([record.train_loss, record.test_accuracy])
        return replace(record, train_loss=loss, test_accuracy=accuracy)
    return record


def _has_null(values: Sequence[float | None]) -> bool:
    return None in values


def _numbers(values: Sequence[float | None]) -> list[float]:
    return [math.nan if value is None else value for value in values]
