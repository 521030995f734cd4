"""Which exercise is open, as the link says it: ``exercise=conv_output_size``; and which numbers it has made up."""

from random import Random

import streamlit as st

from explorer.core.errors import SettingError
from explorer.core.exercises.every import BY_NAME, exercises_of
from explorer.core.exercises.exercise import MOST_SEEDS, Exercise, new_seed
from explorer.ui.address import is_in_address, linked_value, write_parameter
from explorer.ui.setting import Number

_NAME = "exercise"  # in the session and in the link; "" where none is open
# What a made-up question has beside the screen: a seed of all its numbers, or the Network page's batch; 0 for nothing.
NUMBERS = Number("exercise_numbers", 0, MOST_SEEDS, 0)


def chosen_exercise(page: str) -> Exercise | None:
    """The exercise that is open on the page of that name; another page's is none here."""
    kept = st.session_state.get(_NAME)
    if kept is None or (kept and BY_NAME[kept].page != page):  # a link's own numbers, or none
        for name in (_NAME, NUMBERS.key):
            st.session_state.pop(name, None)
    name = linked_value(_NAME, lambda: "", lambda text: _parse(text, page), str)
    if not name and is_in_address(NUMBERS.key):
        linked_value(NUMBERS.key, lambda: 0, _refuse_numbers, str)
    return BY_NAME.get(name)


def choose_exercise(name: str) -> None:
    """Opens the exercise of that name, with the screen's numbers; "" closes."""
    st.session_state[_NAME] = name
    NUMBERS.set(0)


def write_exercise() -> None:
    """Puts it into the link."""
    name = st.session_state.get(_NAME, "")
    write_parameter(_NAME, name)
    write_parameter(NUMBERS.key, str(NUMBERS.value or "") if name else "")


def link_of(exercise: Exercise) -> dict[str, str]:
    """What in a page's link opens it, asked about that page's screen."""
    return {_NAME: exercise.name, NUMBERS.key: ""}


def own_state(exercise: Exercise, shown: object) -> object:
    """The state to ask about on a page whose screen new numbers leave as it is: ``shown``, or one that is made up,
    from the beginning where the screen has no such question."""
    if not NUMBERS.value and not exercise.has_question(shown):
        NUMBERS.set(new_seed())
    return exercise.draw(Random(NUMBERS.value)) if NUMBERS.value else shown


def _parse(text: str, page: str) -> str:
    known = [exercise.name for exercise in exercises_of(page)]
    if text not in known:
        raise SettingError("Known are {known}.", known=", ".join(known))
    return text


def _refuse_numbers(text: str) -> int:
    raise SettingError("{numbers} are an exercise's numbers, and none is open.", numbers=text or "–")
