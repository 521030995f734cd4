"""Whose runs are whose."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest


def who() -> Callable[[], None]:
    def script() -> None:
        import streamlit as st

        from explorer.ui.session_runs import learner

        st.text(learner())
        st.button("again")

    return script


def test_without_a_cookie_a_session_is_a_learner() -> None:
    """The same one at each rerun, another one than any other session."""
    one, other = (AppTest.from_function(who(), default_timeout=60).run() for _ in range(2))
    name = one.text[0].value
    assert one.button[0].click().run().text[0].value == name
    assert other.text[0].value != name
