"""The server's runs, and which of them this learner follows: named in the link, so that a reload finds it again."""

import streamlit as st

from explorer.core.folders import checkpoints_folder
from explorer.runs.run import Run
from explorer.runs.runs import Runs


@st.cache_resource(on_release=Runs.close, show_spinner=False)
def server_runs() -> Runs:
    """All runs of this server; the first call starts the workers in the background."""
    return Runs(checkpoints_folder())


def current_run() -> Run | None:
    """The run this learner follows: the one started here, else the one in the link."""
    return server_runs().find(st.session_state.get("run") or st.query_params.get("run"))


def follow_run(run: Run) -> None:
    """Makes it the learner's current run."""
    st.session_state["run"] = run.id
    keep_run_in_link()


def keep_run_in_link() -> None:
    """Every page's link carries the run, so that a reload anywhere does not lose it."""
    run = current_run()
    if run:
        st.session_state["run"] = run.id
        st.query_params["run"] = run.id
    elif "run" in st.query_params:
        del st.query_params["run"]  # the server has forgotten it
