"""The network is built from its list of layers, as torch itself would."""

import pytest
import torch
from torch import nn

from explorer.core.explained import SettingError
from explorer.core.layers import SIMPLE_CNN, LayerSpec, layer
from explorer.training.network import build, count_parameters


def lectures_network() -> nn.Sequential:
    """Written by hand, in the order in which the lecture's class makes its layers."""
    return nn.Sequential(
        nn.Conv2d(1, 10, 5), nn.MaxPool2d(2), nn.ReLU(),
        nn.Conv2d(10, 20, 5), nn.MaxPool2d(2), nn.ReLU(),
        nn.Flatten(), nn.Linear(320, 10),
    )  # fmt: skip


def test_the_simple_cnn_has_8490_parameters_under_the_lectures_names() -> None:
    """260 + 5,020 + 3,210, in conv1, conv2 and fc."""
    network = build(SIMPLE_CNN, seed=0)
    assert count_parameters(network) == 260 + 5020 + 3210 == 8490
    names = [f"{name}.{part}" for name in ("conv1", "conv2", "fc") for part in ("weight", "bias")]
    assert names == list(network.state_dict())


def test_weights_are_those_that_torch_gives_for_the_seed() -> None:
    """Bit for bit those of a hand-written network after torch.manual_seed; another seed gives others."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(5)
        expected = [parameter.detach() for parameter in lectures_network().parameters()]
    assert all(map(torch.equal, expected, build(SIMPLE_CNN, seed=5).parameters()))
    assert not torch.equal(expected[0], build(SIMPLE_CNN, seed=6).conv1.weight)


def test_torchs_global_generator_stays_as_it_was() -> None:
    """Building a network changes no random number that anyone else draws."""
    before = torch.random.get_rng_state()
    build(SIMPLE_CNN, seed=1)
    assert torch.equal(before, torch.random.get_rng_state())


FLATTEN, OUT = layer("flatten", "Flatten"), layer("fc", "Linear", in_features=784, out_features=10)


@pytest.mark.parametrize(
    ("network", "sentence"),
    [
        ((*SIMPLE_CNN[:-1], layer("fc", "Linear", in_features=300, out_features=10)), r"fc: .*2, 320\].*300, 10\]"),
        ((layer("conv", "Conv2d", in_channels=1, out_channels=2, kernel_size=29), FLATTEN, OUT), "layer conv: "),
        ((layer("conv", "Conv2d", in_channels=1, kernel_size=3), FLATTEN, OUT), r"layer conv: .*out_channels"),
        ((layer("relu", "ReLU", size=3), FLATTEN, OUT), r"layer relu: .*size"),
        ((layer("conv", "Conv2d", in_channels=1, out_channels=3, kernel_size=3, groups=2), FLATTEN, OUT), "divisible"),
        ((FLATTEN, layer("flatten", "ReLU"), OUT), "More than one layer is called flatten"),
        ((layer("append", "Flatten"), OUT), "layer append: attribute 'append' already exists"),
        ((FLATTEN, layer("fc.1", "Linear", in_features=784, out_features=10)), "layer fc.1: "),
        ((FLATTEN, layer("fc", "Linear", in_features=784, out_features=9)), r"\(2, 9\), where .* \(2, 10\)"),
        ((), r"shape \(2, 1, 28, 28\)"),
        ((layer("f", "Flatten", start_dim=0), layer("a", "Linear", in_features=1568, out_features=10)), r"shape \(10,"),
    ],
)  # fmt: skip
def test_a_network_that_cannot_work_is_explained(network: tuple[LayerSpec, ...], sentence: str) -> None:
    """The sentence names the layer and torch's own reason, or the shape that is wrong; never a traceback."""
    with pytest.raises(SettingError, match=sentence):
        build(network, seed=0)


def test_a_huge_network_is_refused_before_it_takes_memory() -> None:
    """Four terabytes of weights, or of feature maps, cost nothing to refuse."""
    wide = (
        FLATTEN,
        layer("a", "Linear", in_features=784, out_features=10**9),
        layer("b", "Linear", in_features=10**9, out_features=10),
    )
    with pytest.raises(SettingError, match=r"number of parameters is .*, outside"):
        build(wide, seed=0)
    padded = (
        layer("conv", "Conv2d", in_channels=1, out_channels=1, kernel_size=1, padding=500_000),
        layer("pool", "MaxPool2d", kernel_size=1_000_028),
        FLATTEN,
        layer("fc", "Linear", in_features=1, out_features=10),
    )
    with pytest.raises(SettingError, match=r"number of outputs per image is .*, outside"):
        build(padded, seed=0)
    absurd = (FLATTEN, layer("a", "Linear", in_features=784, out_features=10**30))
    with pytest.raises(SettingError, match="breaks at layer a"):
        build(absurd, seed=0)
