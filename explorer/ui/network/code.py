"""The Network page's code panel: one network in three notations, each to keep as a file."""

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

NOTATION = Choice(
    "network_code",
    {"class": mark("Class"), "sequential": mark("Sequential"), "train": mark("Training script")},
)
FILES = {"class": "net.py", "sequential": "sequential.py"}


def notation_choice() -> None:
    """Draws the choice of the notation."""
    st.markdown(f"#### {t('The same in PyTorch')}")
    NOTATION.select(t("Written as"))


def network_code(ledger: Ledger) -> None:
    """Draws the network in the chosen notation, and its download; there is no script for what cannot be trained."""
    if NOTATION.value != "train":
        text = {"class": class_code, "sequential": sequential_code}[NOTATION.value](ledger)
        program(text, ledger.stack, FILES[NOTATION.value], key="network_download")
        return
    refused, large = list(reasons_against(ledger)), list(too_large(ledger))
    if len(refused) > len(large):
        st.info(join_sentences(t("There is no script for this network."), explain_error(refused[0])))
        return
    if large:
        st.info(join_sentences(explain_error(large[0]), t("The script trains it on a computer of your own.")))
    config = train_config(NetworkSpec(SIMPLE_CNN) if large else ledger.stack)
    training_script(ledger.stack, config, key="network_download")
