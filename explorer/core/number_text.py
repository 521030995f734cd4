"""A number as a person types it, or a link writes it."""

import re

from explorer.core.errors import SettingError

LONGEST = 24  # characters of a text that its refusal repeats
# As Python reads numbers, but no underscores, no words (nan, inf) and no base other than ten.
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,4})?", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+")  # 1,000: a thousand, or 1 and no thousandths?


def read_number(text: str, lowest: float, highest: float) -> float:
    """The number of that text, a decimal comma and a printed minus included; whole where ``lowest`` is an int.

    Raises SettingError that repeats the text and says what is possible.
    """
    shown, bounds = _shortened(text.strip()), {"lowest": _spelled(lowest), "highest": _spelled(highest)}
    plain = text.strip().replace("−", "-")
    if not plain:
        raise SettingError("This is empty. Type a number from {lowest} to {highest}.", **bounds)
    if _GROUPED.fullmatch(plain):
        raise SettingError("“{text}” can be read in two ways. Type it without a comma.", text=shown)
    plain = plain.replace(",", ".")
    if len(plain) > 400 or not _NUMBER.fullmatch(plain):
        raise SettingError("“{text}” is no number. Type one from {lowest} to {highest}.", text=shown, **bounds)
    value = float(plain)
    if not lowest <= value <= highest:
        raise SettingError("{text} is outside {lowest} … {highest}. Choose a number in between.", text=shown, **bounds)
    if not isinstance(lowest, int):
        return value
    if not value.is_integer():
        raise SettingError("{text} is no whole number. Type one from {lowest} to {highest}.", text=shown, **bounds)
    return int(value)


def spell(value: float) -> str:
    """The number as a field and a link write it: 0.0715, 64, 1e-05."""
    return f"{value:.12g}"


def _spelled(bound: float) -> str:
    return spell(bound).replace("-", "−")


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
