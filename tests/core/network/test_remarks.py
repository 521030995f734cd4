"""What is said about a network that PyTorch takes in silence is so: shown on torch's own layers."""

from itertools import product

import pytest
import torch
from hypothesis import given
from torch import nn

from explorer.core.network.layers import NetworkSpec, layer
from explorer.core.network.ledger import trace
from explorer.core.network.link import decode
from explorer.core.network.networks import PRESETS
from explorer.core.network.remarks import remarks
from explorer.core.network.repair import findings
from tests.hypothesis_profiles import examples
from tests.stacks import module_of, stacks

BATCH = 8
MAY_BE_IDLE = ("Flatten", "MaxPool2d", "AdaptiveAvgPool2d")


def said(text: str) -> list[tuple[str, str]]:
    """Which layers are remarked on, and how each remark begins."""
    stack = decode(text)
    found = remarks(trace(stack))
    return [(stack.layers[one.index].name, str(one.advice)) for one in found]


def modules(stack: NetworkSpec, end: int, training: bool = True) -> list[nn.Module]:
    """Torch's layers in front of that one; the same numbers each time."""
    torch.manual_seed(0)
    return [module_of(spec).double().train(training) for spec in stack.layers[:end]]


def passed(layers: list[nn.Module], images: torch.Tensor) -> torch.Tensor:
    with torch.no_grad():
        for one in layers:
            images = one(images)
    return images


@examples(400)
@given(stacks())
def test_every_remark_is_so(stack: NetworkSpec) -> None:
    """Chains are linear, idle layers give what they get, cut-off logits are never negative: by torch, at random."""
    ledger = trace(stack, BATCH)
    for remark in remarks(ledger):
        template, index = remark.advice.text, remark.index
        images = torch.randn(BATCH, *stack.image, dtype=torch.float64)
        *layers, own = modules(stack, index + 1)
        before = passed(layers, images)
        if "no more than one linear map" in template:
            assert_linear(stack, remark.blames, remark.advice.numbers["layers"].split(", "))
        elif "changes nothing" in template:
            assert torch.equal(before, own(before))
        elif "cuts the logits off" in template:
            assert own(before).min() >= 0
        elif "sum to 1" in template:
            torch.testing.assert_close(own(before).sum(1), torch.ones_like(before.sum(1)))
        else:
            assert stack.layers[index].kind in ("Dropout", "View", "Softmax", "BatchNorm1d", "BatchNorm2d")


def assert_linear(stack: NetworkSpec, first: int, names: list[str]) -> None:
    """From the first to the last of these layers, once trained: f(a + b) − f(0) = f(a) − f(0) + f(b) − f(0)."""
    last = [spec.name for spec in stack.layers].index(names[-1])
    chain = modules(stack, last + 1, training=False)[first:]
    shape = trace(stack, BATCH).rows[first].input
    a, b = torch.randn(2, *shape, dtype=torch.float64)
    zero = passed(chain, torch.zeros_like(a))
    torch.testing.assert_close(passed(chain, a + b) - zero, passed(chain, a) - zero + passed(chain, b) - zero)


@examples(400)
@given(stacks())
def test_a_layer_that_changes_nothing_is_remarked_on(stack: NetworkSpec) -> None:
    """The other way round: whatever torch's layer hands on bit by bit, with numbers of both signs, has its remark."""
    ledger = trace(stack, BATCH)
    images = torch.randn(BATCH, *stack.image, dtype=torch.float64)
    silent = {remark.index for remark in remarks(ledger)}
    layers = modules(stack, len(ledger.rows))
    for index, row in enumerate(ledger.rows):
        before = passed(layers[:index], images)
        if row.spec.kind in MAY_BE_IDLE and before.unique().numel() > BATCH:
            after = layers[index](before)
            assert index in silent or before.shape != after.shape or not torch.equal(before, after)


