"""The Network page's code panel: one stack, three ways to write it, each to keep as a file."""

import streamlit as st

from explorer.core.layers import Stack
from explorer.core.ledger import Ledger
from explorer.core.network_code import class_code, sequential_code
from explorer.core.networks import SIMPLE_CNN
from explorer.core.train_script import train_code
from explorer.core.trainable import reasons_against
from explorer.ui.language import explain, mark, t
from explorer.ui.setting import Choice
from explorer.ui.train_controls import train_config

WAY = Choice(
    "network_code",
    {"class": mark("Class"), "sequential": mark("Sequential"), "train": mark("Training script")},
)
MOST_COLOURED = 20  # layers; the browser takes 20 ms to colour 30 of them
FILES = {"class": "net.py", "sequential": "sequential.py", "train": "train.py"}


def ways() -> None:
    """The choice of the way."""
    st.markdown(f"#### {t('The same in PyTorch')}")
    WAY.select(t("Written as"))


def network_code(ledger: Ledger) -> None:
    """Draws the stack written the chosen way, and its download; a script that could not train says why."""
    if WAY.value == "train" and (problem := next(reasons_against(ledger), None)):
        st.info(explain(problem.sentence, problem.numbers))
    text = _text(ledger, WAY.value)
    language = "python" if len(ledger.stack.layers) <= MOST_COLOURED else None
    st.code(text, language=language, height=620)
    st.download_button(t("Download"), text, FILES[WAY.value], key="network_download", on_click="ignore")


def _text(ledger: Ledger, way: str) -> str:
    if way == "train":
        return train_code(ledger, train_config(Stack(SIMPLE_CNN)))  # the recipe is the same for any network
    return {"class": class_code, "sequential": sequential_code}[way](ledger)
