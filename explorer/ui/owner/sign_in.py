"""Who the owner is: whoever has typed the password into this session, until the page is reloaded."""

import streamlit as st

from explorer.core.environment import environment
from explorer.ui.language import t
from explorer.ui.owner.password_gate import PasswordGate, Verdict

_SIGNED_IN, _FIELD, _VERDICT = "owner_signed_in", "owner_typed", "owner_verdict"
MAX_CHARACTERS = 200


def is_owner() -> bool:
    """Whether this session has given the password that the server has."""
    return bool(environment().owner_password) and st.session_state.get(_SIGNED_IN, False)


def sign_in() -> None:
    """Draws the field for the password, and why the last one was not taken."""
    with st.form("owner_form", border=False, width=420):
        st.text_input(t("The owner’s password"), type="password", key=_FIELD, max_chars=MAX_CHARACTERS)
        st.form_submit_button(t("Sign in"), type="primary", on_click=_try)
    verdict = st.session_state.pop(_VERDICT, None)
    if verdict is Verdict.WRONG:
        st.warning(t("This is not the password."))
    elif verdict is Verdict.TOO_MANY:
        st.warning(t("Too many wrong passwords were tried within a minute. Wait for one, and try again."))
    st.caption(t("It holds until this page is reloaded."))


def sign_out() -> None:
    """This session is the owner's no more."""
    st.session_state.pop(_SIGNED_IN, None)


def _try() -> None:
    given, right = str(st.session_state.pop(_FIELD, "")), environment().owner_password
    verdict = _gate().check(given, right)
    st.session_state[_VERDICT] = verdict
    st.session_state[_SIGNED_IN] = verdict is Verdict.RIGHT


@st.cache_resource(show_spinner=False)
def _gate() -> PasswordGate:
    """One for all sessions."""
    return PasswordGate()
