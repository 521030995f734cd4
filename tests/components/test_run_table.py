"""The Python face of the table of runs."""

import json
from types import SimpleNamespace

import pytest

from explorer.components import run_table as face
from explorer.components.run_looks import LOOKS
from explorer.components.run_table import Cell, run_table

WORDS_GIVEN = {"table": "Figures", "sort": "Sort", "download": "CSV", "more": "More"}


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """What the component was mounted with."""
    call = SimpleNamespace()
    monkeypatch.setattr(face, "_COMPONENT", lambda **options: vars(call).update(options))
    return call


def test_rows_travel_with_their_looks(sent: SimpleNamespace) -> None:
    """Text to show and value to sort by, None where there is none."""
    run_table(["Run", "Loss"], [(LOOKS[1], [Cell("a", "a"), Cell("–")])], file="", words=WORDS_GIVEN, key="table")
    row = json.loads(json.dumps(sent.data[0], allow_nan=False))["rows"][0]
    assert "square" == row["look"]["marker"]
    assert [{"text": "a", "value": "a"}, {"text": "–", "value": None}] == row["cells"]


def test_a_row_with_a_cell_too_few_is_refused() -> None:
    """It would stand under the wrong heads."""
    with pytest.raises(ValueError, match="another number of cells than the 2 heads"):
        run_table(["Run", "Loss"], [(LOOKS[0], [Cell("a")])], file="", words=WORDS_GIVEN, key="table")


def test_missing_words_are_named() -> None:
    """By their names."""
    with pytest.raises(ValueError, match="words lacks sort"):
        run_table([], [], "", words={"table": "Figures", "download": "CSV", "more": "More"}, key="table")


def test_no_two_looks_share_a_colour_a_dash_or_a_marker() -> None:
    """Each of the three alone tells any two runs apart."""
    for part in ("color", "dash", "marker", "sign"):
        assert len({getattr(look, part) for look in LOOKS}) == len(LOOKS)
