"""An answer as a learner types it: a number, or a shape in any of the ways that shapes are written."""

import re
import unicodedata

from explorer.core.errors import SettingError
from explorer.core.exercises.worked import Answer
from explorer.core.number_text import LONGEST

MOST_SIGNS = 80
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+")
_FRACTION = re.compile(r"([+-]?\d+)/([1-9]\d*)")
_WHOLE = re.compile(r"\d+")
_BETWEEN = re.compile(r"[\s,;x×*·✕⨯xX、]+")


def read_answer(text: str, count: int) -> Answer:
    """The ``count`` numbers of that text: 5,020 or 1/4 or 0,42; 10×24×24, 10x24x24, (10, 24, 24), １０＊２４＊２４.

    Raises SettingError that says what is asked for.
    """
    # Full-width digits and signs are the ordinary ones in another width.
    plain = unicodedata.normalize("NFKC", text[: MOST_SIGNS + 1]).strip().replace("−", "-").strip("()[]{}（）【】 ")
    plain = re.sub(r"^torch\.Size\(\[?", "", plain)
    if not plain:
        raise SettingError("Type your answer first.")
    if len(text) > MOST_SIGNS:
        raise SettingError("This is longer than any answer. Type only the numbers.")
    if count == 1:
        return (_one_number(plain),)
    parts = [part for part in _BETWEEN.split(plain) if part]
    if not all(_NUMBER.fullmatch(part) for part in parts):
        raise SettingError("“{text}” is no shape. Type it like {example}.", text=_short(plain), example=_example(count))
    if len(parts) != count:
        raise SettingError(
            "{count} numbers are asked for, like {example}, and these are {typed}.",
            count=count,
            example=_example(count),
            typed=len(parts),
        )
    return tuple(map(float, parts))


def read_place(text: str) -> Answer:
    """The row and the column of that text: row 2, column 3; (2, 3); 2,3; 第 2 行第 3 列.

    Raises SettingError that says what is asked for.
    """
    if len(text) > MOST_SIGNS:
        raise SettingError("This is longer than any answer. Type only the numbers.")
    plain = unicodedata.normalize("NFKC", text).strip()
    numbers = _WHOLE.findall(plain)
    if not plain:
        raise SettingError("Type your answer first.")
    if len(numbers) != 2:
        raise SettingError("“{text}” is no cell. Type its row and its column, like 2, 3.", text=_short(plain))
    return float(numbers[0]), float(numbers[1])


def _one_number(text: str) -> float:
    if fraction := _FRACTION.fullmatch(text.replace(" ", "")):
        return int(fraction[1]) / int(fraction[2])
    plain = text.replace(" ", "")
    # The app writes 60,000: what looks like thousands is taken as such.
    plain = plain.replace(",", "") if _THOUSANDS.fullmatch(plain) else plain.replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        raise SettingError("“{text}” is no number. Type one number.", text=_short(text))
    return float(plain)


def _example(count: int) -> str:
    return "×".join(("64", "10", "24", "24")[-count:])


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
