"""What a run is asked to do: plain values, the same in the app, on the wire and on disk."""

import shlex
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from explorer.core import limits
from explorer.core.data.data_sets import SOURCES
from explorer.core.errors import SettingError, mark
from explorer.core.network.layers import LayerSpec, NetworkSpec
from explorer.core.network.ledger import trace
from explorer.core.network.link import encode
from explorer.core.network.networks import SIMPLE_CNN, preset_name
from explorer.core.network.trainable import largest_batch, require_trainable, unsound
from explorer.core.run.records import Change
from explorer.core.run.schedule import SCHEDULES
from explorer.core.run.setting_names import NAMES

DEVICES = ("auto", "cuda", "mps", "cpu")
OPTIMIZERS = ("sgd", "adam", "adamw")
PRECISIONS = ("fp32", "bf16")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "data": tuple(SOURCES),
    "device": DEVICES,
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
    "precision": PRECISIONS,
}
BOUNDS: Mapping[str, tuple[float, float]] = {
    "epochs": (0.01, limits.MAX_EPOCHS),
    "batch_size": (1, limits.MAX_BATCH_SIZE),
    "images": (0, 60_000),
    "lr": (0, 10),
    "momentum": (0, 0.999),
    "weight_decay": (0, 1),
    "label_smoothing": (0, 0.9),
    "evaluate_every": (0, 1_000_000),
    "target_accuracy": (0, 1),
    "max_seconds": (0, limits.MAX_RUN_SECONDS),
    "seed": (0, 2**32 - 1),
    "threads": (0, 256),
}
# What any server may allow: a run that was started when this one allowed more is read, shown and ended all the same.
_ANY_SERVERS = {"epochs": 1_000_000, "batch_size": 60_000, "max_seconds": 1_000_000_000}
_SWITCHES = ("nesterov", "shuffled_pixels")
_ALWAYS = ("epochs", "batch_size", "lr", "momentum", "seed", "device", "threads")  # the command says them anyway
_SPELLED = {*BOUNDS, *CHOICES} - {"data", *_ALWAYS}


