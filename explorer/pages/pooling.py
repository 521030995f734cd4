"""Pooling: maximum, mean and a strided convolution of the same numbers, side by side."""

import streamlit as st

from explorer.components.inspector.pool_scene import pool_scene
from explorer.core.arithmetic.torch_code import pool_code
from explorer.ui.address import show_address
from explorer.ui.choices import last_valid
from explorer.ui.inspector_view import code_panel, inspector_view, refusal_warning
from explorer.ui.language import lesson
from explorer.ui.open_cell import interesting_window
from explorer.ui.pooling.controls import pool_controls
from explorer.ui.pooling.settings import pool_choices
from explorer.ui.pooling.text import pool_formula, pool_table, pool_words
from explorer.ui.workbench import workbench


@st.fragment  # a slider's move redraws this, not the navigation; and the picture first
def screen() -> None:
    """Picture and controls, then text and code."""
    chosen = pool_choices()
    choices, problem = last_valid("pool", chosen)
    still, shown = choices.result(0), choices.result(choices.shift)
    words = pool_words(still)
    picture, beneath, controls = workbench("fan")

    with picture:
        scene = pool_scene(shown, still if choices.shift else None, words)
        inspector_view("pool", scene, words, first_cell=interesting_window(still))
    with beneath:
        refusal_warning(problem)
        pool_formula(still)
        columns = max(choices.shift, 1)  # what a shift would do is told before the learner tries it
        pool_table(still, choices.result(columns), columns)
    with controls:
        pool_controls(chosen)

    text, code = st.columns(2, gap="large")
    with text:
        st.markdown(lesson("pooling"))
    with code:
        code_panel(pool_code(still, choices.shift))
    show_address()


screen()
