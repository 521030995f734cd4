"""Network: layers in a row, what each makes of its input, and where it breaks."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.components.network_view import network_view
from explorer.core.network.ledger import trace
from explorer.core.network.repair import findings
from explorer.core.network.seen_pixels import receptive_fields
from explorer.ui.address import show_address
from explorer.ui.language import explain_error, join_sentences, lesson, say_all, t
from explorer.ui.network import edited_network
from explorer.ui.network.blocks import network_blocks, network_image
from explorer.ui.network.code import network_code, notation_choice
from explorer.ui.network.controls import FRAGMENTS, network_controls
from explorer.ui.network.layer_fields import train_button
from explorer.ui.network.ledger_text import WORDS, ledger_rows, totals_row
from explorer.ui.network.paste import reader_remarks


@st.fragment(key=FRAGMENTS.picture)
def picture(train: DeltaGenerator, code: DeltaGenerator) -> None:
    """The shapes and the ledger, then what moves with them."""
    stack = edited_network.NETWORK.value
    ledger = trace(stack)
    sees = receptive_fields(ledger)
    network_view(
        network_blocks(ledger, sees),
        ledger_rows(ledger, sees, findings(ledger)),
        totals_row(ledger),
        network_image(stack),
        words=say_all(WORDS),
        chosen=edited_network.chosen_unit(),
        reveal=edited_network.has_chosen_unit(),
        on_choose=lambda: (edited_network.choose_in_view(), FRAGMENTS.redraw_changed_controls()),
        on_repair=lambda: (edited_network.repair_in_view(), FRAGMENTS.redraw_changed_controls()),
        key=edited_network.VIEW,
    )
    if problem := edited_network.NETWORK.problem:
        st.warning(join_sentences(explain_error(problem), t("The simple CNN is shown instead.")))
    reader_remarks()
    with train:
        train_button(ledger)
    with code:
        network_code(ledger)
    edited_network.write_parameters()
    show_address()


wide, narrow = st.columns([3, 1], gap="large")
left, right = st.columns(2, gap="large")
writing, code = right.container(), right.container()
with narrow:
    controls, train = st.container(), st.container()
with wide:
    picture(train, code)
with controls:
    st.fragment(network_controls, key=FRAGMENTS.controls)()
with writing:
    notation_choice()
with left:
    st.markdown(lesson("network"))
