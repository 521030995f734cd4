"""A changed stack that a button offers: within the limits, or the reason why it is not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from explorer.core.errors import SettingError
from explorer.core.network.layers import LayerSpec, NetworkSpec, numbered


@dataclass(frozen=True)
class Proposal:
    """The ``stack``, or why there is none: exactly one of the two is None."""

    stack: NetworkSpec | None
    forbidden: SettingError | None = None


def propose(image: tuple[int, int, int], layers: Callable[[], Iterable[LayerSpec]]) -> Proposal:
    """The stack of these layers, numbered, for such images.

    ``layers`` makes them, so that a layer beyond the limits is a reason and never an error.
    """
    try:
        return Proposal(NetworkSpec(numbered(layers()), image))
    except SettingError as error:
        return Proposal(None, error)
