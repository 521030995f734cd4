"""What the browser gets of ten digits; messages.d.ts says the same to its scripts."""

from typing import Literal, TypedDict

WORDS = (
    *("title", "score", "digits", "right", "wrong", "unanswered", "before", "was", "comma", "probabilities", "truth"),
    *("maps", "maps_scale", "kernels", "now", "change", "scale", "empty"),
)
Shape = tuple[int, int, int]  # (count, height, width)
Pictures = tuple[Shape, str] | tuple[Shape, str, Literal[True]]  # base64 of bytes; True: zeros are runs


class ProbeMessage(TypedDict):
    """All that the probe view gets; see Probe."""

    images: Pictures
    labels: list[int]
    names: list[str]
    probabilities: list[list[float] | None] | None
    answers: list[list[int | None]]
    maps: Pictures | None
    kernels: Pictures | None
    change: Pictures | None
    largest_map: float
    largest: float
    largest_change: float
    words: dict[str, str]
