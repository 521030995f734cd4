"""Compare: runs over each other, what differs between them, and what it cost."""

import streamlit as st

from explorer.ui.compare.comparisons import comparison_buttons, data_choice
from explorer.ui.compare.cost import cost_view
from explorer.ui.compare.curves import axis_controls
from explorer.ui.compare.exercise import comparison_state
from explorer.ui.compare.run_boxes import run_boxes
from explorer.ui.compare.shown_runs import write_shown_runs
from explorer.ui.compare.view import comparison_view
from explorer.ui.exercises.panel import ExercisePage
from explorer.ui.language import t
from explorer.ui.lesson_text import lesson_text
from explorer.ui.task_way_back import way_to_exercise

comparison_buttons()
way_to_exercise()
picture, controls = st.columns([3, 1], gap="large")
with controls:
    run_boxes()
    axis_controls()
    data_choice()
write_shown_runs()
with picture:
    comparison_view()
    cost_view()
    ExercisePage("compare").draw(comparison_state)
lesson_text("compare", t("What is compared"))
