"""Context and number of a sentence."""

import pickle

import pytest

from explorer.core.errors import SettingError, fill_in
from explorer.core.sentence_forms import in_context, plural, split_forms, without_context

LAYERS = plural("{count} layer", "{count} layers")


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 layers"), (1, "1 layer"), (2, "2 layers"), (0.5, "0.5 layer"), (12345, "12,345 layers")]
)
def test_english_has_a_form_for_one_and_one_for_many(count: float, said: str) -> None:
    """And says long numbers in threes in both."""
    assert said == fill_in(LAYERS, {"count": count})


def test_a_context_is_for_translators_only() -> None:
    """Nobody reads it."""
    assert "Step" == fill_in(in_context("player", "Step"), {})
    assert ("player\x04Step", "") == split_forms(in_context("player", "Step"))
    assert "Step" == without_context("Step") == without_context(in_context("player", "Step"))


def test_a_refusal_keeps_its_forms_on_its_way() -> None:
    """From a worker, by pickle."""
    refused = pickle.loads(pickle.dumps(SettingError(LAYERS, count=1)))
    assert "1 layer" == str(refused)
