"""A network as a list of layers, on its way to JSON and back."""

import json

import pytest

from explorer.core.explained import SettingError
from explorer.core.layers import SIMPLE_CNN, LayerSpec, layer


def test_layers_survive_json() -> None:
    """The lecture's network comes back from a file as it was, the order of the arguments included."""
    text = json.dumps([spec.as_dict() for spec in SIMPLE_CNN])
    assert SIMPLE_CNN == tuple(LayerSpec.from_dict(values) for values in json.loads(text))


def test_an_unknown_layer_is_refused_by_name() -> None:
    """A link cannot make the worker build anything but the five known kinds."""
    with pytest.raises(SettingError, match=r"Layer norm is a LazyConv2d. Known are Conv2d, MaxPool2d"):
        layer("norm", "LazyConv2d")


@pytest.mark.parametrize("value", [2.0, "2", True, None])
def test_arguments_are_whole_numbers(value: object) -> None:
    """Whatever JSON may hold instead of a whole number is refused, True included."""
    with pytest.raises(SettingError, match=r"Layer pool has kernel_size .*, which is not a whole number"):
        layer("pool", "MaxPool2d", kernel_size=value)
