"""Convolution: set its numbers, see every product behind every output value."""

import streamlit as st

from explorer.components.inspector import cell_inspector
from explorer.components.inspector.scene import conv_scene
from explorer.core.torch_code import conv_code
from explorer.ui import conv_settings
from explorer.ui.conv_controls import conv_controls
from explorer.ui.conv_settings import conv_choices, valid_choices
from explorer.ui.formula import size_formula
from explorer.ui.grid_edits import add_edit, write_link
from explorer.ui.inspector_words import inspector_words
from explorer.ui.language import explain, lesson, t
from explorer.ui.open_cell import interesting_cell, keep_open_cell, open_cell

REDRAWN = ("conv_picture", "conv_code")  # by a change of a setting, in this order


@st.fragment(key="conv_picture")
def picture() -> None:
    """The inspector and the formula; a refused setting is explained and leaves the last picture."""
    choices, problem = valid_choices(conv_choices())
    sources = {"input": choices.input_source, "kernel": choices.kernel_source}
    result, words = choices.result(), inspector_words()
    cell_inspector(
        conv_scene(result, words, relu=choices.relu),
        words=words,
        open_cell=open_cell("conv_cell", default=interesting_cell(result.spec)),
        on_open=lambda: keep_open_cell("conv_cell", st.session_state["conv_inspector"].open),
        on_edit=lambda: add_edit(
            st.session_state["conv_inspector"].edit, sources, choices.flip and choices.kernel_size
        ),
        key="conv_inspector",
    )
    if problem:
        st.warning(
            explain(problem.sentence, problem.numbers) + " " + t("The picture still shows the last valid setting.")
        )
    size_formula(result.spec)
    write_link(sources)
    for setting in conv_settings.EVERY:
        setting.write()


@st.fragment(key="conv_code")
def code() -> None:
    """The same in PyTorch."""
    choices, _ = valid_choices(conv_choices())
    st.code(conv_code(choices.result(), relu=choices.relu, flipped=choices.flip), language="python", height=560)


@st.fragment(key="conv_controls")
def controls() -> None:
    """What drives the picture."""
    conv_controls(redraw=REDRAWN)


wide, narrow = st.columns([3, 1], gap="large")
with wide:
    picture()
with narrow:
    controls()
left, right = st.columns(2, gap="large")
with left:
    st.markdown(lesson("convolution"))
with right:
    st.markdown(f"#### {t('The same in PyTorch')}")
    code()
