"""What the browser gets of Home's picture; messages.d.ts says the same to its scripts."""

from typing import TypedDict

from explorer.components.forward.message import LayerMessage
from explorer.components.inside.message import SHOWN_WORDS, Strokes
from explorer.components.words import Template

WORDS = (
    *SHOWN_WORDS,
    *("flat_title", "flat_why", "flat_image", "flat_choice", "flat_pixel", "flat_window", "flat_vector", "flat_part"),
    *("flat_neighbours", "flat_corner", "flat_pieces", "flat_hint", "flat_hint_touch"),
)
FORMS = ("dark",)  # one for each number


class HomeMessage(TypedDict):
    """A trained network and the digits that it can begin with.

    ``weights`` is the address of a file of safetensors, ``mean`` and ``deviation`` are those that the network's images
    are normalised by. ``drawings`` are strokes between 0 and 1 across the pad, one for each class; that of number
    ``first`` stands there where the link's ``drawing`` is "first". ``digits`` is the address of the test images, ""
    where this server has none. ``link`` are texts that the browser wrote and reads, by their names.
    """

    layers: list[LayerMessage]
    weights: str
    mean: float
    deviation: float
    drawings: list[Strokes]
    first: int
    digits: str
    link: dict[str, str]
    words: dict[str, Template]
