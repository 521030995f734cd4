"""Every mistake has a sentence and a button, and the button helps."""

import re

import pytest
import torch
from hypothesis import given

from explorer.core.network.layer_window import reads_padding_alone
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.ledger import trace
from explorer.core.network.link import decode, encode
from explorer.core.network.networks import BROKEN, SIMPLE_CNN
from explorer.core.network.repair import diagnose, findings
from tests.hypothesis_profiles import examples
from tests.stacks import BATCH, ask_torch, limit_stacks, module_of, stacks


@examples(300)
@given(stacks())
def test_repairs_end_in_a_network_that_torch_takes(stack: NetworkSpec) -> None:
    """Pressed again and again the button leads to a stack that works and ends in ten numbers, in a few steps."""
    for _ in range(4 * len(stack.layers) + 4):
        diagnosis = diagnose(trace(stack))
        if diagnosis is None:
            break
        assert str(diagnosis.advice)
        assert str(diagnosis.action)
        assert -1 <= diagnosis.blames < len(stack.layers)
        stack = diagnosis.repaired
    assert diagnosis is None
    answer = ask_torch(stack, batch=64)
    assert (None, (64, 10)) == (answer.refusal, answer.shapes[-1])


@examples(300)
@given(limit_stacks())
def test_no_repair_leaves_the_limits(stack: NetworkSpec) -> None:
    """At the limits too: what a repair leads to can be drawn and linked, or it is said which limit forbids it."""
    for _ in range(4 * len(stack.layers) + 4):
        diagnosis = diagnose(trace(stack))
        if diagnosis is None or diagnosis.forbidden:
            break
        stack = diagnosis.repaired
        assert stack == decode(encode(stack))
    assert diagnosis is None or str(diagnosis.forbidden)


@examples(300)
@given(limit_stacks())
def test_long_numbers_are_said_in_threes_and_code_as_it_is_written(stack: NetworkSpec) -> None:
    """3,211,264 in every sentence, as in the table; Linear(3211264, 10) can be copied; shapes are torch's."""
    for finding in findings(trace(stack)):
        for text in (str(finding.advice), str(finding.action)):
            assert not re.search(r"\d{5}", re.sub(r"(Linear|view)\([^)]*\)|\([\d, N]+\)|\d+(×\d+)+", "", text)), text
            assert not re.search(r"(Linear|view)\([^)]*\d,\d", text), text


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("1_3x224x224_c3-64-3p1_f_l784-10", "in_features 3,211,264, outside 1 … 1,000,000"),
        ("1_3x224x224_c3-64-3p1_f", "in_features 3,211,264, outside 1 … 1,000,000"),
        ("1_1x28x28_f_b3", None),
        ("1_1x28x28" + "_r" * 40, "number of layers is 41, outside 0 … 40"),
    ],
)
def test_a_repair_beyond_a_limit_names_it(text: str, limit: str | None) -> None:
    """With the number it would need."""
    diagnosis = diagnose(trace(decode(text)))
    assert (diagnosis.repaired is None) == (limit is not None)
    assert not limit or limit in str(diagnosis.forbidden)


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
    stack = NetworkSpec(BROKEN[name])
    found = diagnose(trace(stack))
    assert message in found.message
    assert advice in str(found.advice)
    assert blamed == stack.layers[found.blames].name
    assert action in str(found.action)


def test_torch_is_silent_about_softmax() -> None:
    """The loss takes its output; what is said about it is ours, and no message of torch's."""
    stack = NetworkSpec(BROKEN["softmax"])
    assert ask_torch(stack, batch=64).refusal is None
    assert diagnose(trace(stack)).repaired == NetworkSpec(SIMPLE_CNN)


@examples(400)
@given(stacks(kinds=("MaxPool2d", "MaxPool2d", "MaxPool2d", "Conv2d", "AvgPool2d", "Flatten")))
def test_a_maximum_of_padding_alone_is_noticed(stack: NetworkSpec) -> None:
    """Where torch's max pooling makes −∞ of sound numbers, which dilation may do, and nowhere else."""
    for row in trace(stack, BATCH).rows:
        if row.spec.kind == "MaxPool2d":
            found = bool(module_of(row.spec)(torch.rand(row.input)).isneginf().any())
            assert found == reads_padding_alone(row.spec, row.input[2:])


def test_a_maximum_of_padding_alone_is_said_and_repaired() -> None:
    """PyTorch is silent, the network would end in no numbers: a remark at the pooling, and its dilation set to 1."""
    stack = decode("1_1x28x28_m14_m2p1d3_f_l1-10")
    assert ask_torch(stack, batch=64).refusal is None
    diagnosis = diagnose(trace(stack))
    assert (1, "", "pool2") == (diagnosis.index, diagnosis.message, stack.layers[diagnosis.blames].name)
    assert "The maximum of nothing is −∞" in str(diagnosis.advice)
    assert "m2p1_f" in encode(diagnosis.repaired)
