"""GPU: what this machine computes on, how fast, and the lines of a script that use it."""

import streamlit as st

from explorer.ui.exercises.panel import ExercisePage
from explorer.ui.gpu.devices import devices_list
from explorer.ui.gpu.exercise import device_state
from explorer.ui.gpu.measuring import throughput_view
from explorer.ui.gpu.moves import moves
from explorer.ui.gpu.settings import write_moved
from explorer.ui.language import t
from explorer.ui.lesson_text import lesson_text

write_moved()
picture, devices = st.columns([3, 2], gap="large")
with picture:
    throughput_view()
    ExercisePage("gpu").draw(device_state)
with devices:
    devices_list()
moves()
lesson_text("gpu", t("Why the curve bends"))
