"""What the lecturer's page and its link hold: how the class is to see a page, and the class that is under way."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import streamlit as st

from explorer.classes.class_room import ClassRoom
from explorer.core import limits
from explorer.core.errors import SettingError
from explorer.core.exercises.every import BY_NAME, exercises_of
from explorer.core.exercises.exercise import MOST_SEEDS
from explorer.lessons.catalogues import languages
from explorer.ui.language import mark
from explorer.ui.sent_labels import remember_labels, sent_name
from explorer.ui.server_classes import server_classes
from explorer.ui.setting import Choice, Number, Setting, Switch
from explorer.ui.view_options import EXERCISES, SIZES, TEXT, ViewOptions
from explorer.ui.visited_pages import LAST_PAGE, page_titles

BROWSERS = "browser"  # the language that each student's browser asks for


@dataclass(frozen=True)
class Names(Setting[list[str]]):
    """Any of the names that are on offer when it is drawn; between dots in the link."""

    key: str

    @property
    def default(self) -> list[str]:
        """None of them."""
        return []

    def choose(self, label: str, names: Mapping[str, str], **options: object) -> None:
        """Draws it as a list to pick ``names`` (name -> label) from; what is not on offer any more is dropped."""
        sent = [name if name in names else sent_name(self.key, name) for name in self.value]
        self.set([name for name in sent if name in names])
        remember_labels(self.key, names)
        self.write()
        st.multiselect(label, list(names), format_func=names.get, key=self.key, persist_state="session", **options)

    def _text(self, value: list[str]) -> str:
        return ".".join(value)

    def _parse(self, text: str) -> list[str]:
        if len(text) > limits.MAX_VIEW_CHARACTERS:
            raise SettingError("This part of the link is cut off or was changed by hand.")
        return text.split(".")


@dataclass(frozen=True)
class OpenClass(Setting[str]):
    """The secret of the class that this page steers; whoever has the page's link steers it too."""

    key: str
    default: str = ""

    @property
    def room(self) -> ClassRoom | None:
        """The class; None where none is open, or it has ended."""
        return server_classes().steered_by(self.value) if self.value else None

    def _text(self, value: str) -> str:
        return value

    def _parse(self, text: str) -> str:
        if not server_classes().steered_by(text):
            raise SettingError("This class has ended.")
        return text


class ExerciseChoice(Choice):
    """One of all exercises, each behind the title of its page."""

    def _labels(self) -> dict[str, str]:
        titles, labels = page_titles(), super()._labels()
        return {name: f"{titles[BY_NAME[name].page]} · {label}" for name, label in labels.items()}


HIDDEN, FIXED = Names("lecturer_hidden"), Names("lecturer_fixed")
SIZE = Choice(
    "lecturer_size",
    dict(zip(map(str, SIZES), (mark("As usual"), mark("A quarter larger"), mark("Half as large again")), strict=True)),
)
TEXT_SHOWN, EXERCISES_SHOWN = Switch("lecturer_text", default=True), Switch("lecturer_exercises", default=True)
NUMBERS = Number("lecturer_numbers", 1, MOST_SEEDS, 1)  # the seed of the question's numbers
CLASS = OpenClass("class")


def page_choice() -> Choice:
    """The page that the link leads to: any that there is, at first the one looked at last."""
    return Choice(LAST_PAGE, page_titles())


def question_choice() -> Choice:
    """The question to ask: any exercise, at first the first of the page looked at last."""
    here = exercises_of(page_choice().value) or tuple(BY_NAME.values())
    titles = {name: exercise.title for name, exercise in BY_NAME.items()}
    return ExerciseChoice("lecturer_question", titles, here[0].name)


def language_choice() -> Choice:
    """The language that the link asks for: none, or any that there is."""
    return Choice("lecturer_language", {BROWSERS: mark("As each browser asks"), **languages()})


def class_view(controls: Collection[str]) -> ViewOptions:
    """How the class is to see the page that has these ``controls``."""
    shown = {TEXT: TEXT_SHOWN.value, EXERCISES: EXERCISES_SHOWN.value}
    without = frozenset(part for part, is_shown in shown.items() if not is_shown)
    hidden, fixed = (frozenset(controls).intersection(names.value) for names in (HIDDEN, FIXED))
    return ViewOptions(int(SIZE.value), without, hidden, fixed - hidden)
