"""What the Chinese catalogue says, for tests that look for it on screen."""

from functools import cache

from babel.messages.pofile import read_po

from explorer.core.sentence_forms import in_context, plural
from explorer.lessons.catalogues import LESSONS


@cache
def chinese() -> dict[str, str]:
    """Every English template, as the code has it, with its context and its form for many -> the Chinese one."""
    with (LESSONS / "zh/LC_MESSAGES/explorer.po").open("rb") as file:
        messages = [message for message in read_po(file, locale="zh") if message.id]
    found = {}
    for message in messages:
        template = plural(*message.id) if message.pluralizable else message.id
        said = message.string[0] if message.pluralizable else message.string
        assert said, f"{message.id!r} has no Chinese yet"
        assert not message.fuzzy, f"the Chinese of {message.id!r} is only a guess of `make words`"
        found[in_context(message.context, template) if message.context else template] = said
    return found
