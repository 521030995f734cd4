"""The Inside page's code: the script that prints the opened number, once the browser has told which that is."""

import re

import streamlit as st

from explorer.core.data.data_sets import SOURCES
from explorer.core.network.ledger import Ledger
from explorer.core.network.opened_code import SIDE, opened_code
from explorer.ui.component_state import told_state
from explorer.ui.inside.networks import TrainedNetwork
from explorer.ui.inside.settings import LINK, VIEW
from explorer.ui.language import t

CODE_HEIGHT = 420  # px
# The unit, the answer it is compared with, and the image's bytes: 28·28 of two hexadecimal digits.
_SEEN = re.compile(
    rf"(x|\d{{1,2}})_(\d{{1,7}})_(\d{{1,7}})_(\d{{1,7}})(?:-(\d))?\.([0-9a-f]{{{2 * SIDE * SIDE}}})", re.ASCII
)


def opened_number_code(network: TrainedNetwork, ledger: Ledger) -> None:
    """Draws it, and where the weights are; nothing before the browser has told, or where these layers lack the unit."""
    if not (seen := _SEEN.fullmatch(_told())):
        return
    name, *place, rival, ink = seen.groups()
    layer = -1 if name == "x" else int(name)
    if layer >= len(ledger.rows):
        return  # told of another network
    axes = len(ledger.rows[layer].output if layer >= 0 else ledger.rows[0].input) - 1
    source = SOURCES[network.config.data]
    normalization = None if "normalise" in LINK["steps"].value else (source.mean, source.std)
    places = [[int(index) for index in place[:axes]], *([[int(rival)]] if rival else [])]
    try:
        code = opened_code(ledger, bytes.fromhex(ink), normalization, layer, *places)
    except ValueError:
        return
    st.markdown(f"#### {t('The same in PyTorch')}")
    st.caption(t("Prints the opened number. Run it beside {file}.", file=f"[weights.safetensors]({_address(network)})"))
    st.code(code, language="python", height=CODE_HEIGHT)


def _told() -> str:
    link = told_state(VIEW, "link")
    seen = link.get("seen") if isinstance(link, dict) else None
    return seen if isinstance(seen, str) else ""


def _address(network: TrainedNetwork) -> str:
    """Of the weights of the epoch in view."""
    epoch = LINK["epoch"].value
    return next((at for passes, at in network.weights if epoch and passes == float(epoch)), network.weights[-1][1])
