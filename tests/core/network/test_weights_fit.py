"""Files of weights beside lists of layers: what fits under any names, and what is said of the rest."""

import base64
from collections.abc import Iterator
from math import prod

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import assume, given
from hypothesis import strategies as st

from explorer.components.forward import layer_messages
from explorer.core.network.deduced_layers import deduced_layers
from explorer.core.network.flattened_maps import flattened_maps
from explorer.core.network.layers import LayerSpec, NetworkSpec, layer, numbered
from explorer.core.network.ledger import trace
from explorer.core.network.networks import EXERCISE, LENET_5, PRESETS, SIMPLE_CNN
from explorer.core.network.weight_shapes import weight_shapes
from explorer.core.network.weights_fit import fit_weights
from explorer.training.state_dict import rewritten
from explorer.weights.read import read_weights
from explorer.weights.torch_file import READER
from tests.components.node import Node
from tests.components.test_forward import ROUNDING, RUN, torch_outputs
from tests.components.trained import random_image, trained
from tests.hypothesis_profiles import examples
from tests.stacks import trainable_networks
from tests.weights.saved import torch_saved

SIMPLE = weight_shapes(SIMPLE_CNN)


@pytest.fixture(scope="module")
def browser() -> Iterator[Node]:
    """The scripts that every page uses for the forward pass; torch reads in this process, which has loaded it."""
    node = Node("base64.js", "forward/forward.js", "forward/weights.js")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(READER, "answer_to", lambda data, most_bytes: rewritten(data)[:most_bytes])
        yield node
    node.close()


def renamed(names: list[str], chance: st.DataObject) -> dict[str, str]:
    """Each layer's name in another's notebook: any, nested or not, none of them ours."""
    new = st.text("abcdefgh", min_size=1, max_size=4).map(lambda word: f"my_{word}.0")
    layers = list(dict.fromkeys(name.rpartition(".")[0] for name in names))
    others = dict(
        zip(layers, chance.draw(st.lists(new, min_size=len(layers), max_size=len(layers), unique=True)), strict=True)
    )
    return {name: f"{others[name.rpartition('.')[0]]}.{name.rpartition('.')[2]}" for name in names}


@examples(100)
@given(trainable_networks(), st.integers(0, 2**31), st.data())
def test_any_network_is_accepted_under_any_names(
    browser: Node, network: tuple[LayerSpec, ...], seed: int, data: st.DataObject
) -> None:
    """Saved by torch.save, read, fitted and sent to the browser, it computes what the module does."""
    module = trained(network, seed)
    state = module.state_dict()
    theirs = renamed(list(state), data)
    file = read_weights(torch_saved({theirs[name]: tensor for name, tensor in state.items()}))
    fit = fit_weights(file.shapes, network)
    assert fit.differences == ()
    sent = safetensors.numpy.save({ours: file.tensors[name] for ours, name in fit.names.items()})
    image = random_image(seed)
    rows = layer_messages(trace(NetworkSpec(network)).rows)
    found = browser.ask(RUN, rows, base64.b64encode(sent).decode(), image.ravel().tolist())[-1]
    expected = torch_outputs(module, image)[-1]
    assume(np.isfinite(expected).all())
    largest = max(1.0, float(np.abs(expected).max()))
    np.testing.assert_allclose(np.array(found, float), expected, rtol=0, atol=ROUNDING * largest)


@examples(200)
@given(trainable_networks(), st.data())
def test_the_tensor_of_another_shape_is_named(network: tuple[LayerSpec, ...], data: st.DataObject) -> None:
    """It, and no other; with both shapes."""
    shapes = weight_shapes(network)
    name = data.draw(st.sampled_from(list(shapes)))
    other = tuple(size + 1 for size in shapes[name])
    fit = fit_weights(shapes | {name: other}, network)
    (difference,) = fit.differences
    assert difference.numbers["tensor"] == name
    assert (difference.numbers["found"], difference.numbers["wanted"]) == (str(other), str(shapes[name]))


@examples(200)
@given(trainable_networks(), st.integers(0, 2**31))
def test_shapes_are_those_of_torchs_own_state(network: tuple[LayerSpec, ...], seed: int) -> None:
    """Names too, and their order."""
    state = trained(network, seed).state_dict()
    expected = {name: tuple(one.shape) for name, one in state.items() if not name.endswith("num_batches_tracked")}
    assert weight_shapes(network) == expected
    assert list(weight_shapes(network)) == list(expected)


def test_the_sentence_names_both_shapes_and_the_way_out() -> None:
    """As a lecturer would."""
    (difference,) = fit_weights(SIMPLE | {"conv1.weight": (10, 1, 3, 3)}, SIMPLE_CNN).differences
    assert str(difference) == (
        "conv1.weight is (10, 1, 3, 3), this network's is (10, 1, 5, 5): choose a network whose conv1 is "
        "Conv2d(1, 10, 3)."
    )


