"""A language is a folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.core.sentence_forms import in_context, plural
from explorer.lessons import catalogues

POLISH = r"""
msgid ""
msgstr ""
"Language: pl\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\n"
"Content-Type: text/plain; charset=utf-8\n"

msgid "Step"
msgstr "Krok"

msgctxt "player"
msgid "Step"
msgstr "Dalej"

msgid "{count} layer"
msgid_plural "{count} layers"
msgstr[0] "{count} warstwa"
msgstr[1] "{count} warstwy"
msgstr[2] "{count} warstw"

#, fuzzy
msgid "Pause"
msgstr "Krok"
"""
LAYERS = plural("{count} layer", "{count} layers")


@pytest.fixture(autouse=True)
def in_polish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """English and Polish, and nothing else."""
    (tmp_path / "pl/LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "pl/LC_MESSAGES/explorer.po").write_text(POLISH, "utf-8")
    (tmp_path / "en").mkdir()
    (tmp_path / "en/train.md").write_text("# Train", "utf-8")
    monkeypatch.setattr(catalogues, "LESSONS", tmp_path)
    catalogues.forget()
    yield
    catalogues.forget()


def test_its_folder_makes_it_known_by_its_own_name() -> None:
    """English first, the others by their folders."""
    assert {"en": "English", "pl": "polski"} == catalogues.languages()


@pytest.mark.parametrize("tag", ["pl", "PL", "pl-PL", "pl_PL.UTF-8", " pl "])
def test_browsers_and_people_write_it_in_several_ways(tag: str) -> None:
    """The folder's name is what counts."""
    assert "pl" == catalogues.find_language(tag)
    assert catalogues.find_language("fr") is catalogues.find_language("") is catalogues.find_language("p") is None


def test_one_english_word_may_be_two() -> None:
    """What the context tells apart."""
    assert "Krok" == catalogues.translate("pl", "Step", {})
    assert "Dalej" == catalogues.translate("pl", in_context("player", "Step"), {})
    assert "Step" == catalogues.translate("en", in_context("player", "Step"), {})


def test_what_has_no_translation_is_said_in_english() -> None:
    """Nor is a guess of `make words` one; and a longer text."""
    assert (
        "Pause" == catalogues.translate("pl", "Pause", {}) == catalogues.translate("pl", in_context("x", "Pause"), {})
    )
    assert "# Train" == catalogues.lesson("pl", "train")


@pytest.mark.parametrize(
    ("count", "said"), [(0, "warstw"), (1, "warstwa"), (2, "warstwy"), (5, "warstw"), (22, "warstwy")]
)
def test_a_language_has_as_many_forms_as_it_needs(count: int, said: str) -> None:
    """English two, Polish three."""
    assert f"{{count}} {said}" == catalogues.translate("pl", LAYERS, {"count": count})


def test_the_browser_gets_every_form_by_the_name_that_it_has_for_it() -> None:
    """As Intl.PluralRules calls them."""
    forms = {"one": "{count} warstwa", "few": "{count} warstwy", "many": "{count} warstw"}
    assert forms == catalogues.every_form("pl", LAYERS)
    assert {"one": "{count} layer", "other": "{count} layers"} == catalogues.every_form("en", LAYERS)
