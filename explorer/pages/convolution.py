"""Convolution: set its numbers, see every product behind every output value."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.components.inspector import cell_inspector
from explorer.components.inspector.conv_scene import conv_scene
from explorer.core.arithmetic.torch_code import conv_code
from explorer.ui.address import show_address
from explorer.ui.convolution import settings as conv_settings
from explorer.ui.convolution.controls import CONTROLS, PICTURE, conv_controls, conv_sliders, redraw_controls
from explorer.ui.convolution.grid_edits import add_edit, write_link
from explorer.ui.convolution.settings import ConvChoices, conv_choices, valid_choices
from explorer.ui.convolution.size_formula import size_formula
from explorer.ui.inspector_words import inspector_words
from explorer.ui.language import explain_error, lesson, t
from explorer.ui.open_cell import interesting_cell, keep_open_cell, open_cell
from explorer.ui.workbench import workbench

MOST_COLOURED = 200  # numbers in the code


@st.fragment(key=PICTURE)
def picture(beneath: DeltaGenerator, sliders: DeltaGenerator, code: DeltaGenerator) -> None:
    """The inspector and its formula, then what moves with them; a refused setting leaves the last picture."""
    choices, problem = valid_choices(conv_choices())
    sources = {"input": choices.input_source, "kernel": choices.kernel_source}
    result, words = choices.result(), inspector_words()
    if choices.flip:
        words["kernel"] = t("Kernel, flipped")
    scene = conv_scene(result, words, layout="row", relu=choices.relu)
    cell_inspector(
        scene,
        words=words,
        open_cell=open_cell("conv_cell", default=interesting_cell(result.spec), scene=scene),
        on_open=lambda: keep_open_cell("conv_cell", st.session_state["conv_inspector"].open),
        on_edit=lambda: (keep_edit(sources, choices), redraw_controls()),
        key="conv_inspector",
    )
    with beneath:
        if problem:
            st.warning(explain_error(problem) + " " + t("The picture still shows the last valid setting."))
        size_formula(result.spec)
    with sliders:
        conv_sliders()
    with code:
        st.markdown(f"#### {t('The same in PyTorch')}")
        # The browser takes 50 ms to colour a digit's 784 numbers.
        language = "python" if result.images.size <= MOST_COLOURED else None
        st.code(conv_code(result, relu=choices.relu, flipped=choices.flip), language=language, height=560)
    write_link(sources)
    for setting in conv_settings.EVERY:
        setting.write()
    show_address()


def keep_edit(sources: dict[str, str], choices: ConvChoices) -> None:
    """Takes the number typed over a cell; a flipped kernel is kept unflipped."""
    flipped = choices.kernel_size if choices.flip else None
    add_edit(st.session_state["conv_inspector"].edit, sources, flipped)


wide, beneath, narrow = workbench("row")
left, right = st.columns(2, gap="large")
with wide:
    picture(beneath.container(), narrow.container(), right.container())
with narrow:
    st.fragment(conv_controls, key=CONTROLS)()
with left:
    st.markdown(lesson("convolution"))
