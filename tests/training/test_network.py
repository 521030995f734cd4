"""The network is built from its list of layers, as torch itself would."""

import json
import re
from pathlib import Path

import pytest
import torch
from torch import nn

from explorer.core.errors import SettingError
from explorer.core.network.layers import LayerSpec, NetworkSpec, layer
from explorer.core.network.ledger import trace
from explorer.core.network.link import decode
from explorer.core.network.networks import BROKEN, PRESETS, SIMPLE_CNN
from explorer.core.network.trainable import require_batches
from explorer.core.run.train_config import TrainConfig
from explorer.training.network import build, build_with, count_parameters
from explorer.training.run_random import RunRandom


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


@pytest.mark.parametrize("name", PRESETS)
def test_every_ready_made_network_is_what_its_ledger_says(name: str) -> None:
    """It builds, has the ledger's number of parameters, and makes (N, 10) of any number of images."""
    network = build(PRESETS[name], seed=0)
    assert trace(NetworkSpec(PRESETS[name])).num_params == count_parameters(network)
    assert [spec.name for spec in PRESETS[name]] == [name for name, _ in network.named_children()]
    for count in (1, 3):
        assert (count, 10) == tuple(network(torch.zeros(count, 1, 28, 28)).shape)


FLATTEN, OUT = layer("flatten", "Flatten"), layer("fc", "Linear", in_features=784, out_features=10)
WIDE = layer("conv", "Conv2d", in_channels=1, out_channels=2, kernel_size=29)
THIRDS = layer("conv", "Conv2d", in_channels=1, out_channels=3, kernel_size=3, groups=2)


@pytest.mark.parametrize(
    ("network", "sentence"),
    [
        (BROKEN["in_features"], r"breaks at fc: .*64x320 and 300x10"),
        (BROKEN["shrunk"], r"breaks at \w+: .*too small"),
        (BROKEN["view"], r"breaks at CrossEntropyLoss: .*128.*64"),
        ((WIDE, FLATTEN, OUT), r"breaks at conv: .*28 x 28.*29 x 29"),
        ((THIRDS, FLATTEN, OUT), "breaks at conv: in_channels must be divisible by groups"),
        ((FLATTEN, layer("flatten", "ReLU"), OUT), "More than one layer is called flatten"),
        ((FLATTEN, layer("fc", "Linear", in_features=784, out_features=9)), "CrossEntropyLoss: Target 9 is out of"),
        ((FLATTEN, layer("fc", "Linear", in_features=784, out_features=11)), "ends in 11 numbers an image, where 10"),
        ((OUT,), r"breaks at fc: .*1792x28 and 784x10"),
        ((), "no layer yet"),
        ((layer("view", "View", size=784), OUT), "view is no layer of torch.nn"),
    ],
)
def test_a_network_that_cannot_work_is_explained(network: tuple[LayerSpec, ...], sentence: str) -> None:
    """The sentence names the layer and torch's own reason, or the shape that is wrong; never a traceback."""
    with pytest.raises(SettingError, match=sentence):
        build(network, seed=0)


EVERY_OPTION = decode(
    "1_1x28x28_c1-4-5x3s1x2p2x1_b4_r_m3x2s2p1x0d1x2c1_c4-8-3x4psameb0_a2x3p1c1i0_c8-8-3x2d2x1g4_g3x2_f_n48_l48-10b0"
)


def test_every_option_is_built_as_torch_builds_it() -> None:
    """Rectangles, 'same', dilation, ceil_mode, count_include_pad, adaptive: shapes and parameters of the ledger's."""
    ledger, network = trace(EVERY_OPTION), build(EVERY_OPTION.layers, seed=0)
    images = torch.zeros(64, 1, 28, 28)
    for row, module in zip(ledger.rows, network, strict=True):
        images = module(images)
        assert row.output == tuple(images.shape)
    assert ledger.num_params == count_parameters(network)


def test_a_saved_run_opens_in_plain_pytorch() -> None:
    """By the README's own lines, from run.json's text: the same modules, every option as it was."""
    config = TrainConfig(network=EVERY_OPTION.layers)
    settings = json.loads(json.dumps({"settings": config.as_dict()}))["settings"]
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    loop = re.search(r"for layer in json.*?\n(    net.add_module\(.*?\))\n", readme)[1]
    net = nn.Sequential()
    for saved in settings["network"]:
        exec(loop.strip(), {"net": net, "nn": nn, "layer": saved})
    network = build(EVERY_OPTION.layers, seed=0)
    net.load_state_dict(network.state_dict())
    images = torch.rand(2, 1, 28, 28)
    assert torch.equal(network.eval()(images), net.eval()(images))
    assert config == TrainConfig.from_dict(settings)


