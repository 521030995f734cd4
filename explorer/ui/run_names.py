"""Runs in words: what tells them apart, and how far they are."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from explorer.core.network.layers import NetworkSpec
from explorer.core.run.comparison import differing
from explorer.core.run.records import Change
from explorer.core.run.train_config import TrainConfig
from explorer.runs.run import Run
from explorer.ui.data_names import TITLES
from explorer.ui.language import join_words, mark, plural, say_number, t
from explorer.ui.network_names import short_name, short_names
from explorer.ui.train_settings import RECIPE_NAMES, RECIPE_SETTINGS, recipe_of, usual

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
# Not in a run's own name:
UNSAID = {"network", "data_folder", "evaluate_every", "target_accuracy", "max_seconds", "device", "threads"}


def run_names(runs: Sequence[Run]) -> list[str]:
    """For each run its given name, else the settings in which these differ; equal names with when each began.

    One alone has nothing to differ from: it is called as ``run_name`` does.
    """
    configs = [run.config for run in runs]
    if len(configs) == 1:
        return [run_name(runs[0])]
    names = [run.name or join_phrases(parts) for run, parts in zip(runs, _differing_parts(configs), strict=True)]
    return with_distinct_names(runs, names)


def with_distinct_names(runs: Sequence[Run], names: Sequence[str]) -> list[str]:
    """The runs' ``names``; where some are alike, with when each of these began."""
    distinct = list(names)
    alike: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        alike.setdefault(name, []).append(number)
    for name, numbers in alike.items():
        if len(numbers) > 1:
            for number, beginning in zip(numbers, _beginnings([runs[n] for n in numbers], numbers), strict=True):
                distinct[number] = join_phrases([*([name] if name else []), beginning])
    return distinct


def _differing_parts(configs: Sequence[TrainConfig]) -> list[list[str]]:
    """Of each the settings in which these differ, networks whose short names are equal numbered."""
    networks = short_names([NetworkSpec(config.network) for config in configs])
    parts = [setting_texts(differing(configs), config) for config in configs]
    return [
        [network if part == setting_text(config, "network") else part for part in some]
        for some, network, config in zip(parts, networks, configs, strict=True)
    ]


def run_name(run: Run) -> str:
    """What its learner calls it; else its network, and what is not the lecture's recipe."""
    return run.name or settings_name(run.config)


def settings_name(config: TrainConfig) -> str:
    """Of a run that was given no name: its network, and what is not the lecture's recipe."""
    names = [name for name in config.differences() if name not in UNSAID]
    return join_phrases([setting_text(config, "network"), *setting_texts(names, config)])


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


def join_phrases(parts: Sequence[str]) -> str:
    """Parts as one phrase."""
    return join_words(parts)


def setting_texts(names: Sequence[str], config: TrainConfig) -> list[str]:
    """The settings of these names; where more than MOST_SPELLED of them are a recipe's, its name stands for them."""
    name = recipe_of(config)
    if name == "own" or sum(one in RECIPE_SETTINGS for one in names) <= MOST_SPELLED:
        return [setting_text(config, one) for one in names]
    tested = () if config.evaluate_every != usual(name)["evaluate_every"] else ("evaluate_every",)
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
        said.append(t("after step {step} {words}", step=say_number(change.step, ","), words=join_phrases(words)))
    return join_phrases(said)


def _beginnings(runs: Sequence[Run], numbers: Sequence[int]) -> list[str]:
    """When each began, by the clock of who looks, in the fewest digits that tell them apart.

    A run without a folder has only its place among all that are shown, from 0; so has one that began with another.
    """
    times = [_began(run) for run in runs]
    known = [time for time in times if time]
    same_day = len({time.date() for time in known}) < 2
    forms = ("%H:%M", "%H:%M:%S") if same_day else ("%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S")
    form = next((form for form in forms if len({f"{time:{form}}" for time in known}) == len(known)), forms[-1])
    said = [f"{time:{form}}" if time else "" for time in times]
    return [
        t("started {time}", time=time) if time and said.count(time) == 1 else t("number {number}", number=number + 1)
        for time, number in zip(said, numbers, strict=True)
    ]


def start_text(run: Run) -> str:
    """``2026-11-26 08:41`` by the clock of who looks, in signs at which no line breaks; empty without a folder."""
    began = _began(run)
    return f"{began:%Y\u2011%m\u2011%d\u00a0%H:%M}" if began else ""


def _began(run: Run) -> datetime | None:
    if not run.folder:
        return None
    return datetime.strptime(run.folder.name[:15], "%Y%m%d-%H%M%S").replace(tzinfo=UTC).astimezone(_zone())


def _zone() -> tzinfo:
    try:
        return ZoneInfo(st.context.timezone) if st.context.timezone else UTC
    except (ZoneInfoNotFoundError, ValueError):  # a browser's own idea of a name
        return UTC


SPECIAL: Mapping[str, Callable] = {
    "network": lambda layers: short_name(NetworkSpec(layers)),
    "changes": _changes,
    "data_folder": lambda folder: t("own files") if folder else t("files as they are fetched"),
}
