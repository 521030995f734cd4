"""What promises speed on the Train page says where it holds."""

import pytest

from explorer.runs.runs import Runs
from tests.pages.app import open_train


@pytest.mark.parametrize(
    ("there", "words"),
    [
        (True, "The processor that trains here has bfloat16. 1.07 and 1.18 times as fast"),
        (False, "has no bfloat16. Torch imitates it, at 0.16 times the images a second"),
        (None, "0.16 times as fast on one that has not"),
    ],
)
def test_bfloat16_says_what_it_gives_or_costs(monkeypatch: pytest.MonkeyPatch, there: bool | None, words: str) -> None:
    """The gain where the processor has it, the cost where it has not, both where that is not known."""
    monkeypatch.setattr(Runs, "bfloat16", property(lambda _: there))
    at = open_train(train_precision="bf16")
    assert words in at.selectbox(key="train_precision").help
    slow = "expect about a sixth of the images a second"
    assert any(slow in caption.value for caption in at.caption) == (there is False)


def test_the_recipes_percentages_are_of_one_network_and_data_set() -> None:
    """98 % is no promise for Fashion-MNIST, or for a network of one's own."""
    recipe = next(box for box in open_train().selectbox if box.label == "Recipe")
    assert "the simple CNN's on MNIST" in recipe.help
