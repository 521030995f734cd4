"""Home's picture: a drawing on its way through a network, and the same digit as a vector, in the browser alone."""

from collections.abc import Callable, Mapping, Sequence

from streamlit.components.v2 import component

from explorer.components.files import script
from explorer.components.forward import layer_messages
from explorer.components.home.message import FORMS, WORDS, HomeMessage
from explorer.components.inside.message import Strokes
from explorer.components.words import Template, needed
from explorer.core.network.ledger import Ledger

_COMPONENT = component("home", js=script("home/home.js"))


def home_view(
    ledger: Ledger,
    weights: str,
    normalization: tuple[float, float],
    drawings: Sequence[Strokes],
    digits: str,
    *,
    first: int,
    link: Mapping[str, str],
    on_link: Callable[[], None],
    on_open: Callable[[], None],
    words: Mapping[str, Template],
    key: str,
) -> None:
    """Draws the pad, every layer's maps, the answer; beneath them the image and the vector it becomes.

    ``ledger`` is a network's that fits together and takes 28×28 images, ``weights`` the address of its file of
    safetensors; ``normalization`` is (mean, standard deviation) of the images it was trained on. ``drawings`` are those
    that one can begin with, at first number ``first``; ``digits`` is the test images' address, "" for none. ``link``
    are the texts that restore what is to be seen, ``st.session_state[key].link`` [the same as the learner made them, a
    number that grows]; ``.open`` is, once, {at, drawing, steps}: the number that was clicked, and of what. ``words``
    are those that message.WORDS names. Raises ValueError for a missing one.
    """
    data: HomeMessage = {
        "layers": layer_messages(ledger.rows),
        "weights": weights,
        "mean": normalization[0],
        "deviation": normalization[1],
        "drawings": list(drawings),
        "first": first,
        "digits": digits,
        "link": dict(link),
        "words": needed(words, (*WORDS, *FORMS)),
    }
    # In a list, as the cell inspector explains.
    _COMPONENT(key=key, data=[data], on_link_change=on_link, on_open_change=on_open)
