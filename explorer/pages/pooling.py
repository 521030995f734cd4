"""Pooling: maximum, mean and a strided convolution of the same numbers, side by side."""

import streamlit as st

from explorer.components.inspector.pool_scene import pool_scene
from explorer.core.arithmetic.torch_code import pool_code
from explorer.core.exercises.pooling_state import PoolingState
from explorer.ui.address import show_address
from explorer.ui.choices import last_valid
from explorer.ui.exercises.hidden import is_hidden, scene_without_answer
from explorer.ui.exercises.panel import ExercisePage
from explorer.ui.inspector_view import code_panel, inspector_view, refusal_warning
from explorer.ui.lesson_text import lesson_text
from explorer.ui.open_cell import interesting_window
from explorer.ui.pooling.controls import pool_controls
from explorer.ui.pooling.exercise import show_state
from explorer.ui.pooling.settings import pool_choices
from explorer.ui.pooling.text import pool_formula, pool_table, pool_words
from explorer.ui.workbench import workbench

EXERCISE = ExercisePage("pooling", show_state)


@st.fragment  # a slider's move redraws this, not the navigation; and the picture first
def screen() -> None:
    """Picture and controls, then text and code."""
    chosen = pool_choices()
    choices, problem = last_valid("pool", chosen)
    still, shown = choices.result(0), choices.result(choices.shift)
    words = pool_words(still)
    state = PoolingState(shown)
    exercise = EXERCISE.asked(state)
    picture, beneath, controls = workbench("fan")

    with picture:
        scene = pool_scene(shown, still if choices.shift else None, words)
        scene = scene_without_answer(scene, exercise, state.cell)
        inspector_view(
            "pool",
            scene,
            words,
            first_cell=interesting_window(still),
            on_pick=lambda cell: EXERCISE.pick(cell, exercise),
        )
    with beneath:
        refusal_warning(problem)
        with EXERCISE.around(exercise, state):
            if not is_hidden(exercise, "output"):
                pool_formula(still)
                columns = max(choices.shift, 1)  # what a shift would do is told before the learner tries it
                pool_table(still, choices.result(columns), columns)
    with controls:
        pool_controls(chosen)

    text, code = st.columns(2, gap="large")
    with text:
        lesson_text("pooling")
    with code:
        code_panel(pool_code(still, choices.shift))
    show_address()


screen()
