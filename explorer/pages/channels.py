"""Channels: one kernel for each input channel, their partial maps summed, once for every output channel."""

import streamlit as st

from explorer.components.inspector.conv_scene import conv_scene
from explorer.core.arithmetic.torch_code import channels_code
from explorer.core.exercises.convolution_state import ConvolutionState
from explorer.ui.address import show_address
from explorer.ui.channels.controls import channel_controls, select_channel
from explorer.ui.channels.exercise import show_state
from explorer.ui.channels.settings import channel_choices
from explorer.ui.channels.text import weight_formula
from explorer.ui.choices import last_valid
from explorer.ui.exercises.hidden import is_hidden, scene_without_answer
from explorer.ui.exercises.panel import ExercisePage
from explorer.ui.inspector_view import code_panel, inspector_view, refusal_warning
from explorer.ui.inspector_words import inspector_words
from explorer.ui.lesson_text import lesson_text
from explorer.ui.open_cell import interesting_cell
from explorer.ui.workbench import workbench

EXERCISE = ExercisePage("channels", show_state)


@st.fragment  # a slider's move redraws this, not the navigation; and the picture first
def screen() -> None:
    """Picture and controls, then shapes, text and code."""
    chosen = channel_choices()
    choices, problem = last_valid("channels", chosen)
    result, words = choices.result(), inspector_words()
    state = ConvolutionState(result, channel=choices.selected - 1)
    exercise = EXERCISE.asked(state)
    picture, beneath, controls = workbench("stack")

    with picture:
        scene = conv_scene(result, words, layout="stack", channel=choices.selected - 1, editable=False)
        inspector_view(
            "channels",
            scene_without_answer(scene, exercise, state.cell),
            words,
            first_cell=interesting_cell(result.spec),
            on_channel=select_channel,
        )
    with beneath:
        refusal_warning(problem)
        with EXERCISE.around(exercise, state):
            if not is_hidden(exercise, "output", "answer"):
                weight_formula(result.spec, bias=choices.bias)
    with controls:
        channel_controls(chosen)

    text, code = st.columns(2, gap="large")
    with text:
        lesson_text("channels")
    with code:
        code_panel(channels_code(result))
    show_address()


screen()
