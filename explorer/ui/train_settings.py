"""The Train page's settings: what they are, where they come from, and the TrainConfig that they make.

A recipe gives the usual values, a link holds the recipe and what differs from it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

import streamlit as st

from explorer.core.errors import SettingError
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.ledger import trace
from explorer.core.network.trainable import largest_batch, require_trainable
from explorer.core.run.recipes import OPTIMIZERS, RECIPES
from explorer.core.run.setting_names import NAMES
from explorer.core.run.train_config import BOUNDS, TrainConfig
from explorer.runs.run import Run
from explorer.ui.data_names import TITLES
from explorer.ui.language import mark
from explorer.ui.network_setting import NetworkSetting
from explorer.ui.number_field import accept_typed_text
from explorer.ui.setting import Choice, Number, Switch

NETWORK = NetworkSetting("train_network", require_trainable)
LECTURE = {one.name: one.default for one in fields(TrainConfig)}
# The first one is what a first visitor gets: a network that has learned before they wonder whether it works.
RECIPE_NAMES = {
    "fast": mark("Fast: 98% within seconds"),
    "fast99": mark("Fast: 99%"),
    "lecture": mark("The lecture's"),
}
OWN = mark("Your own")
FIRST = next(iter(RECIPE_NAMES))
RECIPE = Choice("train_recipe", RECIPE_NAMES)  # from which the settings began
# What a recipe is made of; the other settings are as good with any of them. How often it is tested comes with a recipe,
# but decides nothing: another number leaves the recipe what it is.
RECIPE_SETTINGS = (
    *("epochs", "batch_size", "optimizer", "lr", "momentum", "nesterov"),
    *("weight_decay", "label_smoothing", "schedule"),
)
CHOICES: Mapping[str, Mapping[str, str]] = {
    "data": TITLES,
    "optimizer": {"sgd": "SGD", "adam": "Adam", "adamw": "AdamW"},
    "schedule": {
        "constant": mark("Constant"),
        "step": mark("In steps: a tenth at half and at three quarters"),
        "cosine": mark("Cosine down to 0"),
        "onecycle": mark("One-cycle: up, then down"),
    },
    "device": {
        "auto": mark("Automatic"),
        "cuda": mark("CUDA (NVIDIA)"),
        "mps": mark("MPS (Apple)"),
        "cpu": mark("CPU"),
    },
    "precision": {"fp32": mark("float32"), "bf16": mark("bfloat16 products")},
}
CHANGEABLE = ("lr", "momentum")  # while a run trains
_SHOWN = "train_settings_of"  # (run, changes made) whose settings the fields show; its first rate and momentum
UPDATE = Choice(
    "train_update",
    {"0.5": mark("twice a second"), "1": mark("every second"), "2": mark("every 2 s"), "5": mark("every 5 s")},
)


def recipe() -> str:
    """The recipe that the settings are; "own" where they are none."""
    return _recipe_of({name: setting(name).value for name in RECIPE_SETTINGS})


def recipe_of(config: TrainConfig) -> str:
    """The recipe that a run's settings are, or "own"."""
    return _recipe_of({name: getattr(config, name) for name in RECIPE_SETTINGS})


def _recipe_of(values: Mapping[str, Any]) -> str:
    return next((name for name in RECIPE_NAMES if all(values[s] == usual(name)[s] for s in RECIPE_SETTINGS)), "own")


def set_recipe(name: str) -> None:
    """Makes all settings of a recipe what it says."""
    RECIPE.set(name)
    for one in (*RECIPE_SETTINGS, "evaluate_every"):
        setting(one).set(setting(one).default)


def set_optimizer_defaults() -> None:
    """After another one was chosen: the rate and the momentum that suit it."""
    for name, value in OPTIMIZERS[setting("optimizer").value].items():
        setting(name).set(value)
    setting("nesterov").set(False)


def set_config(config: TrainConfig, but: Sequence[str] = ()) -> None:
    """Sets everything as it was for a run, its network too, ``but`` these."""
    for name in {*BOUNDS, *CHOICES, "nesterov", "shuffled_pixels"} - set(but):
        setting(name).set(type(setting(name).default)(getattr(config, name)))
    if is_local():
        st.session_state[folder_key(config.data)] = config.data_folder or ""
    NETWORK.set(NetworkSpec(config.network))


def show_settings_of(run: Run) -> None:
    """Has the fields say what a run under way was started with; the rate and the momentum as they were last changed.

    These two may have been typed just now: they are set anew when the run is another, or has taken a change.
    """
    (seen, _), now = st.session_state.get(_SHOWN, (None, {})), (run.id, len(run.config.changes))
    st.session_state[_SHOWN] = now, {name: getattr(run.config, name) for name in CHANGEABLE}
    set_config(run.config, but=CHANGEABLE if seen == now else ())
    for name in CHANGEABLE if seen != now else ():
        last = next((getattr(c, name) for c in reversed(run.config.changes) if getattr(c, name) is not None), None)
        if last is not None:
            setting(name).set(last)


def show_own_settings() -> None:
    """The fields are the learner's again: what was changed in mid-run was that run's, and is no part of the next."""
    for name, value in st.session_state.pop(_SHOWN, (None, {}))[1].items():
        setting(name).set(value)


def usual(name: str) -> dict[str, Any]:
    """All settings as the recipe of that name has them."""
    return {**LECTURE, **RECIPES[name]}


def setting(name: str) -> Any:
    """The Number, Choice or Switch of that field of TrainConfig."""
    key, default = f"train_{name}", usual(RECIPE.value)[name]
    if name in CHOICES:
        return Choice(key, CHOICES[name], default)
    if name not in BOUNDS:
        return Switch(key, default)
    number = int if type(LECTURE[name]) is int and name != "epochs" else float
    return Number(key, *map(number, BOUNDS[name]), number(default))


def accept_typed_fields() -> None:
    """Takes what was typed just before a click: both come in one message."""
    for name in BOUNDS:
        accept_typed_text(f"train_{name}")


def refused_field() -> SettingError | None:
    """Which field holds a text that is refused: nothing is trained with a number that nobody typed."""
    name = next((name for name in BOUNDS if setting(name).problem), None)
    return SettingError("Mend “{setting}” first.", setting=NAMES[name]) if name else None


def train_config(stack: NetworkSpec) -> TrainConfig:
    """The settings as they stand, drawn or not, for this network."""
    values = {name: setting(name).value for name in (*BOUNDS, *CHOICES, "nesterov", "shuffled_pixels")}
    values["batch_size"] = min(values["batch_size"], largest_batch(trace(stack)))
    values["epochs"] = int(values["epochs"]) if values["epochs"].is_integer() else values["epochs"]
    values["nesterov"] &= values["optimizer"] == "sgd" and values["momentum"] > 0
    return TrainConfig(**values | learner_data(), network=stack.layers)


def learner_data() -> dict[str, Any]:
    """``data`` and ``data_folder`` as chosen: the learner's own files where learner and server are one machine."""
    data = setting("data").value
    folder = st.session_state.get(folder_key(data)) if is_local() else None
    return {"data": data, "data_folder": folder or None}


def folder_key(data: str) -> str:
    """The field that names the learner's own files of that set: one's folder is not another's."""
    return f"train_{data}_folder"


def is_local() -> bool:
    """Both the address and the name say so: behind a proxy on the same machine the name does not."""
    host = (st.context.url or "").split("://")[-1].split("/")[0].rsplit(":", 1)[0]
    return st.context.ip_address is None and host in ("localhost", "127.0.0.1", "[::1]")
