"""Train: a network learns before the learner's eyes."""

import streamlit as st

from explorer.core.layers import Stack
from explorer.core.ledger import trace
from explorer.core.network_code import class_code
from explorer.ui.language import lesson, t
from explorer.ui.live_run import live_run
from explorer.ui.network_names import network_name
from explorer.ui.session_runs import current_run
from explorer.ui.train_controls import train_controls
from explorer.ui.trained import trained

run = current_run()
picture, controls = st.columns([3, 1], gap="large")

with controls:
    config = train_controls(locked=run is not None and run.unfinished)
with picture:
    live_run(config)

text, result = st.columns(2, gap="large")
with text:
    st.markdown(lesson("train"))
    st.markdown(f"#### {t('The same without the app')}")
    st.code(config.command(), language="bash", wrap_lines=True)
with result:
    if run and run.folder and run.folder.is_dir():
        trained(run)
    stack = Stack(config.network)
    st.markdown(f"#### {network_name(stack)}")
    st.code(class_code(trace(stack)), language="python", height=620)
