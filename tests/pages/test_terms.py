"""Terms on the pages: each explained once where it stands, all of them on Help."""

import re

import pytest

from explorer.ui.glossary import GLOSSARY
from tests.pages.app import at_page, open_train

PAGES = ("home", "convolution", "channels", "pooling", "network", "train", "inside", "compare", "gpu")
EXPLAINED = re.compile(r'<button type="button" class="term" popovertarget="term-(\w+)"')
MEANING = re.compile(r'<span class="term-meaning" id="term-(\w+)"[^>]*>([^<]+)</span>')


def text_of(page: str, **link: str) -> str:
    at = at_page(page, **link).run()
    assert not at.exception
    return "\n".join(one.value for one in at.markdown)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_explains_its_terms_each_once(page: str, language: str) -> None:
    """At least three, each with its meaning in the page's language; no mark is left to be read."""
    text = text_of(page, lang=language)
    names = EXPLAINED.findall(text)
    assert len(names) == len(set(names)) >= 3
    assert names == [name for name, _ in MEANING.findall(text)]
    assert all(
        bool(re.search(r"[\u4e00-\u9fff]", meaning)) == (language == "zh") for _, meaning in MEANING.findall(text)
    )
    assert "[[" not in text


def test_help_lists_every_term_with_an_anchor() -> None:
    """/help#term-epoch stands at the epoch."""
    text = text_of("help")
    assert list(GLOSSARY) == re.findall(r'<h6 data-anchor="term-(\w+)">', text)
    assert "are 938 steps" in text


def test_where_one_sets_the_epochs_one_reads_how_many_steps_they_are() -> None:
    """The question mark beside the field has the numbers of the settings: 2,000 / 50 = 40."""
    at = open_train(train_data="offline", train_batch_size="50")
    helped = {one.label: one.help for one in at.text_input}
    assert "2000 images in batches of 50 are 40 steps" in helped["Epochs"]
    assert "the lecture takes 64" in helped["Batch size"]


def test_without_text_no_term_is_explained() -> None:
    """Where a lecturer's link leaves texts out."""
    assert EXPLAINED.findall(text_of("channels", view="without.text")) == []
