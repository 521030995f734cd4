"""What a link holds of a picture in the browser: texts that the browser writes and reads, a drawing's among them."""

import re
from dataclasses import dataclass

from explorer.core.errors import SettingError
from explorer.ui.setting import Setting

_MOST_SIGNS = 1200  # of a digit
# A test digit by its number, with strokes on it or without; an image of one's own; or strokes, three signs a point.
_DIGIT = r"~[0-9]{1,5}(\.[A-Za-z0-9_.-]*)?|![A-Za-z0-9_-]*|[A-Za-z0-9_.-]*"
DRAWING = rf"(?=.{{0,{_MOST_SIGNS}}}\Z)({_DIGIT})"
UNIT = r"(x|[0-9]{1,2})(_[0-9]{1,7}){3}"  # its layer, channel, row and column; x for the pixels
_STEP = "(scale|centre|pen|normalise)"
STEPS = rf"({_STEP}(\.{_STEP}){{0,3}})?"  # from a drawing to an image: those not taken


@dataclass(frozen=True)
class BrowsersText(Setting[str]):
    """A text that the browser wrote and reads: ``pattern`` is all that the server knows of it."""

    key: str
    pattern: str
    default: str

    def take(self, told: object) -> None:
        """Keeps what the browser told, if it is one."""
        if isinstance(told, str) and re.fullmatch(self.pattern, told):
            self.set(told)

    def _text(self, value: str) -> str:
        return "" if value == self.default else value or "none"

    def _parse(self, text: str) -> str:
        if text == "none":
            return ""
        if not re.fullmatch(self.pattern, text):
            raise SettingError("This part of the link is cut off or was changed by hand.")
        return text
