"""A language more is a folder more: made up here of the Chinese one, and on every page at once."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from explorer.lessons import catalogues
from tests.pages.app import at_page, link_of, open_convolution, shown_text

REAL = catalogues.LESSONS


def loud(sentence: str) -> str:
    """Itself between marks that no other language has; its fields stay."""
    return f"¡{sentence}!"


@pytest.fixture(autouse=True)
def with_esperanto(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every sentence of the catalogue in a third language, of which only the folder is told."""
    for name in ("en", "zh"):
        (tmp_path / name).symlink_to(REAL / name)
    with (REAL / "zh/LC_MESSAGES/explorer.po").open("rb") as file:
        messages = read_po(file, locale="eo")
    for message in messages:
        if message.pluralizable:
            message.string = tuple(map(loud, message.id))
        elif message.id:
            message.string = loud(message.id)
    (tmp_path / "eo/LC_MESSAGES").mkdir(parents=True)
    with (tmp_path / "eo/LC_MESSAGES/explorer.po").open("wb") as file:
        write_po(file, messages)
    monkeypatch.setattr(catalogues, "LESSONS", tmp_path)
    catalogues.forget()
    yield
    catalogues.forget()


def test_it_is_offered_and_a_link_asks_for_it() -> None:
    """By its own name; however its name is written."""
    at = at_page("pooling", lang="eo-XX").run()
    assert ["English", "Esperanto", "中文"] == at.segmented_control(key="lang").options
    assert "eo" == at.session_state["lang"]
    assert "¡Stride!" == at.slider(key="pool_stride").label


PAGES = (
    *("home", "convolution", "channels", "pooling", "network", "train", "inside", "compare", "task", "gpu"),
    "help",
)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_speaks_it(page: str) -> None:
    """Its labels; the longer texts, which it has not yet, are in English."""
    at = at_page(page, lang="eo").run()
    assert not at.exception
    labels = [
        widget.label for kind in ("slider", "button", "selectbox", "toggle", "text_area") for widget in at.get(kind)
    ]
    assert labels
    assert [] == [label for label in labels if shown_text(label).isascii() and label.strip(" ↑↓")]
    has_lesson = page not in ("home", "task", "help")  # whose texts are sentences
    assert has_lesson == any(re.search(r"^#### [^¡]", text.value, re.M) for text in at.markdown)


def test_it_writes_numbers_its_own_way() -> None:
    """A space between thousands, a comma before decimals."""
    at = at_page("train", lang="eo").run()
    assert any("8\u202f490" in text.value.replace("\xa0", "\u202f") for text in at.markdown)


def test_it_is_chosen_like_the_others() -> None:
    """And the page is in English again afterwards."""
    at = open_convolution()
    at.segmented_control(key="lang").set_value("eo").run()
    assert "¡Padding!" == at.slider(key="conv_padding").label
    assert {"lang": "eo"} == link_of(at)
    at.segmented_control(key="lang").set_value("en").run()
    assert "Padding" == at.slider(key="conv_padding").label
