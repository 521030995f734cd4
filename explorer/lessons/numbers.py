"""How a language writes numbers: Python decides the digits, Babel the signs between them."""

import re
from copy import copy
from decimal import Decimal
from functools import lru_cache

from babel.numbers import NumberPattern, get_decimal_symbol

from explorer.lessons.catalogues import ENGLISH, locale

_PLAIN = re.compile(r"-?[\d,]+(\.\d+)?%?")


def write_number(language: str, value: float, form: str) -> str:
    """``value`` by Python's format ``form``, as the language writes it: 0.9833 by ".2%" is 98.33% and 98,33 %."""
    text = format(value, form)
    return text if language == ENGLISH else _rewritten(language, text)


@lru_cache(maxsize=4096)  # Babel takes 20 µs; a ledger has hundreds of numbers, mostly those of the run before
def _rewritten(language: str, text: str) -> str:
    if not _PLAIN.fullmatch(text):  # 1e-05, nan
        return text.replace(".", get_decimal_symbol(locale(language)))
    number = Decimal(text.replace(",", "").rstrip("%"))
    pattern = _pattern(language, text.endswith("%"), -number.as_tuple().exponent)
    divisor = 100 if text.endswith("%") else 1
    return pattern.apply(number / divisor, locale(language), group_separator="," in text)


@lru_cache(maxsize=256)
def _pattern(language: str, is_percent: bool, places: int) -> NumberPattern:
    patterns = locale(language).percent_formats if is_percent else locale(language).decimal_formats
    pattern = copy(patterns[None])
    pattern.frac_prec = (places, places)
    return pattern
