"""A run's settings in words, one by one or by their recipe's name."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from explorer.core.network.layers import NetworkSpec
from explorer.core.run.records import Change
from explorer.core.run.train_config import TrainConfig
from explorer.ui.data_names import TITLES
from explorer.ui.language import join_words, mark, plural, say_number, t
from explorer.ui.network_names import short_name
from explorer.ui.train_recipes import RECIPE_NAMES, RECIPE_SETTINGS, recipe_of, recipe_values

CHOICES: Mapping[tuple[str, object], str] = {
    **{("data", data): title for data, title in TITLES.items()},
    ("shuffled_pixels", True): mark("pixels shuffled"),
    ("shuffled_pixels", False): mark("pixels in order"),
    ("optimizer", "sgd"): "SGD",
    ("optimizer", "adam"): "Adam",
    ("optimizer", "adamw"): "AdamW",
    ("nesterov", True): mark("with Nesterov"),
    ("nesterov", False): mark("without Nesterov"),
    ("schedule", "constant"): mark("constant rate"),
    ("schedule", "step"): mark("rate falling in steps"),
    ("schedule", "cosine"): mark("cosine schedule"),
    ("schedule", "onecycle"): mark("one-cycle schedule"),
    ("device", "auto"): mark("device: automatic"),
    ("device", "cuda"): "CUDA",
    ("device", "mps"): "MPS",
    ("device", "cpu"): "CPU",
    ("precision", "fp32"): "float32",
    ("precision", "bf16"): "bfloat16",
}
NUMBERS: Mapping[str, str] = {
    "images": mark("the first {value} training images"),
    "epochs": plural("{value} epoch", "{value} epochs"),
    "batch_size": mark("batch size {value}"),
    "lr": mark("learning rate {value}"),
    "momentum": mark("momentum {value}"),
    "weight_decay": mark("weight decay {value}"),
    "label_smoothing": mark("label smoothing {value}"),
    "target_accuracy": mark("until {value} of the test images are read"),
    "max_seconds": mark("at most {value} s"),
    "evaluate_every": plural("tested every step", "tested every {value} steps"),
    "seed": mark("seed {value}"),
    "threads": mark("threads: {value}"),
}
NONE: Mapping[str, str] = {  # what 0 says
    "images": mark("all training images"),
    "target_accuracy": mark("no target accuracy"),
    "max_seconds": mark("no time limit"),
    "evaluate_every": mark("tested after each epoch"),
    "threads": mark("threads: automatic"),
}
MOST_SPELLED = 2


def setting_text(config: TrainConfig, name: str) -> str:
    """One setting: ``learning rate 0.1``, ``pixels shuffled``, the network's short name.

    Two values never read the same, but two networks of one's own that have as many parameters.
    """
    value = getattr(config, name)
    if name in SPECIAL:
        return SPECIAL[name](value)
    if (name, value) in CHOICES:
        return t(CHOICES[name, value])
    if not value and name in NONE:
        return t(NONE[name])
    return t(NUMBERS[name], value=say_number(value, ".12g"), count=value)


def setting_texts(names: Sequence[str], config: TrainConfig) -> list[str]:
    """The settings of these names; where more than MOST_SPELLED of them are a recipe's, its name stands for them."""
    name = recipe_of(config)
    if name == "own" or sum(one in RECIPE_SETTINGS for one in names) <= MOST_SPELLED:
        return [setting_text(config, one) for one in names]
    tested = () if config.evaluate_every != recipe_values(name)["evaluate_every"] else ("evaluate_every",)
    others = [one for one in names if one not in (*RECIPE_SETTINGS, *tested)]
    return [t(RECIPE_NAMES[name]), *(setting_text(config, one) for one in others)]


def _changes(changes: tuple[Change, ...]) -> str:
    if not changes:
        return t("unchanged while it trained")
    said = []
    for change in changes:
        values = {"lr": change.lr, "momentum": change.momentum}
        words = [
            t(NUMBERS[name], value=say_number(value, ".12g")) for name, value in values.items() if value is not None
        ]
        said.append(t("after step {step} {words}", step=say_number(change.step, ","), words=join_words(words)))
    return join_words(said)


SPECIAL: Mapping[str, Callable[[Any], str]] = {
    "network": lambda layers: short_name(NetworkSpec(layers)),
    "changes": _changes,
    "data_folder": lambda folder: t("own files") if folder else t("files as they are fetched"),
}
