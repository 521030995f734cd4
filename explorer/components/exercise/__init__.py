"""An exercise's verdict, with the learner's chain of computation beside the right one; and the learner's progress.

The progress is kept in the browser's own storage, and told to the page that asks for it; the server keeps none.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from streamlit.components.v2 import component

from explorer.components.exercise.message import WORDS, ChainMessage, ExerciseMessage, Kind
from explorer.components.files import script
from explorer.components.words import needed

_COMPONENT = component("exercise", js=script("exercise/exercise.js"))


@dataclass(frozen=True)
class Chain:
    """Lines of a computation under a title; ``differs`` is the number of the one to mark, from 0, None for none."""

    title: str
    lines: Sequence[str]
    differs: int | None = None

    def data(self) -> ChainMessage:
        """As the browser gets it."""
        lines = enumerate(self.lines)
        return {
            "title": self.title,
            "lines": [{"text": text, "differs": number == self.differs} for number, text in lines],
        }


def exercise_verdict(
    kind: Kind,
    verdict: str,
    chains: Sequence[Chain],
    progress: str,
    *,
    field: str,
    words: Mapping[str, str],
    on_progress: Callable[[], None] = lambda: None,
    key: str,
) -> None:
    """Draws the verdict, which is read out, and the chains; of two the lines stand beside each other.

    ``progress`` is added to what the browser keeps; where that is more, ``st.session_state[key].progress`` is [its
    text, a number that grows], unchecked. ``field`` is the key of the field for the answer: where it is another than
    before, the question is new, is brought into view, and the keyboard goes to the field. ``words``: that a line
    ``differs``, and the ``chains``' name. Raises ValueError for a missing one.
    """
    data: ExerciseMessage = {
        "kind": kind,
        "verdict": verdict,
        "chains": [chain.data() for chain in chains],
        "progress": progress,
        "field": field,
        "words": needed(words, WORDS),
    }
    _COMPONENT(key=key, data=[data], on_progress_change=on_progress)  # in a list, as the cell inspector explains
