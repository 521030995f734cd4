"""Lists of layers that a file's tensors may belong to: the usual arrangements, of those whose sizes come out."""

from collections.abc import Iterator
from math import prod

from explorer.core.errors import SettingError
from explorer.core.network.layers import CLASSES, IMAGE, LayerSpec, NetworkSpec, layer, numbered
from explorer.core.network.ledger import trace
from explorer.core.network.networks import FLATTEN, POOL, RELU
from explorer.core.network.weight_shapes import Shape, Shapes, by_layer

MOST = 3  # lists that are offered
_MOST_LAYERS = 20  # with weights, in a file that is looked at


def deduced_layers(shapes: Shapes) -> list[tuple[LayerSpec, ...]]:
    """Up to ``MOST`` lists of layers for the digits' images whose tensors have the file's ``shapes``.

    Convolutions, then linear layers, each with its normalisation if there is one, and ReLU between them; maximum
    pooling by 2 after each convolution, after some, or after none. What has no weights the file does not tell. They may
    be larger than this server allows.
    """
    found = by_layer(shapes)
    if len(found) > _MOST_LAYERS:
        return []
    weights = [(parts["weight"], "bias" in parts) for parts in found.values() if len(parts.get("weight", ())) in (2, 4)]
    norms = [parts["running_mean"][0] for parts in found.values() if len(parts.get("running_mean", ())) == 1]
    convolutions = [one for one in weights if len(one[0]) == 4]
    linear = [one for one in weights if len(one[0]) == 2]
    if len(weights) + len(norms) < len(found) or not linear:
        return []
    lists: list[tuple[LayerSpec, ...]] = []
    for arrangement in _arrangements(len(convolutions)):
        layers = _fitting(convolutions, linear, norms, *arrangement)
        if layers and layers not in lists:
            lists.append(layers)
    return lists[:MOST]


def _arrangements(convolutions: int) -> Iterator[tuple[set[int], int, set[int]]]:
    """Which convolutions keep their maps' size, the convolutions' stride, and after which there is a pooling."""
    numbers = range(convolutions)
    for padded in (set[int](), set(numbers), {0}):
        for pooled in (set(numbers), set(numbers[:-1]), set(numbers[-1:]), set(numbers[1::2]), set[int]()):
            yield padded, 1, pooled
        yield padded, 2, set()


def _fitting(
    convolutions: list[tuple[Shape, bool]],
    linear: list[tuple[Shape, bool]],
    norms: list[int],
    padded: set[int],
    stride: int,
    pooled: set[int],
) -> tuple[LayerSpec, ...] | None:
    """The layers in that arrangement, or None where their sizes do not come out."""
    left, channels, layers = list(norms), IMAGE[0], list[LayerSpec]()
    try:
        for number, (shape, bias) in enumerate(convolutions):
            layers += [_convolution(shape, bias, channels, number in padded, stride)]
            layers += [*_norm("BatchNorm2d", shape[0], left), RELU]
            layers += [POOL] * (number in pooled)
            channels = shape[0]
        layers += _to_features(layers, linear[0][0][1])
        for (outputs, inputs), bias in linear:
            layers += [layer("fc", "Linear", in_features=inputs, out_features=outputs, bias=bias)]
            layers += [*_norm("BatchNorm1d", outputs, left), RELU]
        ledger = trace(NetworkSpec(numbered(layers[:-1])))
    except SettingError:  # a size that no layer may have
        return None
    fits = not left and not ledger.problem and ledger.output[1:] == (CLASSES,)
    return ledger.stack.layers if fits else None


def _convolution(shape: Shape, bias: bool, channels: int, padded: bool, stride: int) -> LayerSpec:
    outputs, inputs, height, width = shape
    options = {"in_channels": channels, "out_channels": outputs, "kernel_size": [height, width], "stride": stride}
    groups = channels // max(inputs, 1)
    padding = [height // 2, width // 2] if padded else 0
    return layer("conv", "Conv2d", **options, padding=padding, groups=groups, bias=bias)


def _norm(kind: str, size: int, left: list[int]) -> list[LayerSpec]:
    """The next normalisation of that size, taken out of those that are ``left``."""
    if size not in left:
        return []
    left.remove(size)
    return [layer("bn", kind, num_features=size)]


def _to_features(layers: list[LayerSpec], features: int) -> list[LayerSpec]:
    """Flatten, behind a mean over each map where only that makes so many ``features``."""
    output = trace(NetworkSpec(numbered(layers))).output[1:]
    to_one = layer("pool", "AdaptiveAvgPool2d", output_size=1)
    return [to_one, FLATTEN] if output[0] == features != prod(output) else [FLATTEN]
