"""The texts of a component, in the page's language: each that it needs is there when it is drawn."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

# A text, its {names} left open; or several forms of one, by plural rule, with the language whose rules they are.
Template = str | dict[str, str]
Text = TypeVar("Text", str, Template)


def needed(words: Mapping[str, Text], names: Sequence[str]) -> dict[str, Text]:
    """Those of ``words`` that a component's WORDS name, for a page may hand over its whole dictionary.

    Raises ValueError that names all that are missing.
    """
    if missing := set(names) - set(words):
        raise ValueError(f"words lacks {', '.join(sorted(missing))}")
    return {name: words[name] for name in names}
