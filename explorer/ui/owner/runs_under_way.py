"""Everybody's runs that wait or are under way, for the server's owner: who trains what, and an end to it."""

import streamlit as st

from explorer.runs.run import Run
from explorer.ui.address import link_to
from explorer.ui.language import join_sentences, plural, t
from explorer.ui.markdown_escape import escape_markdown
from explorer.ui.owner.sign_in import is_owner, sign_out
from explorer.ui.run_names import run_name
from explorer.ui.run_text import progress_text, state_text
from explorer.ui.server_limits import limits_text
from explorer.ui.session_runs import server_runs

POLL_SECONDS = 2.0


@st.fragment(run_every=POLL_SECONDS)
def runs_under_way() -> None:
    """Draws a row for each, the oldest first, and the buttons that end one, or all."""
    if not is_owner():
        st.rerun()  # they have signed out: the whole page is another
    runs = server_runs().under_way()
    st.markdown(_count_text(runs) if runs else t("No run is under way."))
    for run in runs:
        _row(run)
    with st.container(horizontal=True):
        with st.popover(t("End all runs"), disabled=not runs):
            st.markdown(t("All of them end; their weights, and what they can be resumed from, are kept."))
            st.button(t("End them"), key="owner_end_all", type="primary", on_click=_end_all)
        st.button(t("Sign out"), key="owner_sign_out", on_click=sign_out)
    st.caption(limits_text())


def _row(run: Run) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"owner_row_{run.id}"):
        st.button(t("End"), key=f"owner_end_{run.id}", on_click=_end, args=(run,))
        with st.container(gap=None):
            st.page_link(
                "explorer/pages/train.py",
                label=escape_markdown(run_name(run)),
                query_params=link_to("train", run=run.id),
            )
            learner = t("learner {number}", number=f"`{run.owner[:6]}`")
            st.caption(f"{learner} · {state_text(run)}{progress_text(run)}")


def _end(run: Run) -> None:
    server_runs().steer(run, "stop", run.owner)


def _end_all() -> None:
    for run in server_runs().under_way():
        _end(run)


def _count_text(runs: list[Run]) -> str:
    waiting, learners = sum(run.state == "queued" for run in runs), len({run.owner for run in runs})
    return join_sentences(
        t(plural("{count} run waits or is under way.", "{count} runs wait or are under way."), count=len(runs)),
        t(plural("{count} is in the queue.", "{count} are in the queue."), count=waiting) if waiting else "",
        t(plural("From {count} learner.", "From {count} learners."), count=learners),
    )
