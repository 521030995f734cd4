"""A run under way is followed: its newest weights are told to the browser every few seconds, while it trains."""

import streamlit as st

from explorer.ui.inside.network_choice import NETWORK, SHIPPED_NAMES, UPLOAD
from explorer.ui.inside.networks import TrainedNetwork
from explorer.ui.language import t
from explorer.ui.session_runs import server_runs

SECONDS = 3.0


def follow_seconds() -> float | None:
    """How often the page is drawn anew; None where nothing changes by itself."""
    name = NETWORK.value
    run = None if name in (*SHIPPED_NAMES, UPLOAD) else server_runs().find(name)
    return SECONDS if run and run.unfinished else None


def watch(network: TrainedNetwork) -> None:
    """Lets the run know that it is looked at."""
    if network.run and network.run.unfinished:
        server_runs().watch(network.run)


def epochs_remark(network: TrainedNetwork) -> None:
    """Says why there are no epochs to go through, where a run has none."""
    if network.run and len(network.weights) == 1:
        st.caption(t("No epochs to go through: this run has kept its weights at one moment only. Others are kept after "
                     "each whole epoch."))  # fmt: skip
