"""What ``print(net)`` shows, written as the program that makes those layers."""

import re
from itertools import pairwise, takewhile

from explorer.core import limits

_NAME = r"\([^()\s]+\): "
_OPENING = re.compile(rf"^(?P<blanks>\s*)(?:{_NAME})?(?P<kind>[A-Za-z_]\w*)\($")
_LAYER = re.compile(rf"^(?P<blanks>\s*){_NAME}(?:(?P<count>\d{{1,2}}) x )?(?P<call>[A-Za-z_]\w*\(.*\))$")
_WORD = re.compile(r"\bpadding=(same|valid)\b")  # which torch prints without quotes


def of_printed(text: str) -> tuple[str, int | None]:
    """The program, each line where it was; and the line, from 1, where the print of a class begins, which says nothing
    about ``forward``. A text without a print stays as it is.
    """
    lines = text.split("\n")
    start = _start(lines)
    if start is None:
        return text, None
    begins = ("", " ", "\t", "(", ")") if lines[start].startswith("(") else ("", " ", "\t")  # a print's inner lines
    inside = list(takewhile(lambda line: line[:1] in begins, lines[start + 1 :]))
    end = start + 1 + len(inside)
    openings = [match["kind"] for line in lines[start:end] if (match := _OPENING.match(line))]
    program = [*lines[:start], *map(_written, lines[start:end]), *lines[end:]]
    return "\n".join(program), None if set(openings) <= {"Sequential"} else start + 1


def _start(lines: list[str]) -> int | None:
    for index, (line, inside) in enumerate(pairwise([*lines, ""])):
        opens = _OPENING.match(line) and re.match(rf"\s+{_NAME}", inside)
        if line[:1].strip() and (opens or _LAYER.match(line)):
            return index
    return None


def _written(line: str) -> str:
    """One line of a print."""
    line = line.rstrip()
    if match := _OPENING.match(line):
        return f"{match['blanks']}nn.Sequential("
    if match := _LAYER.match(line):
        call = _WORD.sub(r"padding='\1'", match["call"])
        return match["blanks"] + f"nn.{call}, " * min(int(match["count"] or 1), limits.MAX_LAYERS + 1)
    return f"{line}," if line.strip() == ")" else line
