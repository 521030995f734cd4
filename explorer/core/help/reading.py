"""What came of reading a message, and what all its readers share."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from explorer.core.errors import Sentence, SettingError
from explorer.core.network.layers import LayerSpec, NetworkSpec, layer, numbered
from explorer.core.network.ledger import trace
from explorer.core.network.networks import EXERCISE, INTRO, LENET_5, SIMPLE_CNN

BATCH = 64  # images, where a message does not say how many
MOST_SIDE = 32  # rows of a map that a vector may have been


@dataclass(frozen=True)
class Reading:
    """One message understood.

    ``topic`` is what it is about, one of ``ui.help.topics``; ``message`` the words that were recognised; ``sentences``
    say what its numbers are. ``code`` is the line that repairs it, "" where there is none; ``stack`` the layers to
    which torch says the same, None where no layers do, or they are beyond the limits.
    """

    topic: str
    message: str
    sentences: tuple[Sentence, ...]
    code: str = ""
    stack: NetworkSpec | None = None


Reader = Callable[[re.Match[str]], Reading]


def whole_numbers(text: str) -> list[int]:
    """``"64, 3, 32"`` -> [64, 3, 32]."""
    return [int(number) for number in re.findall(r"-?\d{1,12}", text)]


def stack_of(make: Callable[[], tuple[list[LayerSpec], tuple[int, int, int]]]) -> NetworkSpec | None:
    """The layers and images that ``make`` gives, named; None where they are beyond the limits."""
    try:
        layers, image = make()
        return NetworkSpec(numbered(layers), image)
    except SettingError:
        return None


def ending_in_vector(size: int) -> tuple[list[LayerSpec], tuple[int, int, int]]:
    """Layers that end in ``size`` numbers an image: a known network's first part, else a flattened image.

    Raises SettingError where no image of that many pixels is allowed.
    """
    for layers in (SIMPLE_CNN, EXERCISE, INTRO, LENET_5):
        rows = trace(NetworkSpec(layers)).rows
        at = next(index for index, row in enumerate(rows) if row.spec.kind == "Flatten")
        if rows[at].output == (BATCH, size):
            return list(layers[: at + 1]), NetworkSpec(layers).image
    side = square_side(size)
    return [layer("flatten", "Flatten")], (size // side**2, side, side)


def square_side(size: int) -> int:
    """The largest square map of which ``size`` numbers may be made: 784 = 1·28·28, 300 = 3·10·10."""
    return next((side for side in range(min(MOST_SIDE, size), 0, -1) if size % side**2 == 0), 1)
