"""The recipes by their names on screen, and which of them a run's settings are."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from explorer.core.run.recipes import RECIPES
from explorer.core.run.train_config import TrainConfig
from explorer.ui.language import mark
from explorer.ui.setting import Choice

LECTURE: Mapping[str, Any] = {one.name: one.default for one in fields(TrainConfig)}
# The first one is what a first visitor gets: a network that has learned before they wonder whether it works.
RECIPE_NAMES = {
    "fast": mark("Fast: 98% within seconds"),
    "fast99": mark("Fast: 99%"),
    "lecture": mark("The lecture's"),
}
OWN = mark("Your own")
FIRST = next(iter(RECIPE_NAMES))
RECIPE = Choice("train_recipe", RECIPE_NAMES)  # from which the settings began: it gives their defaults
# What a recipe is made of; the other settings are as good with any of them. How often it is tested comes with a recipe,
# but decides nothing: another number leaves the recipe what it is.
RECIPE_SETTINGS = (
    *("epochs", "batch_size", "optimizer", "lr", "momentum", "nesterov"),
    *("weight_decay", "label_smoothing", "schedule"),
)


def recipe_values(name: str) -> dict[str, Any]:
    """All fields of TrainConfig as the recipe of that name has them."""
    return {**LECTURE, **RECIPES[name]}


def matching_recipe(values: Mapping[str, Any]) -> str:
    """The recipe whose RECIPE_SETTINGS have these ``values``; "own" where none has."""
    own = {name: values[name] for name in RECIPE_SETTINGS}
    return next((name for name in RECIPE_NAMES if own.items() <= recipe_values(name).items()), "own")


def recipe_of(config: TrainConfig) -> str:
    """The recipe that a run's settings are, or "own"."""
    return matching_recipe({name: getattr(config, name) for name in RECIPE_SETTINGS})
