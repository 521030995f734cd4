"""The lecture's exercise, step by step: a network of one's own against the simple CNN; at its end a card."""

import streamlit as st

from explorer.ui.address import show_address
from explorer.ui.language import t
from explorer.ui.task.card import card
from explorer.ui.task.others_card import others_card
from explorer.ui.task.steps import task_steps, watch_runs
from explorer.ui.task.task import read_task, write_task

POLL_SECONDS = 1.0


def screen(drawn_under_way: bool) -> None:
    """The steps and beside them the card; drawn anew while the runs train."""
    task = read_task()
    if task.is_under_way != drawn_under_way:
        st.rerun()  # polling begins or ends
    watch_runs(task)
    steps, picture = st.columns(2, gap="large")
    with steps:
        task_steps(task)
    with picture:
        card(task)
    write_task(task)
    show_address()


task = read_task()
if task.is_others:
    others_card(task)
    write_task(task)
else:
    st.markdown(f"#### {t('The lecture’s exercise')}")
    st.markdown(t("Build a network of three convolutions, at least three ReLUs, three max poolings and three linear "
                  "layers. Does it read better than the simple CNN? Each step is done on its page; this one keeps the "
                  "thread."))  # fmt: skip
    st.fragment(screen, run_every=POLL_SECONDS if task.is_under_way else None)(task.is_under_way)
