"""Inside: a trained network on the learner's own digit, from the answer down to one product."""

import streamlit as st

from explorer.components.inside import inside_view
from explorer.core.data.data_sets import SOURCES
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.ledger import trace
from explorer.ui.address import show_address
from explorer.ui.exercises.panel import ExercisePage
from explorer.ui.inside.code import opened_number_code
from explorer.ui.inside.controls import network_controls
from explorer.ui.inside.exercise import reading_state
from explorer.ui.inside.follow import follow_seconds, watch
from explorer.ui.inside.settings import LINK, VIEW, hidden_controls, keep_link
from explorer.ui.inside.studies import measured, study_seconds, take_question
from explorer.ui.inside.words_of_changes import WORDS as CHANGES
from explorer.ui.inside.words_of_tests import words_of_tests
from explorer.ui.inside_words import INSPECTOR, WORDS
from explorer.ui.inspector_words import inspector_words
from explorer.ui.language import say_all, t
from explorer.ui.lesson_text import lesson_text
from explorer.ui.sample_drawings import sample_drawings

FIRST = 7
EXERCISE = ExercisePage("inside")


def screen(drawn_every: float | None) -> None:
    """The choice of a network, and the view into it; drawn anew every so many seconds while something goes on."""
    network = network_controls()
    source = SOURCES[network.config.data]
    words = inspector_words() | say_all(INSPECTOR)
    ledger = trace(NetworkSpec(network.config.network), 1)
    inside_view(
        ledger,
        network.weights,
        (source.mean, source.std),
        sample_drawings(),
        network.tested,
        measured(network),
        first=FIRST,
        link={name: setting.value for name, setting in LINK.items()},
        on_link=keep_link,
        on_study=take_question,
        hidden=hidden_controls(),
        words=say_all(WORDS | CHANGES) | words_of_tests(network.config) | words,
        inspector_words=words,
        key=VIEW,
    )
    for setting in LINK.values():
        setting.write()
    state = reading_state(network)
    EXERCISE.panel(EXERCISE.asked(state), state)
    show_address()
    watch(network)
    if drawing_seconds() != drawn_every:
        st.rerun()  # drawing by itself begins, or ends
    lesson_text("inside", t("What you see"))
    opened_number_code(network, ledger)


def drawing_seconds() -> float | None:
    """How often the page is drawn anew: while a run trains, or an answer is waited for; None where nothing goes on."""
    return min(filter(None, (study_seconds(), follow_seconds())), default=None)


st.fragment(screen, run_every=drawing_seconds())(drawing_seconds())
