"""The Inside page's choice of a network: the list, and the field that takes a file of weights."""

import streamlit as st

from explorer.ui.inside.follow import epochs_remark
from explorer.ui.inside.network_choice import NETWORK
from explorer.ui.inside.networks import TrainedNetwork, shipped_network, shown_network
from explorer.ui.inside.upload_field import upload_field
from explorer.ui.language import explain_error, t
from explorer.ui.view_options import control_options

_WEIGHTS = "inside_weights"


def network_controls() -> TrainedNetwork:
    """Draws them; the network that is looked into."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        NETWORK.select(t("Network"), width=320)
        network = shown_network() or shipped_network()
        label = t("Weights of your own")
        if (shown := control_options(_WEIGHTS, label, {})) is not None:
            with st.popover(label, key=_WEIGHTS, width="content", disabled=bool(shown)):
                upload_field(network)
    if error := NETWORK.why_lost:
        st.info(explain_error(error))
    epochs_remark(network)
    return network
