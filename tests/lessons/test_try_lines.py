"""A line of a lesson that sends one to a control is not there where a lecturer's link hides that control."""

import re
from pathlib import Path

import pytest

from explorer.lessons.catalogues import LESSONS
from explorer.lessons.try_lines import controls_named, shown_lesson

FILES = sorted(LESSONS.glob("*/*.md"))
TEXT = """\
What a stride is.

#### Try

1. Open a cell.
2. Set the stride to 2. <!-- conv_stride -->
3. Set both to 2. <!-- conv_stride conv_padding -->
4. Set the padding to 2. <!-- conv_padding -->
"""


def test_a_line_goes_with_any_control_that_it_names() -> None:
    """And no page shows the names; the lines that are left are numbered anew."""
    every = ["1. Open a cell.", "1. Set the stride to 2.", "1. Set both to 2.", "1. Set the padding to 2."]
    assert every == shown_lesson(TEXT, frozenset()).splitlines()[4:]
    assert [every[0], every[3]] == shown_lesson(TEXT, frozenset({"conv_stride"})).splitlines()[4:]


def test_a_heading_goes_with_its_last_line() -> None:
    """Here one that names both controls."""
    lines = TEXT.replace("1. Open a cell.\n", "")
    assert "What a stride is." == shown_lesson(lines, frozenset({"conv_stride", "conv_padding"})).strip()
    assert "#### Try" in shown_lesson(lines, frozenset({"conv_stride"}))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_no_lesson_shows_a_line_about_a_control_that_is_hidden(file: Path) -> None:
    """Each control hidden alone, and all at once; nothing else of the lesson goes."""
    text = file.read_text("utf-8")
    plain = shown_lesson(text, frozenset())
    assert "<!--" not in plain
    lines = [line for line in text.splitlines() if controls_named(line)]
    every = frozenset().union(*map(controls_named, lines))
    for hidden in [*({name} for name in every), every]:
        gone = [line for line in lines if controls_named(line) & hidden]
        shown = shown_lesson(text, frozenset(hidden))
        assert not [line for line in gone if _said(line) in shown]
        assert len(re.findall(r"^1\. ", plain, re.M)) - len(gone) == len(re.findall(r"^1\. ", shown, re.M))


@pytest.mark.parametrize("name", sorted(file.name for file in LESSONS.glob("en/*.md")))
def test_both_languages_name_the_same_controls(name: str) -> None:
    """Line for line: what a class reads does not depend on its language."""
    named = [
        [
            controls_named(line)
            for line in (LESSONS / language / name).read_text("utf-8").splitlines()
            if line[:1].isdigit()
        ]
        for language in ("en", "zh")
    ]
    assert named[0] == named[1]


def _said(line: str) -> str:
    return re.sub(r"^\d+\. | *<!--.*", "", line)
