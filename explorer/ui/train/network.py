"""Which network the next run trains, what is odd about it, and the way to change it."""

import streamlit as st

from explorer.core.network.ledger import trace
from explorer.core.network.remarks import remarks
from explorer.ui.address import link_to
from explorer.ui.finding_text import advice
from explorer.ui.language import explain_error, join_sentences, say_number, t
from explorer.ui.network_names import network_name
from explorer.ui.train_settings import NETWORK


def train_network() -> None:
    """Draws its name and size, a link to the Network page, and every mistake that PyTorch will take in silence."""
    stack = NETWORK.value
    ledger = trace(stack)
    with st.container(horizontal=True, vertical_alignment="center"):
        name, count = network_name(stack), say_number(ledger.num_params, ",")
        st.markdown(t("**{name}**, {count} parameters", name=name, count=count))
        with st.container(key="train_to_network", width="content"):
            st.page_link("explorer/pages/network.py", label=t("Change it"), query_params=link_to("network"))
    if problem := NETWORK.problem:
        st.warning(join_sentences(explain_error(problem), t("The simple CNN is trained instead.")))
    for remark in remarks(ledger):
        st.caption(f":material/info: {advice(remark)}")
