"""Inside a trained network: a drawing runs through its layers in the browser, and each number on the way opens."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from streamlit.components.v2 import component

from explorer.components.files import script
from explorer.components.forward import layer_messages
from explorer.components.inside.message import FORMS, WORDS, InsideMessage, MeasuredMessage, Strokes
from explorer.components.inspector import message as inspector
from explorer.components.words import Template, needed
from explorer.core.network.ledger import Ledger

_COMPONENT = component("inside", js=script("inside/inside.js"))


@dataclass(frozen=True)
class Tested:
    """What a network is tested on, and what it said of it.

    ``names`` are the ten classes'; ``images`` is how many test images there are, ``address`` where the browser asks for
    some by their numbers, "" where this server has none. ``predictions`` are (passes over the images, the address of a
    file of safetensors), one for each of the network's weights; the address is "" where they were not kept.
    """

    names: Sequence[str]
    images: int
    address: str
    predictions: Sequence[tuple[float, str]]


def inside_view(
    ledger: Ledger,
    weights: Sequence[tuple[float, str]],
    normalization: tuple[float, float],
    drawings: Sequence[Strokes],
    tested: Tested,
    measured: MeasuredMessage,
    *,
    first: int,
    link: Mapping[str, str],
    on_link: Callable[[], None],
    on_study: Callable[[], None],
    hidden: Sequence[str] = (),
    words: Mapping[str, Template],
    inspector_words: Mapping[str, Template],
    key: str,
) -> None:
    """Draws the pad, the answer, every layer's maps, and one opened unit.

    ``ledger`` is a network's that fits together, ``weights`` (passes over the images, the address of a file of
    safetensors, as the browser asks for it), the last ones last; ``normalization`` is (mean, standard deviation) of the
    images it was trained on. ``drawings`` are strokes that one can begin with, points between 0 and 1 across the pad,
    one for each class; that of number ``first`` stands there at first. ``link`` are the texts by which a link restores
    what is to be seen, ``st.session_state[key].link`` [the same as the learner made them, a number that grows];
    ``.study`` is, once, the question that the learner asks of the whole test set, "" to wait no more. ``words`` are
    those that message.WORDS names, ``inspector_words`` the cell inspector's. Raises ValueError for a missing one.
    """
    data: InsideMessage = {
        "layers": layer_messages(ledger.rows),
        "weights": list(weights),
        "mean": normalization[0],
        "deviation": normalization[1],
        "drawings": list(drawings),
        "first": first,
        "link": dict(link),
        "names": list(tested.names),
        "digits": tested.address,
        "test_images": tested.images,
        "predictions": list(tested.predictions),
        "measured": measured,
        "hidden": list(hidden),
        "words": needed(words, (*WORDS, *FORMS)),
        "inspector": needed(inspector_words, (*inspector.WORDS, *inspector.FORMS)),
    }
    # In a list, as the cell inspector explains.
    _COMPONENT(key=key, data=[data], on_link_change=on_link, on_study_change=on_study)
