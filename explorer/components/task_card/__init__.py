"""The exercise's card: drawn by the browser, which has the fonts of every language, and kept as a picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from streamlit.components.v2 import component

from explorer.components.files import script
from explorer.components.task_card.message import WORDS, CardMessage
from explorer.components.words import needed

_COMPONENT = component("task_card", js=script("task_card/task_card.js"))


@dataclass(frozen=True)
class Compared:
    """A network that was compared: its name, its accuracy as a large number, and short lines below."""

    name: str
    accuracy: str
    facts: Sequence[str]


def task_card(
    title: str,
    corner: str,
    networks: Sequence[Compared],
    facts: Sequence[tuple[str, str]],
    *,
    file: str,
    words: Mapping[str, str],
    key: str,
) -> None:
    """Draws the networks beside one another and ``facts``, each a label and a text, beneath; ``corner`` is small.

    ``file`` is the name of the picture that ``words["download"]`` saves; "" while there is nothing to be saved.
    """
    data: CardMessage = {
        "title": title,
        "corner": corner,
        "networks": [{"name": one.name, "accuracy": one.accuracy, "facts": list(one.facts)} for one in networks],
        "facts": [{"label": label, "text": text} for label, text in facts],
        "file": file,
        "words": needed(words, WORDS),
    }
    _COMPONENT(key=key, data=[data])  # in a list, as the cell inspector explains
