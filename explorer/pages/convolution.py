"""Convolution: set its numbers, see every product behind every output value."""

import streamlit as st

from explorer.components.inspector import cell_inspector
from explorer.core.torch_code import conv_code
from explorer.ui.conv_controls import conv_choices, conv_controls, valid_result
from explorer.ui.formula import size_formula
from explorer.ui.grid_edits import add_edit, write_link
from explorer.ui.inspector_words import inspector_words
from explorer.ui.language import explain, lesson, t
from explorer.ui.open_cell import interesting_cell, keep_open_cell, open_cell


@st.fragment  # a slider's move redraws this, not the navigation; and the picture first
def screen() -> None:
    """Picture and controls, then text and code."""
    choices = conv_choices()
    sources = {"input": choices.input_source, "kernel": choices.kernel_source}
    result, problem = valid_result(choices)
    picture, controls = st.columns([3, 1], gap="large")

    with picture:
        cell_inspector(
            result,
            words=inspector_words(),
            open_cell=open_cell("conv_cell", default=interesting_cell(result.spec)),
            on_open=lambda: keep_open_cell("conv_cell", st.session_state["conv_inspector"].open),
            on_edit=lambda: add_edit(st.session_state["conv_inspector"].edit, sources),
            key="conv_inspector",
        )
        if problem:
            st.warning(
                explain(problem.sentence, problem.numbers) + " " + t("The picture still shows the last valid setting.")
            )
        size_formula(result.spec)
    with controls:
        conv_controls()
        write_link(sources)

    text, code = st.columns(2, gap="large")
    with text:
        st.markdown(lesson("convolution"))
    with code:
        st.markdown(f"#### {t('The same in PyTorch')}")
        st.code(conv_code(result), language="python", height=560)


screen()
