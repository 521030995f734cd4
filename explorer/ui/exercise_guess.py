"""The lecture's exercise asks a question: the learner guesses first, then the numbers answer."""

import streamlit as st

from explorer.ui.language import mark, t
from explorer.ui.setting import Choice

GUESSES = {
    "exercise": mark("The exercise's network"),
    "simple": mark("The simple CNN"),
    "neither": mark("About the same: the difference is only luck"),
}
_NOT_YET, _NONE = "", "none"  # of who has not guessed, and of who wants to see it without
# Only the exercise's page writes it into its link: Compare's would tell whom it is given to.
GUESS = Choice("task_guess", dict.fromkeys((_NOT_YET, *GUESSES, _NONE), ""))


def has_guessed() -> bool:
    """Whether the answer may be shown: after a guess, or where it was asked for without one."""
    return GUESS.value != _NOT_YET


def guess_buttons() -> None:
    """Draws the question and its answers to choose from."""
    st.markdown(t("**The lecture's exercise: which network reads more of the test images in the end?** Guess first."))
    with st.container(horizontal=True, key="task_guesses"):
        for name, label in GUESSES.items():
            st.button(t(label), key=f"task_guess_{name}", on_click=GUESS.set, args=(name,))
        st.button(
            t("Show it without a guess"), key="task_guess_none", type="tertiary", on_click=GUESS.set, args=(_NONE,)
        )


def guess_text() -> str:
    """The guess in words; empty without one."""
    return t(GUESSES[GUESS.value]) if GUESS.value in GUESSES else ""


def guess_verdict(ahead: str) -> str:
    """What the guess was worth, where ``ahead``, one of GUESSES, is the answer; empty without a guess."""
    if not guess_text():
        return ""
    if GUESS.value == ahead:
        return t("You guessed right.")
    return t("Your guess was: {guess}.", guess=guess_text())
