"""What a learner types, a run's name or a sentence: any Unicode, made harmless for one line of text."""

import unicodedata

from explorer.core import limits

# Control signs and lone surrogates; marks that turn the direction of what stands beside them; a line's or paragraph's
# end; and letters that cannot be seen. A joiner, which emoji and some scripts need, stays.
_DROPPED = {"Cc", "Cs", "Cf", "Zl", "Zp"}
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"
_JOINERS = "\u200c\u200d"
_MOST_MARKS = 3  # combining ones in a row: more of them climb over the lines above


def tidy_name(text: str) -> str:
    """The name on one line, ``limits.MAX_NAME`` characters at most."""
    return tidy_line(text, limits.MAX_NAME)


def tidy_line(text: str, most: int) -> str:
    """The text on one line, ``most`` characters at most, spaces joined; empty where nothing can be seen."""
    kept: list[str] = []
    marks = 0
    for sign in unicodedata.normalize("NFC", " ".join(text.split())):
        kind = unicodedata.category(sign)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if ((kind not in _DROPPED and sign not in _BLANK) or sign in _JOINERS) and marks <= _MOST_MARKS:
            kept.append(sign)
    line = "".join(kept)[:most].strip(f" {_JOINERS}")
    return line if any(unicodedata.category(sign)[0] not in "MZC" for sign in line) else ""
