"""Network: layers in a row, what each makes of its input, and where it breaks."""

from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.components.network_view import network_view
from explorer.core.network.ledger import trace
from explorer.core.network.repair import findings
from explorer.core.network.seen_pixels import receptive_fields
from explorer.ui.address import show_address
from explorer.ui.exercises.hidden import is_hidden
from explorer.ui.exercises.panel import ExercisePage
from explorer.ui.language import explain_error, join_sentences, say_all, t
from explorer.ui.lesson_text import lesson_text
from explorer.ui.network import edited_network
from explorer.ui.network.blocks import network_blocks, network_image
from explorer.ui.network.code import network_code, notation_choice
from explorer.ui.network.controls import FRAGMENTS, network_controls
from explorer.ui.network.exercise import network_state, rows_without_numbers, show_state
from explorer.ui.network.layer_fields import train_button
from explorer.ui.network.ledger_text import WORDS, ledger_rows, totals_row
from explorer.ui.network.paste import reader_remarks
from explorer.ui.task_way_back import parts_caption, way_back
from explorer.ui.view_options import hidden_in_browser

EXERCISE = ExercisePage("network", show_state, FRAGMENTS.redraw_both)


@st.fragment(key=FRAGMENTS.picture)
def picture(train: DeltaGenerator, code: DeltaGenerator) -> None:
    """The shapes and the ledger, then what moves with them."""
    stack = edited_network.NETWORK.value
    ledger = trace(stack)
    sees = receptive_fields(ledger)
    state = network_state(EXERCISE.numbers)
    exercise = EXERCISE.asked(state)
    blocks, rows = network_blocks(ledger, sees), ledger_rows(ledger, sees, findings(ledger))
    totals = totals_row(ledger)
    if hidden_in_browser({"network_repair": t("Repairs in the ledger")}):
        rows = [replace(row, repair="") for row in rows]
    is_asked = exercise is not None and exercise.hides == "answer"
    if is_asked:
        blocks, (totals, *rows) = blocks[:1], rows_without_numbers([totals, *rows], ledger.rows)
    network_view(
        blocks,
        rows,
        totals,
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
    EXERCISE.panel(exercise, state)
    with train:
        train_button(ledger)
        parts_caption(stack.layers)
    with code:
        if not is_hidden(exercise, "answer"):
            network_code(ledger)
    edited_network.write_parameters()
    show_address()


wide, narrow = st.columns([3, 1], gap="large")
left, right = st.columns(2, gap="large")
writing, code = right.container(), right.container()
with narrow:
    controls, train = st.container(), st.container()
    way_back()
with wide:
    picture(train, code)
with controls:
    st.fragment(network_controls, key=FRAGMENTS.controls)()
with writing:
    notation_choice()
with left:
    lesson_text("network")
