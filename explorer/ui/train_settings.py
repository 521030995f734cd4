"""The Train page's settings: what they are, where they come from, and the TrainConfig that they make.

A recipe gives the usual values, a link holds the recipe and what differs from it.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from explorer.core.environment import environment
from explorer.core.errors import SettingError
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.ledger import trace
from explorer.core.network.trainable import largest_batch, require_trainable
from explorer.core.run.recipes import OPTIMIZERS
from explorer.core.run.setting_names import NAMES
from explorer.core.run.train_config import BOUNDS, TrainConfig
from explorer.ui.data_names import TITLES
from explorer.ui.language import mark
from explorer.ui.network_setting import NetworkSetting
from explorer.ui.number_field import accept_typed_text
from explorer.ui.setting import Choice, Number, Setting, Switch
from explorer.ui.train_recipes import LECTURE, RECIPE, RECIPE_SETTINGS, matching_recipe, recipe_values

NETWORK = NetworkSetting("train_network", require_trainable)
EDITED = NetworkSetting("network_stack", like=NETWORK)  # the Network page's
_THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]")
_PROXYS = ("x-forwarded-for", "x-forwarded-proto", "x-real-ip", "forwarded", "via")  # what one adds to a request
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
SWITCHES = ("nesterov", "shuffled_pixels")
UPDATE = Choice(
    "train_update",
    {"0.5": mark("twice a second"), "1": mark("every second"), "2": mark("every 2 s"), "5": mark("every 5 s")},
)


def current_recipe() -> str:
    """The recipe that the settings are, whoever set them; "own" where they are none."""
    return matching_recipe({name: setting(name).value for name in RECIPE_SETTINGS})


def set_recipe(name: str) -> None:
    """Sets all that the recipe of that name decides."""
    RECIPE.set(name)
    for one in (*RECIPE_SETTINGS, "evaluate_every"):
        setting(one).set(setting(one).default)


def set_optimizer_defaults() -> None:
    """Sets the rate and the momentum that suit the chosen optimizer."""
    for name, value in OPTIMIZERS[setting("optimizer").value].items():
        setting(name).set(value)
    setting("nesterov").set(False)


def number_setting(name: str) -> Number:
    """The setting of that field of TrainConfig, one of BOUNDS."""
    number = int if type(LECTURE[name]) is int and name != "epochs" else float
    lowest, highest = map(number, BOUNDS[name])
    return Number(f"train_{name}", lowest, highest, number(recipe_values(RECIPE.value)[name]))


def choice_setting(name: str) -> Choice:
    """The setting of that field of TrainConfig, one of CHOICES."""
    return Choice(f"train_{name}", CHOICES[name], recipe_values(RECIPE.value)[name])


def switch_setting(name: str) -> Switch:
    """The setting of that field of TrainConfig, one of SWITCHES."""
    return Switch(f"train_{name}", recipe_values(RECIPE.value)[name])


def setting(name: str) -> Setting[Any]:
    """The setting of that field of TrainConfig, whichever of the three it is."""
    kinds = ((BOUNDS, number_setting), (CHOICES, choice_setting), (SWITCHES, switch_setting))
    return next(make(name) for names, make in kinds if name in names)


def accept_typed_fields() -> None:
    """Takes what was typed just before a click: both come in one message."""
    for name in BOUNDS:
        accept_typed_text(f"train_{name}")


def refused_field() -> SettingError | None:
    """Which field holds a text that is refused: nothing is trained with a number that nobody typed."""
    name = next((name for name in BOUNDS if number_setting(name).problem), None)
    return SettingError("Mend “{setting}” first.", setting=NAMES[name]) if name else None


def train_config(stack: NetworkSpec) -> TrainConfig:
    """The settings as they stand, drawn or not, for this network."""
    values = {name: setting(name).value for name in (*BOUNDS, *CHOICES, *SWITCHES)}
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
    """Whether learner and server are one machine: both addresses are its own, and no proxy stands in between.

    Only then may one name a folder of the server. The page's address, which the browser tells, is not asked: a script
    tells any. A server that has a profile or names hosts is others' too, and none is taken for local.
    """
    headers = st.context.headers
    host = (headers.get("host") or "").rsplit(":", 1)[0]
    passed_on = any(name in headers for name in _PROXYS)
    return st.context.ip_address is None and host in _THIS_MACHINE and not passed_on and not environment().hosts
