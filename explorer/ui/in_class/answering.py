"""In class, a student's side: the code, the question, one's own answer, and what all have answered."""

import streamlit as st

from explorer.classes.class_room import ClassRoom, ClassState
from explorer.core.errors import SettingError
from explorer.ui.class_spread import class_question, class_spread
from explorer.ui.in_class.settings import CODE
from explorer.ui.language import explain_error, join_sentences, t
from explorer.ui.markdown_escape import escape_markdown
from explorer.ui.session_runs import learner

POLL_SECONDS = 2.0
MOST_POLLS = 15  # a second, of all students of a class: each costs some 10 ms of a core
_TYPED, _REFUSED = "class_typed", "class_refused"


def class_entry() -> None:
    """Draws the field for the code."""
    if CODE.value:
        st.info(t("This class has ended."))
    with st.form("class_entry", border=False, width=420):
        st.text_input(t("Code of your class"), key=_TYPED)
        st.form_submit_button(t("Enter"), type="primary", on_click=_enter)
    _refusal()


def class_answer(room: ClassRoom) -> None:
    """Draws the question, the field for an answer until it is revealed, and then how the answers are spread."""
    try:
        room.enter(learner())
    except SettingError as error:
        st.warning(explain_error(error))
        return
    state = room.state()
    class_question(state)
    if state.is_revealed:
        _own_answer(room)
        class_spread(state)
        st.caption(t("The next question appears here by itself."))
        return
    field = f"class_answer_{room.code}_{state.round}"
    with st.form(f"{field}_form", border=False, width=420):
        st.text_input(t("Your answer"), key=field)
        st.form_submit_button(t("Send"), type="primary", on_click=_send, args=(room, state, field))
    _refusal()
    if sent := room.answer_of(learner()):
        answer = t("Sent: **{answer}**.", answer=escape_markdown(sent.text))
        st.success(join_sentences(answer, t("You can change it until the answers are shown.")))


def polling_seconds() -> float | None:
    """How often the page asks whether there is something new: the larger the class, the less often."""
    room = CODE.room
    return max(POLL_SECONDS, room.state().students / MOST_POLLS) if room else None


def _own_answer(room: ClassRoom) -> None:
    if own := room.answer_of(learner()):
        answer = escape_markdown(own.text)
        st.markdown(join_sentences(t("Your answer was **{answer}**.", answer=answer), t(own.label.text)))


def _enter() -> None:
    try:
        CODE.enter(st.session_state[_TYPED] or "")
    except SettingError as error:
        st.session_state[_REFUSED] = error
    else:
        st.session_state.pop(_REFUSED, None)


def _send(room: ClassRoom, state: ClassState, field: str) -> None:
    try:
        room.answer(learner(), state.round, st.session_state[field] or "")
    except SettingError as error:
        st.session_state[_REFUSED] = error
    else:
        st.session_state.pop(_REFUSED, None)


def _refusal() -> None:
    if problem := st.session_state.get(_REFUSED):
        st.warning(explain_error(problem))
