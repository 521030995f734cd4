"""What can be done with the run on screen: look at its card, keep its files, name it, delete it."""

import streamlit as st

from explorer.core import limits
from explorer.core.run.train_config import TrainConfig
from explorer.runs.run import Run
from explorer.ui.address import link_to
from explorer.ui.fresh_key import fresh_key, is_late
from explorer.ui.language import join_sentences, t
from explorer.ui.markdown_escape import escape_markdown
from explorer.ui.refused_action import explain_refusal_of
from explorer.ui.run_names import run_name, settings_name
from explorer.ui.session_runs import learner, leave_run, may_steer, server_runs
from explorer.ui.train.run_card import run_card
from explorer.ui.train.run_files import run_files
from explorer.ui.weights import has_weights

_NAME = "train_name"


def run_actions(run: Run, config: TrainConfig) -> None:
    """Draws the run's name and a popover for each; a stranger's run is neither named nor deleted."""
    with st.container(key="train_on_screen", gap="xsmall"):
        st.markdown(f"**{escape_markdown(run_name(run))}**")
        with st.container(horizontal=True, gap="xsmall"):
            with st.popover(t("Card"), key="train_card", on_change="rerun"):  # a change is heard after it was typed
                run_card(run, config)
            with st.popover(t("Files")):
                run_files(run)
            if may_steer(run):
                with st.popover(t("Name")):
                    _name(run)
                with st.popover(t("Delete")):
                    _delete(run)
        if has_weights(run):
            with st.container(key="train_to_inside"):
                there = link_to("inside", inside_network=run.id)
                st.page_link("explorer/pages/inside.py", label=t("Look inside its network"), query_params=there)


def _name(run: Run) -> None:
    key = fresh_key(_NAME, run.id, run.name)
    st.text_input(
        t("What you call this run"),
        value=run.name,
        key=key,
        max_chars=limits.MAX_NAME,
        placeholder=settings_name(run.config),
        on_change=_rename,
        args=(run, key),
        help=t("Kept with the run. Emptied, it is called by its settings again."),
    )


def _rename(run: Run, key: str) -> None:
    if is_late(key, _NAME, run.id):
        return
    explain_refusal_of(server_runs().rename, run, st.session_state[key], learner())


def _delete(run: Run) -> None:
    lost = t("Its weights, curves and figures go for good.")
    st.markdown(join_sentences(t("It is stopped first."), lost) if run.unfinished else lost)
    delete = t("Delete this run")
    st.button(delete, key="train_delete", type="primary", on_click=explain_refusal_of, args=(_delete_run, run))


def _delete_run(run: Run) -> None:
    server_runs().delete(run, learner())
    leave_run()
