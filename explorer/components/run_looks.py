"""How a run looks wherever it is drawn: colour, dashes and marker, each of which tells it from the others."""

from dataclasses import dataclass
from typing import TypedDict

from explorer.components.live_curves.message import Dash, Marker


class LookMessage(TypedDict):
    """A Look, as the browser gets it; messages.d.ts says the same to its scripts."""

    color: str
    dash: Dash
    marker: Marker
    sign: str


@dataclass(frozen=True)
class Look:
    """``color`` "#rrggbb", mixed with the text's where it is drawn; ``sign`` is the ``marker`` as a character."""

    color: str
    dash: Dash
    marker: Marker
    sign: str

    def data(self) -> LookMessage:
        """As the browser gets it."""
        return {"color": self.color, "dash": self.dash, "marker": self.marker, "sign": self.sign}

    def drawn_on(self, text_color: str) -> str:
        """The colour as the browser mixes it with the page's text, "#rrggbb", for what cannot mix: 82 % of it."""
        parts = [(int(self.color[n : n + 2], 16), int(text_color[n : n + 2], 16)) for n in (1, 3, 5)]
        return "#" + "".join(f"{round(0.82 * own + 0.18 * text):02x}" for own, text in parts)


# Neither the blue nor the orange of weights; 3.2 : 1 or more on either page. Chosen so that the smallest distance
# (OKLab) between any two stays 0.05, and between the first four 0.1, for eyes without red, green or blue cones.
LOOKS = (
    Look("#0b7a75", 0, "circle", "●"),  # teal
    Look("#c9a800", 1, "square", "■"),  # gold
    Look("#9966e8", 2, "up", "▲"),  # violet
    Look("#b61217", 3, "diamond", "◆"),  # red
    Look("#42b7c1", 4, "down", "▼"),  # cyan
    Look("#753b66", 5, "plus", "✚"),  # plum
    Look("#0a9b2c", 6, "left", "◀"),  # green
    Look("#fd807d", 7, "right", "▶"),  # salmon
)
