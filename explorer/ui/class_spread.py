"""A class's question, and once it is revealed the right answer and how all answers are spread."""

import streamlit as st

from explorer.classes.class_room import ClassState
from explorer.classes.question import RIGHT
from explorer.ui.language import explain, plural, t
from explorer.ui.markdown_escape import escape_markdown
from explorer.ui.written_answer import given_view, written


def class_question(state: ClassState) -> None:
    """Draws the question, as large as a projector wants it, and the numbers that it is about."""
    st.markdown(f"### {escape_markdown(explain(state.question.sentence))}")
    given_view(state.question.given)


def class_spread(state: ClassState) -> None:
    """Draws, where it is revealed, the right answer, and a bar for each label with its share of all answers."""
    if not state.is_revealed:
        return
    exercise, right = state.question.exercise, state.question.right
    st.markdown(t("The right answer is **{answer}**.", answer=escape_markdown(written(exercise, right.answer))))
    st.code("\n".join(right.lines), language=None, wrap_lines=True)
    for label, count in state.spread:
        sign = "✓" if label == RIGHT else "✗"
        times = t(plural("{count} answer", "{count} answers"), count=count)
        wrong = f"**{escape_markdown(written(exercise, label.answer))}** · " if label.answer else ""
        st.progress(count / max(state.answered, 1), text=f"{sign} {wrong}{times} · {t(label.text)}")
