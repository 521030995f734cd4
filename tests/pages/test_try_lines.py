"""The lessons' lines name the controls that the pages really have, in the words that stand at them."""

import re

import pytest

from explorer.lessons.catalogues import LESSONS
from explorer.lessons.try_lines import controls_named
from tests.pages.app import open_page

PAGES = ("convolution", "channels", "pooling", "network", "train", "compare", "gpu")
# What is also a word for what is seen, beside the control of that name: "which input row is never used".
SEEN = re.compile(r"_(input|kernel|layer|notation|recipe|selected|undo)$")


@pytest.fixture(scope="module")
def controls() -> dict[str, dict[str, dict[str, str]]]:
    """language -> page -> the controls that it offers lecturers: name in the link -> label."""
    return {
        language: {page: open_page(page, lang=language).session_state["controls_drawn"][page] for page in PAGES}
        for language in ("en", "zh")
    }


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", PAGES)
def test_a_line_names_the_controls_that_it_speaks_of(controls: dict, page: str, language: str) -> None:
    """Each is a control of some page, and none of the page's own labels stands in a line that does not name it."""
    known = {name for drawn in controls[language].values() for name in drawn}
    for line in (LESSONS / language / f"{page}.md").read_text("utf-8").splitlines():
        named = controls_named(line)
        assert named <= known, line
        if line[:1].isdigit():
            said = {name for name, label in controls[language][page].items() if _speaks_of(line, label)}
            assert {name for name in said - named if not SEEN.search(name)} == set(), line


def _speaks_of(line: str, label: str) -> bool:
    """Whether the label, without brackets and what it is a part of, stands in the line as words of their own."""
    word = re.escape(re.split("[:：]", re.sub("[(（].*?[)）]", "", label))[-1].strip())
    return bool(re.search(rf"\b{word}\b" if word.isascii() else word, line.split("<!--")[0], re.IGNORECASE))


@pytest.mark.parametrize("way", ["hidden", "fixed"])
def test_a_class_reads_no_line_about_what_it_cannot_change(way: str) -> None:
    """On the page itself, and a line of another page's control too."""
    plain = _lesson("convolution")
    assert "Set the stride to 3" in plain
    assert "<!--" not in plain
    bare = _lesson("convolution", view=f"{way}.conv_stride")
    assert "Set the stride to 3" not in bare
    assert "Open the output value 295" in bare
    assert "dense network of the Network page" not in _lesson("train", view=f"{way}.network_start")


def _lesson(page: str, **link: str) -> str:
    return next(one.value for one in open_page(page, **link).markdown if "#### Try" in one.value)
