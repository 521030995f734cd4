"""Convolution: set its numbers, see every product behind every output value."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.components.inspector.conv_scene import conv_scene
from explorer.core.arithmetic.torch_code import conv_code
from explorer.ui.address import show_address
from explorer.ui.choices import last_valid, write_settings
from explorer.ui.convolution.controls import FRAGMENTS, conv_controls, conv_sliders, keep_edit
from explorer.ui.convolution.exercise import conv_state, show_state
from explorer.ui.convolution.grid_edits import can_edit, write_edits
from explorer.ui.convolution.settings import FIELDS, conv_choices
from explorer.ui.convolution.text import conv_words, size_formula
from explorer.ui.exercises.hidden import is_hidden, scene_without_answer
from explorer.ui.exercises.panel import ExercisePage
from explorer.ui.inspector_view import code_panel, inspector_view, refusal_warning
from explorer.ui.lesson_text import lesson_text
from explorer.ui.open_cell import interesting_cell
from explorer.ui.workbench import workbench

MOST_COLOURED = 200  # numbers in the code: the browser takes 50 ms to colour a digit's 784

EXERCISE = ExercisePage("convolution", show_state, FRAGMENTS.redraw_both)


@st.fragment(key=FRAGMENTS.picture)
def picture(beneath: DeltaGenerator, sliders: DeltaGenerator, code: DeltaGenerator) -> None:
    """The inspector and its formula, then what moves with them; a refused setting leaves the last picture."""
    chosen = conv_choices()
    choices, problem = last_valid("conv", chosen)
    result, words = choices.result(), conv_words(choices)
    state = conv_state(choices, result)
    exercise = EXERCISE.asked(state)
    scene = conv_scene(result, words, layout="row", relu=choices.relu, editable=can_edit())
    inspector_view(
        "conv",
        scene_without_answer(scene, exercise, state.cell),
        words,
        first_cell=interesting_cell(result.spec),
        on_edit=lambda edit: keep_edit(edit, choices),
        on_pick=lambda cell: EXERCISE.pick(cell, exercise),
    )
    with beneath:
        refusal_warning(problem)
        with EXERCISE.around(exercise, state):
            if not is_hidden(exercise, "output"):
                size_formula(result.spec)
    with sliders:
        conv_sliders(chosen)
    with code:
        program = conv_code(result, relu=choices.relu, flipped=choices.flip)
        code_panel(program, coloured=result.images.size <= MOST_COLOURED)
    write_edits(choices.sources)
    write_settings(FIELDS)
    show_address()


wide, beneath, narrow = workbench("row")
left, right = st.columns(2, gap="large")
with wide:
    picture(beneath.container(), narrow.container(), right.container())
with narrow:
    st.fragment(conv_controls, key=FRAGMENTS.controls)()
with left:
    lesson_text("convolution")
