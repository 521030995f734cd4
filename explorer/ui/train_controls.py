"""The Train page's settings: widgets in, a TrainConfig out. Keys are the names in the link."""

import streamlit as st

from explorer.core import limits
from explorer.core.train_config import TrainConfig
from explorer.ui.choice import choice
from explorer.ui.language import mark, t

DATA = {"mnist": mark("MNIST"), "offline": mark("Offline digits")}
DEVICE_NAMES = {
    "auto": mark("Automatic"),
    "cuda": mark("CUDA (NVIDIA)"),
    "mps": mark("MPS (Apple)"),
    "cpu": mark("CPU"),
}
RECIPE = TrainConfig()


def train_controls(locked: bool) -> TrainConfig:
    """Draws the settings; ``locked`` while a run is under way, whose settings they are."""
    data = choice(
        "train_data",
        t("Data"),
        DATA,
        disabled=locked,
        help=t(
            "MNIST is fetched once and kept. Offline digits are drawn by this app: "
            "they need no network, and their accuracy is not MNIST's."
        ),
    )
    left, right = st.columns(2)
    with left:
        epochs = _number("epochs", t("Epochs"), 1, limits.MAX_EPOCHS, 1, locked)
        lr = _number("lr", t("Learning rate"), 0.0001, 1.0, 0.01, locked, format="%.4g")
        seed = _number("seed", t("Seed"), 0, 9999, 1, locked)
    with right:
        batch_size = _number("batch_size", t("Batch size"), 1, limits.MAX_BATCH_SIZE, 16, locked)
        momentum = _number("momentum", t("Momentum"), 0.0, 0.99, 0.1, locked, format="%.2f")
        device = choice("train_device", t("Device"), DEVICE_NAMES, disabled=locked)
    return TrainConfig(data, epochs, batch_size, lr, momentum, seed, device, data_folder=_data_folder(data, locked))


def _number(name: str, label: str, lowest: float, highest: float, step: float, locked: bool, **options: str) -> float:
    return st.number_input(
        label,
        lowest,
        highest,
        getattr(RECIPE, name),
        step,
        key=f"train_{name}",
        bind="query-params",
        disabled=locked,
        **options,
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
