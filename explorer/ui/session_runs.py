"""The server's runs, whose they are, and which of them this learner follows: named in the link for a reload."""

import hashlib
import secrets

import streamlit as st

from explorer.core.errors import SettingError
from explorer.exchange.folders import checkpoints_folder
from explorer.runs.run import Run
from explorer.runs.runs import Runs
from explorer.ui.address import linked_value, write_parameter
from explorer.ui.learner_cookie import token_of

_LOST = "run_lost"  # that the link named a run which is not known here
_RUN = "run"  # its id, in the session and in the link


@st.cache_resource(on_release=Runs.close, show_spinner=False)
def server_runs() -> Runs:
    """All runs of this server; the first call starts the workers in the background."""
    return Runs(checkpoints_folder())


def learner() -> str:
    """Whose browser it is: a hash of the browser's cookie, which is what runs are marked with, on disk too.

    Where there is no cookie (blocked, or in another site's frame) it is of the session's own token: until a reload.
    """
    token = token_of(st.context.cookies) or st.session_state.setdefault("learner", secrets.token_urlsafe(24))
    return hashlib.sha256(token.encode()).hexdigest()[:32]


def may_steer(run: Run) -> bool:
    """Whether the run is this learner's own; whoever has its link may watch."""
    return run.owner == learner()


def current_run() -> Run | None:
    """The run this learner follows: the one started here, else the one in the link."""
    run_id = linked_value(_RUN, lambda: None, _parse_run_id, lambda run_id: run_id or "")
    return server_runs().find(run_id) if run_id else None


def follow_run(run: Run) -> None:
    """Makes ``run`` the learner's current one."""
    st.session_state[_RUN], st.session_state[_LOST] = run.id, False
    keep_run_in_link()


def leave_run() -> None:
    """No run is the learner's current one, until one is started or opened."""
    st.session_state[_RUN], st.session_state[_LOST] = "", False
    keep_run_in_link()


def has_left_run() -> bool:
    """Whether the learner left the run on purpose: none is to be followed by itself."""
    return st.session_state.get(_RUN) == ""


def is_run_lost() -> bool:
    """Whether the run that is followed, or that the link names, is not known here, or no more."""
    return bool(st.session_state.get(_LOST) or st.session_state.get(_RUN)) and current_run() is None


def has_cookie() -> bool:
    """Whether the browser keeps our cookie: else a reload makes another learner of this one."""
    return token_of(st.context.cookies) is not None


def keep_run_in_link() -> None:
    """Every page's link carries the run, so that a reload anywhere does not lose it."""
    run = current_run()
    write_parameter(_RUN, run.id if run else "")


def _parse_run_id(run_id: str) -> str:
    st.session_state[_LOST] = server_runs().find(run_id) is None
    if st.session_state[_LOST]:
        raise SettingError("This run is not known here: it was removed, or it never began.")
    return run_id
