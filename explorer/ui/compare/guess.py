"""The lecture's exercise asks a question: the learner guesses first, then the numbers answer."""

import streamlit as st

from explorer.ui.language import mark, t

GUESSES = {
    "exercise": mark("The exercise's network"),
    "simple": mark("The simple CNN"),
    "neither": mark("About the same: the difference is only luck"),
}
_GUESS = "compare_guess"  # in the session: one of GUESSES, or "" of who wants none


def has_guessed() -> bool:
    """Whether the answer may be shown: after a guess, or where it was asked for without one."""
    return _GUESS in st.session_state


def guess_buttons() -> None:
    """Draws the question and its answers to choose from."""
    st.markdown(t("**The lecture's exercise: which network reads more of the test images in the end?** Guess first."))
    with st.container(horizontal=True, key="compare_guesses"):
        for name, label in GUESSES.items():
            st.button(t(label), key=f"compare_guess_{name}", on_click=_keep_guess, args=(name,))
        st.button(
            t("Show it without a guess"), key="compare_guess_none", type="tertiary", on_click=_keep_guess, args=("",)
        )


def guess_verdict(ahead: str) -> str:
    """What the guess was worth, where ``ahead``, one of GUESSES, is the answer; empty without a guess."""
    guess = st.session_state.get(_GUESS)
    if not guess:
        return ""
    if guess == ahead:
        return t("You guessed right.")
    return t("Your guess was: {guess}.", guess=t(GUESSES[guess]))


def _keep_guess(name: str) -> None:
    st.session_state[_GUESS] = name
