"""A network as a list of layers, on its way to JSON and back."""

import json

import pytest
from hypothesis import given

from explorer.core.errors import SettingError
from explorer.core.network.layers import LayerSpec, NetworkSpec, layer
from explorer.core.network.networks import SIMPLE_CNN
from tests.hypothesis_profiles import examples
from tests.stacks import stacks


def test_layers_survive_json() -> None:
    """The lecture's network comes back from a file as it was, the order of the arguments included."""
    text = json.dumps([spec.as_dict() for spec in SIMPLE_CNN])
    assert SIMPLE_CNN == tuple(LayerSpec.from_dict(values) for values in json.loads(text))


def test_an_unknown_layer_is_refused_by_name() -> None:
    """A link cannot make the worker build anything but the known kinds."""
    with pytest.raises(SettingError, match=r"Layer norm is a LazyConv2d. Known are Conv2d, MaxPool2d"):
        layer("norm", "LazyConv2d")


@pytest.mark.parametrize("value", [2.0, "2", True, None])
def test_arguments_are_whole_numbers(value: object) -> None:
    """Whatever JSON may hold instead of a whole number is refused, True included."""
    with pytest.raises(SettingError, match=r"Layer pool has kernel_size .*, which is no whole number"):
        layer("pool", "MaxPool2d", kernel_size=value)


@pytest.mark.parametrize(
    ("kind", "options", "sentence"),
    [
        ("Conv2d", {"in_channels": 1, "kernel_size": 3}, "Layer a lacks its argument out_channels"),
        ("ReLU", {"size": 3}, "Layer a has no argument size"),
        ("MaxPool2d", {"kernel_size": 0}, "Layer a has kernel_size 0, outside 1 … 32"),
        ("Linear", {"in_features": 784, "out_features": 10**30}, "outside 1 … 1,000,000"),
        ("Dropout", {"p": "0.5"}, "Layer a has p 0.5, which is no number"),
        ("Dropout", {"p": 0.12345}, "which is no number of four decimals at most"),
        ("MaxPool2d", {"kernel_size": (2, 2, 2)}, r"kernel_size \(2, 2, 2\), which is no whole number"),
        ("MaxPool2d", {"kernel_size": (2, 2.0)}, r"kernel_size \(2, 2.0\), which is no whole number"),
        ("MaxPool2d", {"kernel_size": (2, 33)}, r"kernel_size \(2, 33\), outside 1 … 32"),
        ("MaxPool2d", {"kernel_size": 2, "padding": "same"}, "padding same, which is no whole number"),
        ("MaxPool2d", {"kernel_size": 2, "ceil_mode": 1}, "ceil_mode 1, which is no True or False"),
        ("Conv2d", {"in_channels": (1, 1), "out_channels": 1, "kernel_size": 1}, "which is no whole number"),
        ("Conv2d", {"in_channels": 1, "out_channels": 1, "kernel_size": 1, "padding": "full"}, "padding full, which"),
    ],
)
def test_arguments_are_known_and_within_bounds(kind: str, options: dict, sentence: str) -> None:
    """The sentence names the layer, the argument and its bounds."""
    with pytest.raises(SettingError, match=sentence):
        layer("a", kind, **options)


@pytest.mark.parametrize("name", ["", "fc.1", "Conv", "1a", "a" * 31, "名", "class", None])
def test_names_are_plain(name: object) -> None:
    """A layer's name becomes an attribute and a key of the weights."""
    with pytest.raises(SettingError, match="A layer is called"):
        layer(name, "ReLU")


def test_two_layers_of_one_name_are_refused() -> None:
    """The second would take the first one's weights."""
    with pytest.raises(SettingError, match="More than one layer is called relu"):
        NetworkSpec((layer("relu", "ReLU"), layer("relu", "ReLU")))


def test_defaults_are_torchs_and_left_out() -> None:
    """A pooling's stride is its kernel size until it is given; an argument set back to its default is no argument."""
    pool = layer("pool", "MaxPool2d", kernel_size=3)
    assert (3, 0) == (pool["stride"], pool["padding"])
    assert pool == pool.but(stride=2).but(stride=3)
    assert (("kernel_size", 3), ("stride", 2)) == pool.but(stride=2).options


def test_a_pair_of_equal_numbers_is_one_number() -> None:
    """A stack is written one way, however it was given: a tuple, JSON's list, a stride that is the kernel's."""
    pool = layer("pool", "MaxPool2d", kernel_size=[3, 3], stride=(3, 2), padding=(0, 0), ceil_mode=False)
    assert (("kernel_size", 3), ("stride", (3, 2))) == pool.options
    assert ((3, 3), (3, 2), (1, 1)) == (pool.pair("kernel_size"), pool.pair("stride"), pool.pair("dilation"))
    wide = layer("pool", "MaxPool2d", kernel_size=(3, 2))
    assert ((3, 2), wide) == (wide["stride"], wide.but(stride=(3, 2)))


@examples(300)
@given(stacks())
def test_any_stack_survives_json(stack: NetworkSpec) -> None:
    """Pairs come back from JSON's lists, words and switches as they were; and torch takes what JSON holds as it is."""
    text = json.dumps([spec.as_dict() for spec in stack.layers])
    assert stack.layers == tuple(map(LayerSpec.from_dict, json.loads(text)))
