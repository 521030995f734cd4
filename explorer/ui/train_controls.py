"""The Train page's settings: widgets in, a TrainConfig out. Keys are the names in the link."""

from dataclasses import replace

import streamlit as st

from explorer.core import limits
from explorer.core.layers import Stack
from explorer.core.ledger import trace
from explorer.core.train_config import TrainConfig
from explorer.core.trainable import largest_batch, require_trainable
from explorer.ui.language import explain, mark, t
from explorer.ui.navigation import kept_parameters
from explorer.ui.network_names import network_name
from explorer.ui.setting import Choice, Number
from explorer.ui.stack_setting import StackSetting

RECIPE = TrainConfig()
NETWORK = StackSetting("train_network", require_trainable)
DATA = Choice("train_data", {"mnist": mark("MNIST"), "offline": mark("Offline digits")})
DEVICE = Choice(
    "train_device",
    {"auto": mark("Automatic"), "cuda": mark("CUDA (NVIDIA)"), "mps": mark("MPS (Apple)"), "cpu": mark("CPU")},
)
EPOCHS = Number("train_epochs", 1, limits.MAX_EPOCHS, RECIPE.epochs)
BATCH_SIZE = Number("train_batch_size", 1, limits.MAX_BATCH_SIZE, RECIPE.batch_size)
LR = Number("train_lr", 0.0001, 1.0, RECIPE.lr)
MOMENTUM = Number("train_momentum", 0.0, 0.99, RECIPE.momentum)
SEED = Number("train_seed", 0, 9999, RECIPE.seed)


def train_controls(locked: bool) -> TrainConfig:
    """Draws the settings; ``locked`` while a run is under way, whose settings they are."""
    _network()
    DATA.select(
        t("Data"),
        disabled=locked,
        help=t(
            "MNIST is fetched once and kept. Offline digits are drawn by this app: "
            "they need no network, and their accuracy is not MNIST's."
        ),
    )
    left, right = st.columns(2)
    with left:
        EPOCHS.field(t("Epochs"), disabled=locked)
        LR.field(t("Learning rate"), disabled=locked, step=0.01, format="%.4g")
        SEED.field(t("Seed"), disabled=locked)
    with right:
        _batch_size(locked)
        MOMENTUM.field(t("Momentum"), disabled=locked, step=0.1, format="%.2f")
        DEVICE.select(t("Device"), disabled=locked)
    _data_folder(locked)
    NETWORK.write()
    return train_config(NETWORK.value)


def _network() -> None:
    stack = NETWORK.value
    with st.container(horizontal=True, vertical_alignment="center"):
        name, count = network_name(stack), f"{trace(stack).num_params:,}"
        st.markdown(t("**{name}**, {count} parameters", name=name, count=count))
        st.page_link("explorer/pages/network.py", label=t("Change it"), query_params=kept_parameters())
    if problem := NETWORK.problem:
        st.warning(explain(problem.sentence, problem.numbers) + " " + t("The simple CNN is trained instead."))


def _batch_size(locked: bool) -> None:
    """As much as a step of this network may cost."""
    largest = largest_batch(trace(NETWORK.value))
    if BATCH_SIZE.value > largest:
        st.session_state[BATCH_SIZE.key] = largest
    replace(BATCH_SIZE, highest=largest).field(t("Batch size"), disabled=locked, step=16)


def train_config(stack: Stack) -> TrainConfig:
    """The settings as they stand, drawn or not, for this network."""
    own_files = DATA.value == "mnist" and _is_local()
    return TrainConfig(
        data=DATA.value,
        epochs=EPOCHS.value,
        batch_size=min(BATCH_SIZE.value, largest_batch(trace(stack))),
        lr=LR.value,
        momentum=MOMENTUM.value,
        seed=SEED.value,
        device=DEVICE.value,
        data_folder=(st.session_state.get("train_data_folder") or None) if own_files else None,
        network=stack.layers,
    )


def _data_folder(locked: bool) -> None:
    """The learner's own MNIST files, asked for only where learner and server are one machine."""
    if DATA.value != "mnist" or not _is_local():
        return
    with st.popover(t("I have the MNIST files")):
        st.text_input(
            t("Folder with the four MNIST files"),
            key="train_data_folder",
            disabled=locked,
            help=t("As torchvision keeps them, packed (.gz) or not. They are only read."),
            persist_state="session",
        )


def _is_local() -> bool:
    """Both the address and the name say so: behind a proxy on the same machine the name does not."""
    host = (st.context.url or "").split("://")[-1].split("/")[0].rsplit(":", 1)[0]
    return st.context.ip_address is None and host in ("localhost", "127.0.0.1", "[::1]")
