"""The Train page's settings: widgets in, a TrainConfig out. Keys are the names in the link."""

import streamlit as st

from explorer.core import limits
from explorer.core.train_config import TrainConfig
from explorer.ui.language import mark, t
from explorer.ui.setting import Choice, Number

RECIPE = TrainConfig()
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
        BATCH_SIZE.field(t("Batch size"), disabled=locked, step=16)
        MOMENTUM.field(t("Momentum"), disabled=locked, step=0.1, format="%.2f")
        DEVICE.select(t("Device"), disabled=locked)
    return TrainConfig(
        data=DATA.value,
        epochs=EPOCHS.value,
        batch_size=BATCH_SIZE.value,
        lr=LR.value,
        momentum=MOMENTUM.value,
        seed=SEED.value,
        device=DEVICE.value,
        data_folder=_data_folder(DATA.value, locked),
    )


def _data_folder(data: str, locked: bool) -> str | None:
    """The learner's own MNIST files, asked for only where learner and server are one machine."""
    if data != "mnist" or not _is_local():
        return None
    with st.popover(t("I have the MNIST files")):
        return (
            st.text_input(
                t("Folder with the four MNIST files"),
                key="train_data_folder",
                disabled=locked,
                help=t("As torchvision keeps them, packed (.gz) or not. They are only read."),
                persist_state="session",
            )
            or None
        )


def _is_local() -> bool:
    """Both the address and the name say so: behind a proxy on the same machine the name does not."""
    host = (st.context.url or "").split("://")[-1].split("/")[0].rsplit(":", 1)[0]
    return st.context.ip_address is None and host in ("localhost", "127.0.0.1", "[::1]")
