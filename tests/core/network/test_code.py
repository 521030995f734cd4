"""Class and Sequential are the network on screen, and run."""

import io
import re
from contextlib import nullcontext, redirect_stdout

import pytest
import torch
from hypothesis import given, reject

from explorer.core.errors import SettingError
from explorer.core.network.code import class_code, layer_code, sequential_code
from explorer.core.network.layers import NetworkSpec, layer
from explorer.core.network.ledger import trace
from explorer.core.network.link import decode
from explorer.core.network.networks import BROKEN, PRESETS
from tests.hypothesis_profiles import examples
from tests.stacks import BATCH, deep_links, stack_links, stacks


def run(code: str) -> tuple[dict[str, object], str]:
    """The names that the code leaves and what it printed; raises what it raises."""
    names: dict[str, object] = {}
    with redirect_stdout(io.StringIO()) as printed:
        exec(code, names)
    return names, printed.getvalue()


@examples(200)
@given(stacks())
def test_class_and_sequential_do_what_the_ledger_says(stack: NetworkSpec) -> None:
    """Same parameters, same output shape; and a stack that torch refuses is refused with the same words.

    A convolution whose groups do not divide its channels, or that strides with padding='same', is refused before the
    first image comes.
    """
    ledger = trace(stack, BATCH)
    if ledger.problem and ledger.problem.index < len(stack.layers):
        at_once = ("must be divisible by groups", "padding='same' is not supported for strided convolutions")
        words = "|".join(map(re.escape, (ledger.problem.message, *at_once)))
        with pytest.raises((RuntimeError, ValueError, IndexError), match=words):
            run(class_code(ledger))
        return
    names, printed = run(class_code(ledger))
    modules = [names["Net"](), run(sequential_code(ledger))[0]["net"]]
    assert str(list(ledger.output)) in printed
    assert {ledger.num_params} == {sum(p.numel() for p in module.parameters()) for module in modules}
    assert modules[0].state_dict().keys() == modules[1].state_dict().keys()


@examples(60)
@given(stack_links() | deep_links())
def test_both_codes_run_at_every_size(link: str) -> None:
    """Up to the limits, on torch's meta device: the shapes that the ledger has, and refused where it is refused."""
    try:
        ledger = trace(decode(link))
    except SettingError:
        reject()
    layers = ledger.stack.layers
    fails = ledger.problem and ledger.problem.index < len(layers)
    for code, shape in ((class_code(ledger), list(ledger.output)), (sequential_code(ledger), tuple(ledger.output))):
        with torch.device("meta"), pytest.raises((RuntimeError, ValueError, IndexError)) if fails else nullcontext():
            printed = run(code)[1]
        assert fails or not layers or str(shape) in printed


@pytest.mark.parametrize("name", PRESETS)
def test_both_ways_compute_the_same(name: str) -> None:
    """With the same weights class and Sequential give the same logits: functions and layers are one network."""
    ledger = trace(NetworkSpec(PRESETS[name]))
    net, sequential = run(class_code(ledger))[0]["Net"](), run(sequential_code(ledger))[0]["net"]
    sequential.load_state_dict(net.state_dict())
    images = torch.rand(8, 1, 28, 28)
    assert torch.equal(net(images), sequential(images))


def test_the_failing_line_says_so() -> None:
    """The shapes stand beside the lines up to the one that fails."""
    text = class_code(trace(NetworkSpec(BROKEN["in_features"])))
    assert re.search(r"torch.flatten\(x, 1\) +# \(64, 320\)\n +x = self.fc\(x\) +# fails\n", text)


@pytest.mark.parametrize(
    ("kind", "options", "text"),
    [
        ("Conv2d", {"in_channels": 1, "out_channels": 10, "kernel_size": 5}, "Conv2d(1, 10, kernel_size=5)"),
        ("MaxPool2d", {"kernel_size": 2, "stride": 2}, "MaxPool2d(2)"),
        ("MaxPool2d", {"kernel_size": 3, "stride": 2}, "MaxPool2d(kernel_size=3, stride=2)"),
        ("MaxPool2d", {"kernel_size": (3, 2)}, "MaxPool2d((3, 2))"),
        ("AvgPool2d", {"kernel_size": 2, "ceil_mode": True}, "AvgPool2d(kernel_size=2, ceil_mode=True)"),
        ("AdaptiveAvgPool2d", {"output_size": 1}, "AdaptiveAvgPool2d(1)"),
        ("BatchNorm1d", {"num_features": 120}, "BatchNorm1d(120)"),
        (
            "Conv2d",
            {"in_channels": 1, "out_channels": 8, "kernel_size": (5, 3), "padding": "same"},
            "Conv2d(1, 8, kernel_size=(5, 3), padding='same')",
        ),
        ("Linear", {"in_features": 320, "out_features": 10}, "Linear(320, 10)"),
        ("Dropout", {"p": 0.25}, "Dropout(0.25)"),
        ("Dropout", {"p": 0.5}, "Dropout()"),
        ("Softmax", {"dim": 1}, "Softmax(dim=1)"),
        ("View", {"size": 160}, "view(-1, 160)"),
    ],
)
def test_layers_read_as_pytorch_writes_them(kind: str, options: dict[str, float], text: str) -> None:
    """Plain where everybody writes it so, by name where it needs one, nothing where it is the default."""
    assert text == layer_code(layer("a", kind, **options))
