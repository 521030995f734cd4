"""Train: a network learns before the learner's eyes."""

import streamlit as st

from explorer.core.network.layers import NetworkSpec
from explorer.ui.exercises.panel import ExercisePage
from explorer.ui.language import t
from explorer.ui.lesson_text import lesson_text
from explorer.ui.session_runs import may_steer
from explorer.ui.train.controls import train_controls
from explorer.ui.train.exercise import training_state
from explorer.ui.train.live_run import inner_run, live_run, page_dependencies
from explorer.ui.train.my_runs import my_runs
from explorer.ui.train.shown_run import shown_run
from explorer.ui.training_script import training_script

run = shown_run()
dependencies = page_dependencies(run)
with st.container(key="train_screen"):
    picture, controls = st.columns([5, 2], gap="large")

with controls:
    with st.container(key="train_settings"):
        config = train_controls(run if run and run.unfinished and may_steer(run) else None)
    with st.container(key="train_runs"):
        my_runs(run, config)
with picture:
    live_run(config, dependencies)
    inner_run(config)
    ExercisePage("train").draw(lambda: training_state(config))

text, code = st.columns(2, gap="large")
with text:
    lesson_text("train")
    st.markdown(f"#### {t('The same without the app')}")
    st.code(config.command(), language="bash", wrap_lines=True)
with code:
    st.markdown(f"#### {t('Training script')}")
    training_script(NetworkSpec(config.network), config, key="train_script_here")
