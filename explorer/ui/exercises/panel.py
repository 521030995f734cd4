"""An exercise below a page's picture: its question, a field for the answer, the verdict, and the way to the next."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any

import streamlit as st

from explorer.components.exercise import exercise_verdict
from explorer.core.exercises.every import BY_NAME, exercises_of
from explorer.core.exercises.every import EXERCISES as ALL
from explorer.core.exercises.exercise import Exercise, new_seed
from explorer.core.exercises.given import NOTHING
from explorer.core.exercises.progress import progress_text
from explorer.ui.address import show_address
from explorer.ui.exercises.attempt import Asked, asked, forget_attempt
from explorer.ui.exercises.chosen import (
    NUMBERS,
    choose_exercise,
    chosen_exercise,
    own_state,
    write_exercise,
)
from explorer.ui.exercises.contents import link_to_exercise, progress_list
from explorer.ui.exercises.field import field_key, new_field
from explorer.ui.exercises.progress import VERDICT, answered, count_text, take_kept
from explorer.ui.exercises.verdict_text import WORDS, chains, verdict_kind, verdict_text
from explorer.ui.language import explain, explain_error, say_all, t
from explorer.ui.view_options import EXERCISES, view
from explorer.ui.visited_pages import page_titles
from explorer.ui.written_answer import cell_text, given_view

ANSWER = "Your answer"  # the field's name, the same in every language, as the grids' are
_PROGRESS = "exercise_progress"  # whether the list of all exercises is open


Choose = Callable[[str], object]


@dataclass(frozen=True)
class ExercisePage:
    """The exercises of the page of that name. ``apply`` makes a state that was drawn the screen's; without it the
    screen stays, and the question has numbers of its own. ``redraw`` is the last act of each of the panel's clicks:
    it draws what lies outside the panel's fragment and has to change with it.
    """

    page: str
    apply: Callable[[Any], object] | None = None
    redraw: Callable[[], object] = lambda: None

    @property
    def numbers(self) -> int:
        """What the open exercise's made-up question has beside the screen: see NUMBERS; 0 for nothing."""
        return int(NUMBERS.value) if chosen_exercise(self.page) else 0

    def asked(self, shown: object) -> Asked | None:
        """The open exercise, asked about the state that the page shows; None where none is open."""
        exercise = chosen_exercise(self.page)
        if exercise is None or not view().shows(EXERCISES):
            return None
        state = shown if self.apply else own_state(exercise, shown)
        return asked(exercise, state, NOTHING if state is shown else exercise.given(state))

    def draw(self, shown: Callable[[], object]) -> None:
        """Draws the panel in a fragment of its own, below a screen that hides nothing; ``shown`` gives its state."""

        def fragment() -> None:
            state = shown()
            self.panel(self.asked(state), state)
            show_address()

        st.fragment(fragment, key=f"{self.page}_exercise")()

    @contextmanager
    def around(self, open_one: Asked | None, shown: object) -> Iterator[None]:
        """What stands beneath a picture: behind an open exercise, which is about the picture, but before the button."""
        if open_one:
            self.panel(open_one, shown)
        yield
        if not open_one:
            self.panel(None, shown)

    def panel(self, open_one: Asked | None, shown: object) -> None:
        """Draws the panel of what ``asked`` gave about the state ``shown``; a button where none is open; nothing where
        a lecturer wants none.
        """
        choose = partial(self._choose, shown=shown)
        if not view().shows(EXERCISES):
            return
        with st.container(key="exercise_panel"):
            if open_one is None:
                self._closed(choose)
            else:
                self._open(open_one, choose)
        write_exercise()

    def _closed(self, choose: Choose) -> None:
        first = next((one for one in exercises_of(self.page) if one.name not in answered()), None)
        name = (first or exercises_of(self.page)[0]).name
        meaning = t("Predict a number of this screen, then see whether it is right.")
        st.button(t("Exercise"), key="exercise_open", help=meaning, on_click=choose, args=(name,))

    def _open(self, now: Asked, choose: Choose) -> None:
        names = [one.name for one in exercises_of(self.page)]
        with st.container(horizontal=True, vertical_alignment="center"):
            number = names.index(now.exercise.name) + 1
            title = t("Exercise {number}: {title}", number=number, title=t(now.exercise.title))
            st.markdown(f"**{title}**")
            progress = st.popover(count_text(), key=_PROGRESS, on_change="rerun")
            if progress.open:  # 77 elements that a closed one does not need
                with progress:
                    progress_list(self.page, choose)
        if now.question is None:
            if now.problem:
                st.markdown(explain_error(now.problem))
        else:
            st.markdown(explain(now.question.sentence))
            given_view(now.given)
            self._form(now)
        self._verdict(now)
        self._ways_on(now, choose)

    def _form(self, now: Asked) -> None:
        key = field_key()
        hint = t("Type it, or choose it in the picture") if now.exercise.picks else t("Your answer")
        with st.form("exercise_form", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(ANSWER, key=key, label_visibility="collapsed", placeholder=hint, autocomplete="off")
            st.form_submit_button(t("Check"), type="primary", on_click=self._check, args=(now, key))

    def _verdict(self, now: Asked) -> None:
        exercise_verdict(
            verdict_kind(now.attempt),
            verdict_text(now),
            chains(now),
            progress_text(answered()),
            field=field_key(),
            words=say_all(WORDS),
            on_progress=take_kept,
            key=VERDICT,
        )
        if now.question and now.question.silent_slips and now.attempt.is_revealed:
            st.caption(t("On these numbers some slips lead to the right answer too. “New numbers” makes others."))

    def _ways_on(self, now: Asked, choose: Choose) -> None:
        following = ALL[(ALL.index(now.exercise) + 1) % len(ALL)]
        with st.container(horizontal=True, vertical_alignment="center"):
            shown = now.question is None or now.attempt.is_revealed
            st.button(t("Show me"), key="exercise_show", disabled=shown, on_click=self._show, args=(now,))
            st.button(t("New numbers"), key="exercise_new", on_click=self._renew, args=(now.exercise,))
            if following.page == self.page:
                st.button(t("Next"), key="exercise_next", on_click=choose, args=(following.name,))
            else:
                link_to_exercise(following, t("Next: {page} →", page=page_titles()[following.page]))
            st.button(t("Close"), key="exercise_close", type="tertiary", on_click=choose, args=("",))

    def pick(self, cell: object, now: Asked | None) -> None:
        """Makes the ``cell`` [row, column], from 0, that was picked in the picture the text in the field; unchecked."""
        if now and now.exercise.picks and isinstance(cell, list) and len(cell) == 2:
            row, column = (int(number) + 1 for number in cell)
            st.session_state[field_key()] = cell_text((row, column)) if now.exercise.picks == "cell" else str(row)

    def _choose(self, name: str, shown: object) -> None:
        choose_exercise(name)
        st.session_state[_PROGRESS] = False  # the list has done its work
        if name and self.apply and not BY_NAME[name].has_question(shown):
            self._renew(BY_NAME[name])
            return
        new_field()
        self.redraw()

    def _check(self, now: Asked, key: str) -> None:
        now.check(st.session_state.get(key) or "")
        self.redraw()

    def _show(self, now: Asked) -> None:
        now.give_up()
        self.redraw()

    def _renew(self, exercise: Exercise) -> None:
        seed = new_seed()
        if self.apply:
            state = exercise.draw(Random(seed))
            self.apply(state)
            NUMBERS.set(getattr(state, "batch", 0))
        else:
            NUMBERS.set(seed)
        forget_attempt()
        new_field()
        self.redraw()
