"""The browser's way through a network, run by Node, against PyTorch: every number of every layer."""

from collections.abc import Iterator

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor, nn

from explorer.components.forward import layer_messages
from explorer.core.network.layers import LayerSpec, NetworkSpec
from explorer.core.network.ledger import trace
from explorer.core.network.networks import PRESETS
from tests.components.node import Node
from tests.components.trained import random_image, trained, weights_text
from tests.hypothesis_profiles import examples
from tests.stacks import trainable_networks

# Torch adds in float32, the browser in double precision: of a layer's largest number, what may differ.
ROUNDING = 2e-6
RUN = """(layers, file, image) => forward(layers, readTensors(bytesOf(file).buffer), Float32Array.from(image))
  .map((values) => Array.from(values, (value) => (Number.isFinite(value) ? value : String(value))))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Node]:
    """The scripts that every page uses for it."""
    node = Node("base64.js", "forward/forward.js", "forward/weights.js")
    yield node
    node.close()


def torch_outputs(module: nn.Sequential, image: Tensor) -> list[np.ndarray]:
    """What a forward hook sees behind each layer, of the one image."""
    outputs: list[np.ndarray] = []
    for layer in module:
        layer.register_forward_hook(lambda _module, _given, output: outputs.append(output[0].detach().numpy().ravel()))
    with torch.no_grad():
        module(image[None])
    return outputs


def browser_outputs(browser: Node, network: tuple[LayerSpec, ...], module: nn.Module, image: Tensor) -> list:
    rows = trace(NetworkSpec(network)).rows
    answer = browser.ask(RUN, layer_messages(rows), weights_text(module), image.ravel().tolist())
    return [np.array([float(value) for value in values]) for values in answer]


def assert_same(browser: Node, network: tuple[LayerSpec, ...], seed: int) -> None:
    module = trained(network, seed)
    image = random_image(seed)
    expected, found = torch_outputs(module, image), browser_outputs(browser, network, module, image)
    assert len(expected) == len(found) == len(network)
    for spec, one, other in zip(network, expected, found, strict=True):
        finite = one[np.isfinite(one)]
        largest = max(1.0, float(np.abs(finite).max())) if finite.size else 1.0
        np.testing.assert_allclose(other, one, rtol=0, atol=ROUNDING * largest, err_msg=spec.name)


@pytest.mark.parametrize("name", PRESETS)
def test_a_ready_made_network_is_computed_as_torch_does(browser: Node, name: str) -> None:
    """Every unit of every layer, on five images."""
    for seed in range(5):
        assert_same(browser, PRESETS[name], seed)


@examples(100)
@given(trainable_networks(), st.integers(0, 2**31))
def test_any_network_that_can_be_trained_is_computed_as_torch_does(
    browser: Node, network: tuple[LayerSpec, ...], seed: int
) -> None:
    """Convolutions with groups, dilation and 'same', poolings with ceil_mode, all kinds of layers in any order."""
    assert_same(browser, network, seed)


def test_softmax_of_large_logits_is_no_overflow(browser: Node) -> None:
    """Powers of a thousand are infinite; of differences they are not."""
    found = browser.ask("(logits) => probabilities(logits)", [1000, 1001, 990])
    np.testing.assert_allclose(found, torch.softmax(torch.tensor([1000.0, 1001, 990], dtype=torch.float64), 0))