@dataclass(frozen=True)
class TrainConfig:
    """All settings of one run; the defaults are the lecture's recipe. Its learning rate is ``lr`` times ``schedule``.

    Data: one of data_sets.SOURCES; ``data_folder`` the learner's own files of it; ``images`` the first so many of the
    training images, 0 for all; ``shuffled_pixels`` every image's pixels in one other order.
    Recipe: ``epochs`` may be a part of one; ``momentum`` is SGD's, or Adam's first beta.
    Ends before the last epoch: at ``target_accuracy`` (0..1) on the test images, after ``max_seconds`` of training; 0
    for none. ``evaluate_every`` so many steps the test images are looked at, beside each epoch's end; 0 for not.
    Device: "auto" for the best there is, ``threads`` 0 for all cores that the process may use but one,
    ``precision`` "bf16" for products in bfloat16. The thread count is a setting like the others: it decides how sums
    are rounded, and so the weights' last bits. ``changes`` are made while it trains, each at its step.
    Raises SettingError naming the number and its bounds, or why the network cannot be trained. Whether this server
    allows it is for ``within_limits`` to say.
    """

    data: str = "mnist"
    data_folder: str | None = None
    images: int = 0
    shuffled_pixels: bool = False
    epochs: float = 10
    batch_size: int = 64
    optimizer: str = "sgd"
    lr: float = 0.01
    momentum: float = 0.5
    nesterov: bool = False
    weight_decay: float = 0.0
    label_smoothing: float = 0.0
    schedule: str = "constant"
    target_accuracy: float = 0.0
    max_seconds: float = 0.0
    evaluate_every: int = 0
    seed: int = 0
    device: str = "auto"
    threads: int = 0
    precision: str = "fp32"
    changes: tuple[Change, ...] = ()
    network: tuple[LayerSpec, ...] = field(default=SIMPLE_CNN)

    def __post_init__(self) -> None:
        for one in fields(self):
            if one.type in (int, bool):
                _of_type(NAMES[one.name], getattr(self, one.name), one.type)
        for name, (lowest, highest) in BOUNDS.items():
            if not lowest <= getattr(self, name) <= max(highest, _ANY_SERVERS.get(name, highest)):
                limits.within(NAMES[name], getattr(self, name), lowest, highest)  # raises
        for name, known in CHOICES.items():
            _one_of(NAMES[name], getattr(self, name), known)
        for change in self.changes:
            self._check(change)
        if self.nesterov and (self.optimizer != "sgd" or not self.momentum):
            raise SettingError("Nesterov's momentum is SGD's, and needs a momentum above 0.")
        if problem := next(unsound(trace(NetworkSpec(self.network))), None):
            raise problem

    def within_limits(self) -> "TrainConfig":
        """The same settings, which somebody asks for now. Raises SettingError for what this server does not allow."""
        for name, (lowest, highest) in BOUNDS.items():
            limits.within(NAMES[name], getattr(self, name), lowest, highest)
        largest = largest_batch(require_trainable(NetworkSpec(self.network)))
        if self.batch_size > largest:
            raise SettingError(
                "A batch of {batch_size} images of this network takes more memory or time than a step may. "
                "Choose a batch size of {largest} at most.",
                batch_size=self.batch_size,
                largest=largest,
            )
        return self

    @property
    def training_images(self) -> int:
        """How many it trains on, where its data set is whole."""
        there = SOURCES[self.data].train_images
        return min(self.images or there, there)

    def as_dict(self) -> dict[str, Any]:
        """The settings as JSON holds them, the layers included."""
        changes = [asdict(change) for change in self.changes]
        return {**asdict(self), "changes": changes, "network": [spec.as_dict() for spec in self.network]}

    def command(self, stop_after: int | None = None) -> str:
        """The command line that trains the same network with the same settings, without the app.

        ``stop_after`` so many steps, where a run to be repeated was stopped there.
        """
        stack = NetworkSpec(self.network)
        options = {} if self.network == SIMPLE_CNN else {"network": preset_name(stack) or encode(stack)}
        options |= {"data": f"{self.data}={self.data_folder}" if self.data_folder else self.data}
        options |= {name: getattr(self, name) for name in _ALWAYS}
        options |= {name: value for name, value in self.differences().items() if name in _SPELLED}
        words = [f"--{name.replace('_', '-')} {shlex.quote(str(value))}" for name, value in options.items()]
        words += [f"--{name.replace('_', '-')}" for name in _SWITCHES if getattr(self, name)]
        words += [f"--change {_spell(change)}" for change in self.changes]
        words += [f"--stop-after {stop_after}"] if stop_after else []
        return " ".join(["python -m explorer.training", *words])

    def differences(self) -> dict[str, Any]:
        """The settings that are not the lecture's, by name."""
        return {one.name: getattr(self, one.name) for one in fields(self) if getattr(self, one.name) != one.default}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> "TrainConfig":
        """The settings that ``as_dict`` gave, checked again. Raises SettingError, or TypeError for an unknown name."""
        network = tuple(LayerSpec.from_dict(layer) for layer in values["network"])
        changes = tuple(Change(**change) for change in values.get("changes", ()))
        settings: dict[str, Any] = {**values, "network": network, "changes": changes}
        return cls(**settings)

    def _check(self, change: Change) -> None:
        limits.within(mark("step"), change.step, 0, 10**9)
        for name in ("lr", "momentum"):
            if getattr(change, name) is not None:
                limits.within(NAMES[name], getattr(change, name), *BOUNDS[name])


def parse_change(text: str) -> Change:
    """The change that ``--change`` spells: 500:lr=0.1,momentum=0.9. Raises SettingError."""
    step, _, values = text.partition(":")
    try:
        named = dict(part.split("=") for part in values.split(","))
        return Change(int(step), **{name: float(value) for name, value in named.items()})
    except (ValueError, TypeError) as error:
        raise SettingError(
            "The change {text} cannot be read. Write it as {example}.", text=text, example="500:lr=0.1,momentum=0.9"
        ) from error


def _spell(change: Change) -> str:
    values = {"lr": change.lr, "momentum": change.momentum}
    return f"{change.step}:" + ",".join(f"{name}={value}" for name, value in values.items() if value is not None)


def _of_type(name: str, value: object, wanted: type) -> None:
    if type(value) is wanted:
        return
    if wanted is bool:
        raise SettingError("The {setting} is {value}, neither true nor false.", setting=name, value=value)
    raise SettingError(
        "The {setting} is {value}, which is not a whole number.", setting=name, value=value
    )  # 2.0 or True


def _one_of(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise SettingError(
            "The {setting} {value} is unknown. Choose one of {known}.",
            setting=name,
            value=value,
            known=", ".join(known),
        )
