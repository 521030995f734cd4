"""The command line's arguments: the settings that the page has, under the same names."""

import argparse
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from explorer.core.data.data_sets import SOURCES
from explorer.core.errors import SettingError, mark
from explorer.core.network.layers import LayerSpec, NetworkSpec
from explorer.core.network.link import decode
from explorer.core.network.networks import PRESETS
from explorer.core.network.trainable import require_trainable
from explorer.core.run.recipes import OPTIMIZERS, RECIPES
from explorer.core.run.setting_names import NAMES
from explorer.core.run.train_config import CHOICES, TrainConfig, parse_change

HELP = {
    "network": f"{', '.join(PRESETS)}, or as a link writes one: 1_1x28x28_f_l784-10",
    "data": f"{', '.join(SOURCES)}; your own files: mnist=FOLDER, fashion=FOLDER, kmnist=FOLDER",
    "images": "the first so many of the training images; 0: all",
    "shuffled_pixels": "every image's pixels in one other order",
    "momentum": "of SGD; the first beta of Adam and AdamW",
    "target_accuracy": "stop at this share of right answers on the test images; 0: never",
    "max_seconds": "stop after this time of training; 0: never",
    "evaluate_every": "steps between two looks at the test images, beside each epoch's end; 0: none",
    "threads": "0: one for each core but one",
    "precision": "bf16: products in bfloat16; slower, much, where the processor has none",
}
HIDDEN = ("data_folder", "changes")  # told by --data and --change


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The arguments, of the settings only those that were given. Exits with status 2 as argparse does."""
    parser = argparse.ArgumentParser(prog="python -m explorer.training", description="Train a small network.")
    parser.add_argument("--preset", choices=RECIPES, help="a ready-made recipe; what else is said goes before it")
    for setting in fields(TrainConfig):
        if setting.name not in HIDDEN:
            _add(parser, setting.name, setting.type, setting.default)
    parser.add_argument("--change", action="append", type=str, default=argparse.SUPPRESS, metavar="STEP:lr=…",
                        help="another lr or momentum after a step: 500:lr=0.1,momentum=0.9")  # fmt: skip
    parser.add_argument("--stop-after", type=int, metavar="STEPS", help="stop there, as the Stop button would")
    parser.add_argument("--resume", type=Path, metavar="FOLDER", help="go on with a run that was stopped or killed")
    parser.add_argument("--out", type=Path, default="checkpoints", help="where the run's folder goes")
    parser.add_argument("--json", action="store_true", help="one JSON object per evaluation on standard output")
    options = parser.parse_args(arguments)
    if options.stop_after is not None and options.stop_after < 1:
        parser.error(f"--stop-after takes a number of steps, 1 at least, not {options.stop_after}")
    options.settings = {name: value for name, value in vars(options).items() if name in _settings()}
    if options.resume and (options.settings or options.preset):
        given = ", ".join(options.settings) or "preset"
        parser.error(f"--resume goes on with the run's own settings; leave out {given}")
    return options


def config_of(options: argparse.Namespace) -> TrainConfig:
    """The settings: those given, else the preset's, else what suits the optimizer, else the lecture's.

    Raises SettingError.
    """
    given = dict(options.settings)
    values: dict[str, Any] = {
        **OPTIMIZERS[given.get("optimizer", "sgd")],
        **RECIPES[options.preset or "lecture"],
        **given,
    }
    values["network"] = _network(values.get("network", "simple"))
    values["changes"] = tuple(map(parse_change, values.pop("change", ())))
    values |= _data(values.get("data", "mnist"))
    return TrainConfig(**values).within_limits()


def _data(text: str) -> dict[str, Any]:
    """``fashion`` as it is fetched, ``fashion=FOLDER`` the learner's own files; a FOLDER alone is MNIST's.

    Raises SettingError for a word that is neither.
    """
    if text in SOURCES:
        return {"data": text}
    data, named, folder = text.partition("=")
    if named and data in SOURCES and SOURCES[data].published:
        return {"data": data, "data_folder": folder}
    if Path(text).name == text and not Path(text).exists():
        raise SettingError(
            "The {setting} {value} is unknown. Choose one of {known}.",
            setting=NAMES["data"],
            value=text,
            known=f"{', '.join(SOURCES)}, mnist=FOLDER, fashion=FOLDER, kmnist=FOLDER",
        )
    return {"data": "mnist", "data_folder": text}


def _settings() -> set[str]:
    return {setting.name for setting in fields(TrainConfig)} - set(HIDDEN) | {"change"}


def _add(parser: argparse.ArgumentParser, name: str, kind: type, default: object) -> None:
    option, words = f"--{name.replace('_', '-')}", HELP.get(name)
    if kind is bool:
        parser.add_argument(option, action="store_true", default=argparse.SUPPRESS, help=words)
        return
    kind = kind if kind in (int, float) else str
    choices = CHOICES[name] if name in CHOICES and name != "data" else None
    shown = words or ("" if choices else f"default {default}")
    parser.add_argument(option, type=kind, choices=choices, default=argparse.SUPPRESS, help=shown)


def _network(text: str) -> tuple[LayerSpec, ...]:
    if text not in PRESETS and "_" not in text:
        raise SettingError(
            "The {setting} {value} is unknown. Choose one of {known}.",
            setting=mark("network"),
            value=text,
            known=", ".join(PRESETS),
        )
    stack = NetworkSpec(PRESETS[text]) if text in PRESETS else decode(text)
    require_trainable(stack)  # now, and not when the data has been fetched
    return stack.layers