def test_where_a_linear_layers_numbers_come_from_is_said() -> None:
    """20 maps of 4×4 make 320: a file with 300 was made for other maps, or its number is a slip."""
    (difference,) = fit_weights(SIMPLE | {"fc.weight": (10, 300)}, SIMPLE_CNN).differences
    assert str(difference) == (
        "fc.weight is (10, 300), this network's is (10, 320): 20 maps of 4×4 make 320 numbers here, not 300. Build "
        "layers whose maps make 300 on the Network page, or train yours with Linear(320, 10)."
    )
    exercise = weight_shapes(EXERCISE)
    (second,) = fit_weights(exercise | {"fc2.weight": (60, 99)}, EXERCISE).differences
    assert "choose a network whose fc2 is Linear(99, 60)" in str(second)  # no maps behind another linear layer


@examples(200)
@given(trainable_networks())
def test_flattened_maps_are_all_that_a_linear_layer_takes(network: tuple[LayerSpec, ...]) -> None:
    """And only the first one behind the maps gets them."""
    found = flattened_maps(network)
    by_name = {spec.name: spec for spec in network}
    assert [prod(maps) for maps in found.values()] == [by_name[name]["in_features"] for name in found]
    assert len(found) <= 1


def test_what_only_one_side_has_is_said() -> None:
    """A layer too many, a bias too few."""
    more = fit_weights(SIMPLE | {"fc2.weight": (5, 10)}, SIMPLE_CNN).differences
    assert [str(one) for one in more] == [
        "This network has no place for fc2.weight, (5, 10) in the file: choose a network that has Linear(10, 5) too."
    ]
    less = fit_weights({name: shape for name, shape in SIMPLE.items() if name != "fc.bias"}, SIMPLE_CNN).differences
    assert [str(one) for one in less] == [
        "The file has nothing for fc.bias, (10,) in this network: choose a network without it."
    ]


def test_layers_of_one_shape_keep_their_order_under_other_names() -> None:
    """By name only where all names are the network's: fc2, fc3 are not fc1, fc2."""
    network = trace(NetworkSpec(PRESETS["dense"])).stack.layers
    square = weight_shapes(network)
    assert fit_weights(square, network).renamed == {}
    same = numbered([layer("fc", "Linear", in_features=8, out_features=8)] * 2)
    fit = fit_weights({"fc2.weight": (8, 8), "fc2.bias": (8,), "fc3.weight": (8, 8), "fc3.bias": (8,)}, same)
    assert fit.renamed == {"fc2": "fc1", "fc3": "fc2"}


COMMON = {  # names as notebooks have them
    "the lecture's class": ["conv1", "conv2", "fc"],
    "Sequentials": ["conv1.0", "conv2.0", "out"],
    "features": ["features.0", "features.3", "classifier"],
    "layers": ["layer1.0", "layer2.0", "fc"],
}


@pytest.mark.parametrize("names", COMMON)
def test_common_notebooks_names_fit(names: str) -> None:
    """Whatever the classes call them; what is renamed is known."""
    theirs = dict(zip(("conv1", "conv2", "fc"), COMMON[names], strict=True))
    shapes = {f"{theirs[name.split('.')[0]]}.{name.split('.')[1]}": shape for name, shape in SIMPLE.items()}
    fit = fit_weights(shapes, SIMPLE_CNN)
    assert fit.differences == ()
    assert fit.renamed == {new: ours for ours, new in theirs.items() if ours != new}


@pytest.mark.parametrize("name", PRESETS)
def test_layers_are_deduced_from_shapes_alone(name: str) -> None:
    """Among them, for each ready-made network, one with its convolutions, its poolings' places, its linear layers."""
    shapes = weight_shapes(PRESETS[name])
    lists = deduced_layers(shapes)
    assert lists
    for layers in lists:
        assert fit_weights(shapes, layers).differences == ()
        assert trace(NetworkSpec(layers)).output[1:] == (10,)


def test_normalisations_stand_behind_their_convolutions() -> None:
    """Wherever their names sort."""
    shapes = {"bn1.weight": (8,), "bn1.bias": (8,), "bn1.running_mean": (8,), "bn1.running_var": (8,)}
    shapes |= {"conv1.weight": (8, 1, 3, 3), "fc.weight": (10, 8 * 14 * 14), "fc.bias": (10,)}
    kinds = [spec.kind for spec in deduced_layers(shapes)[0]]
    assert kinds == ["Conv2d", "BatchNorm2d", "ReLU", "MaxPool2d", "Flatten", "Linear"]


@pytest.mark.parametrize(
    "shapes",
    [{}, {"conv.weight": (8, 3, 3, 3), "fc.weight": (10, 99)}, {"fc.weight": (11, 784)}, {"a.alpha": (3,)}, {"a": ()}],
)
def test_nothing_is_deduced_where_no_size_comes_out(shapes: dict[str, tuple[int, ...]]) -> None:
    """Colour images, other classes, what is no layer of ours."""
    assert deduced_layers(shapes) == []


def test_another_networks_file_does_not_fit_by_accident() -> None:
    """LeNet-5's is none of the exercise's."""
    assert len(fit_weights(weight_shapes(LENET_5), EXERCISE).differences) >= 4
