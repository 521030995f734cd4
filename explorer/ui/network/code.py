"""The Network page's code panel: one stack, three ways to write it, each to keep as a file."""

import streamlit as st

from explorer.core.network.code import class_code, sequential_code
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.ledger import Ledger
from explorer.core.network.networks import SIMPLE_CNN
from explorer.core.network.trainable import reasons_against, too_large
from explorer.ui.language import explain_error, join_sentences, mark, t
from explorer.ui.setting import Choice
from explorer.ui.train_settings import train_config
from explorer.ui.training_script import program, training_script

WAY = Choice(
    "network_code",
    {"class": mark("Class"), "sequential": mark("Sequential"), "train": mark("Training script")},
)
FILES = {"class": "net.py", "sequential": "sequential.py"}


def ways() -> None:
    """The choice of the way."""
    st.markdown(f"#### {t('The same in PyTorch')}")
    WAY.select(t("Written as"))


def network_code(ledger: Ledger) -> None:
    """Draws the stack written the chosen way, and its download; there is no script for what cannot be trained."""
    if WAY.value != "train":
        text = {"class": class_code, "sequential": sequential_code}[WAY.value](ledger)
        program(text, ledger.stack, FILES[WAY.value], key="network_download")
        return
    refused, large = list(reasons_against(ledger)), list(too_large(ledger))
    if len(refused) > len(large):
        st.info(join_sentences(t("There is no script for this network."), explain_error(refused[0])))
        return
    if large:
        st.info(join_sentences(explain_error(large[0]), t("The script trains it on a computer of your own.")))
    config = train_config(NetworkSpec(SIMPLE_CNN) if large else ledger.stack)
    training_script(ledger.stack, config, key="network_download")
