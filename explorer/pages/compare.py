"""Compare: runs over each other, what differs between them, and what it cost."""

import streamlit as st

from explorer.ui.compare.comparisons import comparison_buttons, data_choice
from explorer.ui.compare.cost import cost_view
from explorer.ui.compare.curves import axis_controls
from explorer.ui.compare.run_boxes import run_boxes
from explorer.ui.compare.shown_runs import write_shown_runs
from explorer.ui.compare.view import comparison_view
from explorer.ui.language import lesson, t

comparison_buttons()
picture, controls = st.columns([3, 1], gap="large")
with controls:
    run_boxes()
    axis_controls()
    data_choice()
write_shown_runs()
with picture:
    comparison_view()
    cost_view()
st.markdown(f"#### {t('What is compared')}")
st.markdown(lesson("compare"))
