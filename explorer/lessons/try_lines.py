"""A lesson's lines name the controls that they send one to, so that they are left out where these are not to be had.

What is named stands behind the line, in a comment that no page shows: ``3. Set the stride to 2. <!-- conv_stride -->``
"""

import re
from collections.abc import Set as AbstractSet

_NAMED = re.compile(r" *<!--(?P<names>[a-z0-9_ ]+)-->")
_ITEM = re.compile(r"^\d+\. ", re.M)
_HEADING_OF_NOTHING = re.compile(r"^#+ [^\n]*\s*(?=^#|\Z)", re.M)


def controls_named(line: str) -> frozenset[str]:
    """The controls, by their names in the link, that a line of a lesson sends one to."""
    found = _NAMED.search(line)
    return frozenset(found["names"].split() if found else ())


def shown_lesson(text: str, without: AbstractSet[str]) -> str:
    """A lesson's Markdown but for the lines that name one of these controls, and headings with nothing left beneath."""
    kept = "\n".join(line for line in text.split("\n") if without.isdisjoint(controls_named(line)))
    # Markdown counts on from a list's first number, whatever the others are: the first of those that are left has 1.
    return _HEADING_OF_NOTHING.sub("", _ITEM.sub("1. ", _NAMED.sub("", kept)))
