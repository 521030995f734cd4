"""The layer that is proposed where one is added: it fits what arrives."""

from math import prod

from explorer.core.network.layer_kinds import PREFIXES
from explorer.core.network.layers import LayerSpec, layer


def new_layer(kind: str, shape: tuple[int, ...]) -> LayerSpec:
    """A layer of that kind for a batch of ``shape``: ten 3×3 kernels, a window of 2, one mean a map, ten outputs.

    Raises SettingError where what arrives is beyond the limits of such a layer.
    """
    options: dict[str, dict[str, float]] = {
        "Conv2d": {"in_channels": shape[1], "out_channels": 10, "kernel_size": 3},
        "MaxPool2d": {"kernel_size": 2},
        "AvgPool2d": {"kernel_size": 2},
        "AdaptiveAvgPool2d": {"output_size": 1},
        "BatchNorm2d": {"num_features": shape[1]},
        "BatchNorm1d": {"num_features": shape[1]},
        "Linear": {"in_features": prod(shape[1:]), "out_features": 10},
    }
    return layer(PREFIXES[kind], kind, **options.get(kind, {}))
