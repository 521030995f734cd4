"""The Network page's code panel: one stack, three ways to write it, each to keep as a file."""

import streamlit as st

from explorer.core.ledger import Ledger
from explorer.core.network_code import class_code, sequential_code, train_code
from explorer.core.trainable import reasons_against
from explorer.ui.language import explain, mark, t
from explorer.ui.setting import Choice
from explorer.ui.train_controls import train_config

WAY = Choice(
    "network_code",
    {"class": mark("Class"), "sequential": mark("Sequential"), "train": mark("Training script")},
)
FILES = {"class": "net.py", "sequential": "sequential.py", "train": "train.py"}


def network_code(ledger: Ledger) -> None:
    """Draws the chosen way, and its download; a script that could not train says why instead."""
    st.markdown(f"#### {t('The same in PyTorch')}")
    problem = next(reasons_against(ledger), None) if WAY.value == "train" else None
    text = "" if problem else _text(ledger, WAY.value)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        WAY.select(t("Written as"))
        st.download_button(
            t("Download"),
            text,
            FILES[WAY.value],
            key="network_download",
            on_click="ignore",
            disabled=problem is not None,
            help=t("There is nothing to download.") if problem else None,
        )
    if problem:
        st.info(explain(problem.sentence, problem.numbers))
    else:
        st.code(text, language="python", height=560)


def _text(ledger: Ledger, way: str) -> str:
    if way == "train":
        return train_code(ledger, train_config(ledger.stack))
    return {"class": class_code, "sequential": sequential_code}[way](ledger)
