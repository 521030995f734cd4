"""One question of the help page."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Topic:
    """A question ``title`` and its answer ``text``, both marked; ``page`` with the parameters ``link`` shows it."""

    title: str
    text: str
    page: str
    link: Mapping[str, str] = field(default_factory=dict[str, str])
