"""The Network page's code panel: one stack, three ways to write it, each to keep as a file."""

import streamlit as st

from explorer.core.explained import SettingError
from explorer.core.layers import Stack
from explorer.core.ledger import Ledger
from explorer.core.network_code import class_code, sequential_code
from explorer.core.networks import SIMPLE_CNN
from explorer.core.script_words import notes
from explorer.core.train_config import TrainConfig
from explorer.core.train_script import train_code
from explorer.core.trainable import reasons_against, require_batches, too_large
from explorer.ui.language import explain, explain_error, mark, t
from explorer.ui.setting import Choice
from explorer.ui.train_controls import train_config

WAY = Choice(
    "network_code",
    {"class": mark("Class"), "sequential": mark("Sequential"), "train": mark("Training script")},
)
MOST_COLOURED = 20  # layers; the browser takes 20 ms to colour 30 of them
FILES = {"class": "net.py", "sequential": "sequential.py"}


def ways() -> None:
    """The choice of the way."""
    st.markdown(f"#### {t('The same in PyTorch')}")
    WAY.select(t("Written as"))


def network_code(ledger: Ledger) -> None:
    """Draws the stack written the chosen way, and its download; there is no script for what cannot be trained."""
    if WAY.value != "train":
        text = {"class": class_code, "sequential": sequential_code}[WAY.value](ledger)
        _code(text, ledger.stack, FILES[WAY.value], key="network_download")
        return
    refused, large = list(reasons_against(ledger)), list(too_large(ledger))
    if len(refused) > len(large):
        st.info(t("There is no script for this network.") + " " + explain_error(refused[0]))
        return
    if large:
        reason = explain_error(large[0])
        st.info(reason + " " + t("The script trains it on a computer of your own."))
    config = train_config(Stack(SIMPLE_CNN) if large else ledger.stack)
    training_script(ledger.stack, config, key="network_download")


def training_script(stack: Stack, config: TrainConfig, key: str) -> None:
    """Draws the script that trains the stack with these settings, and its download; or why torch would break off."""
    try:
        require_batches(stack.layers, config.training_images, config.batch_size)
    except SettingError as problem:
        st.info(t("There is no script for this network.") + " " + explain_error(problem))
        return
    _code(train_code(stack, config), stack, "train.py", key)
    st.caption(" ".join(explain(*note) for note in notes(config)))


def _code(text: str, stack: Stack, file: str, key: str) -> None:
    language = "python" if len(stack.layers) <= MOST_COLOURED else None
    st.code(text, language=language, height=620)
    st.download_button(t("Download"), text, file, key=key, on_click="ignore")
