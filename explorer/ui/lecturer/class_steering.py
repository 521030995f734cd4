"""In class, the lecturer's side: the code, how many have answered, and how the answers are spread."""

import streamlit as st

from explorer.classes.question import ClassQuestion, question_of
from explorer.core import limits
from explorer.core.errors import SettingError
from explorer.core.exercises.exercise import new_seed
from explorer.ui.class_spread import class_question, class_spread
from explorer.ui.full_link import full_link
from explorer.ui.language import explain, explain_error, plural, t
from explorer.ui.lecturer.links import link_with_qr_code
from explorer.ui.lecturer.settings import CLASS, NUMBERS, question_choice
from explorer.ui.markdown_escape import escape_markdown
from explorer.ui.server_classes import server_classes
from explorer.ui.session_runs import learner
from explorer.ui.written_answer import given_view

POLL_SECONDS = 0.5  # an answer is on the projector within a second
_REFUSED = "lecturer_refused"


def class_screen() -> None:
    """Draws the class that is under way: the question, its answers, and how students come in."""
    room = CLASS.room
    if room is None:
        return
    state = room.state()
    wide, narrow = st.columns([3, 1], gap="large")
    with wide, st.container(key="lecturer_class"):
        class_question(state)
        answered = plural(
            "{answered} of {count} student has answered.", "{answered} of {count} students have answered."
        )
        st.markdown(t(answered, answered=state.answered, count=state.students))
        class_spread(state)
    with narrow:
        st.markdown(f"# {room.code}")
        link_with_qr_code(full_link("class", {"code": room.code}))
        class_controls()


def class_controls() -> None:
    """Draws the choice of a question, and what can be done: open a class, or steer the one that is open."""
    room = CLASS.room
    question_choice().select(t("Question"), width=420)
    NUMBERS.write()
    if room is None or room.state().question is not _chosen():
        _preview(_chosen())
    if room is None:
        with st.container(horizontal=True):
            st.button(t("Open a class"), key="lecturer_open", type="primary", on_click=_open)
            _new_numbers()
        st.caption(
            t(
                "Students answer under a code, without names, and it ends after {hours} hours. Nothing is kept.",
                hours=limits.MAX_CLASS_SECONDS // 3600,
            )
        )
    else:
        with st.container(horizontal=True):
            revealed = room.state().is_revealed
            st.button(t("Reveal"), key="lecturer_reveal", type="primary", disabled=revealed, on_click=room.reveal)
            st.button(t("Ask this question"), key="lecturer_ask", on_click=_ask)
            _new_numbers()
            st.button(t("End the class"), key="lecturer_end", on_click=_end)
        st.caption(t("Whoever has this page’s own address steers the class: give students the link above."))
    if problem := st.session_state.pop(_REFUSED, None):
        st.warning(explain_error(problem))


def _preview(chosen: ClassQuestion) -> None:
    """Draws what would be asked, as small as what surrounds it."""
    with st.container(border=True, width=420):
        st.markdown(escape_markdown(explain(chosen.sentence)))
        given_view(chosen.given)


def steering_seconds() -> float | None:
    """How often the class is drawn anew; None where none is open."""
    return POLL_SECONDS if CLASS.room else None


def _open() -> None:
    try:
        CLASS.set(server_classes().open(learner(), _chosen()).secret)
    except SettingError as error:
        st.session_state[_REFUSED] = error


def _chosen() -> ClassQuestion:
    return question_of(question_choice().value, int(NUMBERS.value))


def _new_numbers() -> None:
    st.button(t("New numbers"), key="lecturer_new", on_click=lambda: NUMBERS.set(new_seed()))


def _ask() -> None:
    if room := CLASS.room:
        room.ask(_chosen())


def _end() -> None:
    if room := CLASS.room:
        server_classes().end(room)
    CLASS.set("")