@pytest.mark.parametrize("kind", ["MaxPool2d", "AvgPool2d"])
def test_every_small_pooling_that_changes_nothing_is_remarked_on(kind: str) -> None:
    """And no other: kernels to 6, strides, paddings, dilations, on 1 to 5 rows; what torch hands on decides."""
    wrong = []
    for rows, kernel, stride, ceil_mode in product(range(1, 6), range(1, 7), (1, 2, 3), (False, True)):
        for padding, more in product(range(kernel // 2 + 1), (1, 2, 3) if kind == "MaxPool2d" else (True, False)):
            options = {"kernel_size": (kernel, 1), "stride": (stride, 1), "padding": (padding, 0)}
            options |= {"dilation": (more, 1)} if kind == "MaxPool2d" else {"count_include_pad": more}
            stack = NetworkSpec((layer("pool", kind, ceil_mode=ceil_mode, **options),), (1, rows, 2))
            if (ledger := trace(stack, BATCH)).rows:
                images = torch.randn(BATCH, 1, rows, 2, dtype=torch.float64)
                after = modules(stack, 1)[0](images)
                idle = after.shape == images.shape and torch.equal(after, images)
                if idle != any(remark.index == 0 for remark in remarks(ledger)):
                    wrong.append((rows, ceil_mode, options))
    assert wrong == []


@pytest.mark.parametrize("name", PRESETS)
def test_the_ready_made_networks_are_sound(name: str) -> None:
    """No false alarm; the lecture's exercise asks for three linear layers in a row, and that is said."""
    found = findings(trace(NetworkSpec(PRESETS[name])))
    assert [remark.advice.numbers["layers"] for remark in found] == (["fc1, fc2, fc3"] if name == "exercise" else [])


SIMPLE = "1_1x28x28_c1-10-5_m2_r_c10-20-5_m2_r_f_l320-10"


@pytest.mark.parametrize(
    ("text", "layers"),
    [
        (SIMPLE, []),
        (SIMPLE + "_r", ["relu3"]),
        (SIMPLE + "_d", ["dropout"]),
        (SIMPLE + "_x", ["softmax"]),
        (SIMPLE + "_r_x", ["relu3", "softmax"]),
        (SIMPLE + "_d_r_d", ["dropout1", "relu3", "dropout2"]),
        (SIMPLE.replace("_f_", "_f_d_"), []),
        ("1_1x28x28_f_l784-100_l100-10", ["fc2"]),
        ("1_1x28x28_f_l784-100_d_l100-50_l50-10", ["fc2"]),
        ("1_1x28x28_f_l784-100_r_l100-10", []),
        ("1_1x28x28_f_l784-100_r_r_l100-10", ["relu2"]),
        ("1_1x28x28_f_l784-100_r_d_r_l100-10", ["relu2"]),
        ("1_1x28x28_f_l784-100_x_l100-10", ["softmax"]),
        ("1_1x28x28_f_f_l784-10", ["flatten2"]),
        ("1_1x28x28_dp0_f_l784-10", ["dropout"]),
        ("1_1x28x28_m1_f_l784-10", ["pool"]),
        ("1_1x28x28_c1-4-5_c4-8-5_r_f_l3200-10", ["conv2"]),
        ("1_1x28x28_c1-4-5_b4_c4-8-5_b8_r_f_l3200-10", ["conv2"]),
        ("1_1x28x28_c1-4-5_m2_c4-8-5_r_f_l512-10", []),
        ("1_1x28x28_c1-4-5_a2_f_l576-10", ["fc"]),
        ("1_1x28x28_c1-4-5_r_d_b4_f_l2304-10", ["dropout"]),
        ("1_1x28x28_c1-4-5_r_b4_d_f_l2304-10", []),
        ("1_1x28x28_r_m2_c1-10-14_b10_f", ["norm"]),
        ("1_1x28x28_f_v784_l784-10", ["view"]),
    ],
)  # fmt: skip
def test_each_silent_mistake_is_named(text: str, layers: list[str]) -> None:
    """Where it stands; what only looks like one is left alone."""
    assert layers == [name for name, _ in said(text)]


def test_all_are_told_beside_what_torch_refuses() -> None:
    """A network that breaks at its end is also wrong before it; the refusal comes first."""
    found = findings(trace(decode("1_1x28x28_f_f_l784-100_l100-10_l3-10")))
    assert [4, 1, 3] == [one.index for one in found]
    assert found[0].message
    assert not any(one.message for one in found[1:])
