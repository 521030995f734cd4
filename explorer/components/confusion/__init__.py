"""A run's confusion matrix: what each class of test images was read as. The browser fetches the predictions itself."""

from collections.abc import Mapping, Sequence

from streamlit.components.v2 import component

from explorer.components.confusion.message import WORDS, ConfusionMessage
from explorer.components.files import script
from explorer.components.words import needed

_COMPONENT = component("confusion", js=script("confusion/confusion.js"))


def confusion_view(address: str, epoch: float, names: Sequence[str], *, words: Mapping[str, str], key: str) -> None:
    """Draws the matrix of the predictions at ``address``; where it is "", an empty one.

    They were made after ``epoch`` passes; ``names`` are the ten classes'. ``words`` are those that message.WORDS names.
    Raises ValueError for a missing one.
    """
    data: ConfusionMessage = {
        "address": address,
        "epoch": epoch,
        "names": list(names),
        "words": needed(words, WORDS),
    }
    _COMPONENT(key=key, data=[data])  # in a list, as the cell inspector explains
