"""Pooling: maximum, mean and a strided convolution of the same numbers, side by side."""

import streamlit as st

from explorer.components.inspector import Cell, cell_inspector
from explorer.components.inspector.pool_scene import NAMES, pool_scene
from explorer.core.arithmetic.subsampling import Subsampling
from explorer.core.arithmetic.torch_code import pool_code
from explorer.ui.address import show_address
from explorer.ui.inspector_words import inspector_words
from explorer.ui.language import explain_error, lesson, t
from explorer.ui.open_cell import LARGE, keep_open_cell, open_cell
from explorer.ui.pooling.controls import pool_choices, pool_controls, valid_choices
from explorer.ui.pooling.text import pool_formula, pool_table, pool_words
from explorer.ui.workbench import workbench


@st.fragment  # a slider's move redraws this, not the navigation; and the picture first
def screen() -> None:
    """Picture and controls, then text and code."""
    choices, problem = valid_choices(pool_choices())
    still, shown = choices.shifted(0), choices.shifted(choices.shift)
    words = pool_words(still)
    picture, beneath, controls = workbench("fan")

    with picture:
        scene = pool_scene(shown, still if choices.shift else None, words)
        cell_inspector(
            scene,
            words=inspector_words() | words,
            open_cell=open_cell("pool_cell", default=_interesting_cell(still), scene=scene),
            on_open=lambda: keep_open_cell("pool_cell", st.session_state["pool_inspector"].open),
            key="pool_inspector",
        )
    with beneath:
        if problem:
            st.warning(explain_error(problem) + " " + t("The picture still shows the last valid setting."))
        pool_formula(still)
        columns = max(choices.shift, 1)  # what a shift would do is told before the learner tries it
        pool_table(still, choices.shifted(columns), columns)
    with controls:
        pool_controls(pool_choices())

    text, code = st.columns(2, gap="large")
    with text:
        st.markdown(lesson("pooling"))
    with code:
        st.markdown(f"#### {t('The same in PyTorch')}")
        st.code(pool_code(still, choices.shift), language="python", height=560)
    show_address()


def _interesting_cell(result: Subsampling) -> Cell:
    """The worked example's first window, for it holds two fours; the middle of a large output."""
    way, first = next(iter(result.results.items()))
    height, width = first.spec.output_size
    return (NAMES[way], height // 2, width // 2) if max(height, width) >= LARGE else (NAMES[way], 0, 0)


screen()
