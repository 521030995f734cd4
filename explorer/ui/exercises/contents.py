"""All exercises in the lecture's order, and which of them the learner has answered."""

from collections.abc import Callable, Collection

import streamlit as st

from explorer.core.exercises.every import EXERCISES, exercises_of
from explorer.core.exercises.exercise import Exercise
from explorer.ui.address import link_to
from explorer.ui.exercises.chosen import link_of
from explorer.ui.exercises.progress import answered, progress_link
from explorer.ui.language import t
from explorer.ui.visited_pages import page_path, page_titles

DONE, OPEN = "✓", "○"


def progress_list(page: str, choose: Callable[[str], object]) -> None:
    """Draws all exercises to choose from, this page's first, then links to the others'; and the link to keep."""
    done = answered()
    st.markdown(t("{done} of {count} exercises answered", done=len(done), count=len(EXERCISES)))
    with st.container(key="exercise_list"):
        for other in sorted(page_titles(), key=lambda name: name != page):
            _page_exercises(other, done, choose if other == page else None)
    st.caption(t("Your progress stays in this browser. This link takes it to another one:"))
    st.code(progress_link(), language=None, wrap_lines=True)


def _page_exercises(page: str, done: Collection[str], choose: Callable[[str], object] | None) -> None:
    exercises = exercises_of(page)
    if exercises:
        st.markdown(f"**{page_titles()[page]}** {sum(one.name in done for one in exercises)} / {len(exercises)}")
    for number, exercise in enumerate(exercises, 1):
        label = f"{DONE if exercise.name in done else OPEN} {number}. {t(exercise.title)}"
        if choose is None:
            link_to_exercise(exercise, label)
        else:
            key = f"exercise_{exercise.name}"
            st.button(label, key=key, type="tertiary", on_click=choose, args=(exercise.name,))


def link_to_exercise(exercise: Exercise, label: str) -> None:
    """Draws a link to its page, as the learner left it but for the exercise, which is open there."""
    link = link_to(page_path(exercise.page), **link_of(exercise))
    file = f"explorer/pages/{exercise.page}.py"
    st.page_link(file, label=label, query_params=link, width="content")
