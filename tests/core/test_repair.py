"""Every mistake has a sentence and a button, and the button helps."""

import pytest
from hypothesis import given

from explorer.core.layers import Stack
from explorer.core.ledger import trace
from explorer.core.networks import BROKEN, PRESETS, SIMPLE_CNN
from explorer.core.repair import diagnose
from tests.hypothesis_profiles import examples
from tests.stacks import ask_torch, stacks


def said(sentence: object) -> str:
    return sentence.template.format(**sentence.numbers)


@examples(1000)
@given(stacks())
def test_repairs_end_in_a_network_that_torch_takes(stack: Stack) -> None:
    """Pressed again and again the button leads to a stack that works and ends in ten numbers, in a few steps."""
    for _ in range(4 * len(stack.layers) + 4):
        diagnosis = diagnose(trace(stack))
        if diagnosis is None:
            break
        assert said(diagnosis.advice)
        assert said(diagnosis.action)
        assert -1 <= diagnosis.blames < len(stack.layers)
        stack = diagnosis.repaired
    assert diagnosis is None
    answer = ask_torch(stack, batch=64)
    assert (None, (64, 10)) == (answer.refusal, answer.shapes[-1])


@pytest.mark.parametrize("name", PRESETS)
def test_the_ready_made_networks_need_no_repair(name: str) -> None:
    """Nothing is said about a sound network."""
    assert diagnose(trace(Stack(PRESETS[name]))) is None


@pytest.mark.parametrize(
    ("name", "message", "advice", "blamed", "action"),
    [
        ("in_features", "(64x320 and 300x10)", "flatten gives 20·4·4 = 320", "flatten", "in_features of fc to 320"),
        ("shrunk", "Output size is too small", "pool3 leaves it a map of 1×1", "pool3", "Remove pool4"),
        ("view", "input batch_size (128) to match target batch_size (64)", "128 rows of 64 images", "view", "Flatten"),
        ("softmax", "", "a loss of 1.461 instead of 0", "softmax", "Remove softmax"),
    ],
)  # fmt: skip
def test_the_lessons_of_the_lab(name: str, message: str, advice: str, blamed: str, action: str) -> None:
    """Torch's message, the row that is responsible, and the way back to the simple CNN."""
    stack = Stack(BROKEN[name])
    found = diagnose(trace(stack))
    assert message in found.message
    assert advice in said(found.advice)
    assert blamed == stack.layers[found.blames].name
    assert action in said(found.action)


def test_torch_is_silent_about_softmax() -> None:
    """The loss takes its output; what is said about it is ours, and no message of torch's."""
    stack = Stack(BROKEN["softmax"])
    assert ask_torch(stack, batch=64).refusal is None
    assert diagnose(trace(stack)).repaired == Stack(SIMPLE_CNN)
