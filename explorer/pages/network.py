"""Network: layers in a row, what each makes of its input, and where it breaks."""

import streamlit as st

from explorer.components.network_view import network_view
from explorer.core.ledger import trace
from explorer.core.receptive_field import receptive_fields
from explorer.core.repair import diagnose
from explorer.ui import network_stack
from explorer.ui.language import explain, lesson, say_all, t
from explorer.ui.ledger_text import WORDS, ledger_rows, totals_row
from explorer.ui.network_blocks import network_blocks, network_image
from explorer.ui.network_code import network_code
from explorer.ui.network_controls import network_controls


@st.fragment
def screen() -> None:
    """Picture, ledger and controls, then text and code."""
    stack = network_stack.STACK.value
    ledger = trace(stack)
    diagnosis, fields = diagnose(ledger), receptive_fields(ledger)
    picture, controls = st.columns([3, 1], gap="large")
    with picture:
        network_view(
            network_blocks(ledger, fields),
            ledger_rows(ledger, fields, diagnosis),
            totals_row(ledger),
            network_image(stack),
            words=say_all(WORDS),
            chosen=network_stack.chosen(),
            on_choose=network_stack.choose_in_view,
            on_repair=network_stack.repair,
            key=network_stack.VIEW,
        )
        if network_stack.STACK.problem:
            problem = network_stack.STACK.problem
            st.warning(explain(problem.sentence, problem.numbers) + " " + t("The simple CNN is shown instead."))
    with controls:
        network_controls(ledger)
    text, code = st.columns(2, gap="large")
    with text:
        st.markdown(lesson("network"))
    with code:
        network_code(ledger)
    network_stack.write_link()


screen()
