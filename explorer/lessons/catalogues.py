"""What is said in which language: a folder each, with gettext's catalogue and the longer texts as Markdown.

The English sentences stand in the code, so that English has no catalogue. The others are read from their ``.po`` files
once a server, in 0.05 s each: nothing is compiled beforehand, and what was edited last is what is said.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from explorer.core.sentence_forms import split_forms, without_context

LESSONS = Path(__file__).parent
ENGLISH = "en"
_CATALOGUE = "LC_MESSAGES/explorer.po"
_COUNTS = range(200)  # in which every form of a whole number occurs, in every language that Babel knows


@cache
def languages() -> dict[str, str]:
    """Its folder's name (``pt_BR``) -> what a language calls itself; English first."""
    names = [ENGLISH, *sorted(file.parents[1].name for file in LESSONS.glob(f"*/{_CATALOGUE}"))]
    return {name: locale(name).get_display_name() or name for name in names}


def find_language(tag: str) -> str | None:
    """The language that a browser, a link or a person means: zh-CN, zh_TW, zh-Hans and ZH are zh where no folder is
    named so; None for one that has no folder.
    """
    wanted = tag.strip().split(".")[0].replace("-", "_").lower()
    known = {name.lower(): name for name in languages()}
    return known.get(wanted) or known.get(wanted.partition("_")[0])


@cache
def locale(language: str) -> Locale:
    """How its speakers write numbers, and which forms its words have."""
    return Locale.parse(language)


@cache
def catalogue(language: str) -> NullTranslations:
    """gettext's translations into it."""
    path = LESSONS / language / _CATALOGUE
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as file:
        messages = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return GNUTranslations(compiled)


def translate(language: str, template: str, numbers: Mapping[str, Any]) -> str:
    """``template`` in that language, in the form for these numbers, its fields still open."""
    if (said := _only_form(language, template)) is not None:
        return said
    one, many = split_forms(template)
    return without_context(catalogue(language).ngettext(one, many, ceil(numbers["count"])))  # half an epoch is one


@lru_cache(maxsize=4096)  # more than there are sentences: asking gettext takes 1 µs, and a page says hundreds
def _only_form(language: str, template: str) -> str | None:
    one, many = split_forms(template)
    return None if many else without_context(catalogue(language).gettext(one))


@cache
def every_form(language: str, template: str) -> dict[str, str]:
    """Of a template with several: ``Intl.PluralRules``' name for a kind of number (one, few, other …) -> its form."""
    forms: dict[str, str] = {}
    for count in _COUNTS:
        forms.setdefault(locale(language).plural_form(count), translate(language, template, {"count": count}))
    return forms


def forget() -> None:
    """Has every folder read again: for tests, which make languages of their own."""
    for read in (languages, locale, catalogue, _only_form, every_form):
        read.cache_clear()


def lesson(language: str, name: str) -> str:
    """The Markdown text of that name; in English where a language has none."""
    path = LESSONS / language / f"{name}.md"
    return (path if path.exists() else LESSONS / ENGLISH / f"{name}.md").read_text("utf-8")