def test_a_silent_mistake_is_no_refusal() -> None:
    """A softmax before the loss builds, as torch builds it: it is the page that tells what it costs."""
    rows = build(BROKEN["softmax"], seed=0)(torch.zeros(2, 1, 28, 28)).sum(1)
    torch.testing.assert_close(torch.ones(2), rows)


@pytest.mark.parametrize("name", ["append", "train", "forward", "training", "type", "modules", "add_module"])
def test_a_name_that_sequential_uses_itself_is_refused(name: str) -> None:
    """Such a layer would replace the module's own method; torch's reason is handed on."""
    with pytest.raises(SettingError, match=f"breaks at {name}: attribute '{name}' already exists"):
        build((layer(name, "Flatten"), OUT), seed=0)


@pytest.mark.parametrize(
    ("network", "sentence"),
    [
        (
            (
                FLATTEN,
                layer("a", "Linear", in_features=784, out_features=10**6),
                layer("b", "Linear", in_features=10**6, out_features=10**6),
                layer("c", "Linear", in_features=10**6, out_features=10),
            ),
            "number of parameters: 1,000,7.* allows 2,000,000",
        ),
        (
            (
                layer("conv", "Conv2d", in_channels=1, out_channels=1024, kernel_size=1, padding=32),
                layer("pool", "MaxPool2d", kernel_size=32),
                FLATTEN,
                layer("fc", "Linear", in_features=1024 * 4, out_features=10),
            ),
            "number of outputs per image: 8,.* allows 200,000",
        ),
    ],
)
def test_a_huge_network_is_refused_before_it_takes_memory(
    monkeypatch: pytest.MonkeyPatch, network: tuple[LayerSpec, ...], sentence: str
) -> None:
    """Four terabytes of weights, or feature maps of 8 million numbers an image: not even the first layer is made."""
    for kind in ("Linear", "Conv2d"):
        monkeypatch.delattr(nn, kind)
    with pytest.raises(SettingError, match=sentence):
        build(network, seed=0)


NORMALISED = (
    layer("conv", "Conv2d", in_channels=1, out_channels=3, kernel_size=28),
    layer("norm", "BatchNorm2d", num_features=3),
    FLATTEN,
    layer("fc", "Linear", in_features=3, out_features=10),
)


NORMALISED_VECTORS = (
    FLATTEN,
    layer("norm", "BatchNorm1d", num_features=784),
    layer("fc", "Linear", in_features=784, out_features=10),
)


@pytest.mark.parametrize("network", [NORMALISED, NORMALISED_VECTORS], ids=["1×1 maps", "vectors"])
@pytest.mark.parametrize(
    ("images", "batch_size", "alone"),
    [(129, 64, True), (128, 64, False), (1, 64, True), (5, 1, True), (130, 64, False)],
)
def test_one_image_by_itself_is_too_few_to_normalise_a_single_number(
    network: tuple[LayerSpec, ...], images: int, batch_size: int, alone: bool
) -> None:
    """Torch raises for such a batch, in the midst of training; the sentence says which layer and what to change."""
    batch = torch.zeros(images % batch_size or batch_size, 1, 28, 28)
    if not alone:
        build(network, seed=0)(batch)
        require_batches(network, images, batch_size)
        return
    with pytest.raises(ValueError, match="more than 1 value per channel"):
        build(network, seed=0)(batch)
    with pytest.raises(SettingError, match=f"^{images} images in batches of {batch_size} leave one .* norm cannot"):
        require_batches(network, images, batch_size)


def test_one_image_by_itself_is_enough_for_a_larger_map() -> None:
    """A map of 24×24 has 576 numbers a channel of its own; and without BatchNorm2d one image always is enough."""
    norm = layer("norm", "BatchNorm2d", num_features=10)
    for network in ((SIMPLE_CNN[0], norm, *SIMPLE_CNN[1:]), SIMPLE_CNN):
        require_batches(network, 129, 64)  # refuses nothing, and so does torch:
        assert build(network, seed=0)(torch.zeros(1, 1, 28, 28)).shape == (1, 10)


def test_the_noise_goes_on_where_the_weights_ended() -> None:
    """As in a script that seeds once: what is drawn after the weights differs from what is drawn after the seed."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(5)
        first = torch.rand(3)
        torch.manual_seed(5)
        lectures_network()
        expected = torch.rand(3)
    random = RunRandom(5, torch.device("cpu"))
    build_with(SIMPLE_CNN, random)
    with random:
        found = torch.rand(3)
    assert torch.equal(expected, found)
    assert not torch.equal(first, found)
