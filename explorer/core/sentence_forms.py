"""What a sentence's translation may need to know: its context, and its forms for one and for many.

Both are written into the template itself, as gettext writes them into its own files: it stays one string, which
travels, is a key and is saved like any other.
"""

from collections.abc import Mapping
from math import ceil
from typing import Any

CONTEXT_END = "\x04"
FORM_END = "\x00"


def in_context(context: str, sentence: str) -> str:
    """The same English in another sense: ``in_context("player", "Step")`` is translated apart from ``"Step"``."""
    return f"{context}{CONTEXT_END}{sentence}"


def plural(one: str, many: str) -> str:
    """A template whose form the number ``count`` decides: ``plural("{count} layer", "{count} layers")``."""
    return f"{one}{FORM_END}{many}"


def split_forms(template: str) -> tuple[str, str]:
    """The form for one, with its context if it has any, and that for many: "" where one sentence says all numbers."""
    one, _, many = template.partition(FORM_END)
    return one, many


def without_context(form: str) -> str:
    """What is said of a form."""
    return form.rpartition(CONTEXT_END)[2]


def in_english(template: str, numbers: Mapping[str, Any]) -> str:
    """The English form for these numbers, its fields still open."""
    one, many = split_forms(template)
    return many if many and ceil(numbers["count"]) != 1 else without_context(one)  # half an epoch is one
