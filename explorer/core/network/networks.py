"""The ready-made networks: the lecture's, its exercise, and what they are compared with."""

from explorer.core.network.layers import LayerSpec, NetworkSpec, layer, numbered

RELU, FLATTEN = layer("relu", "ReLU"), layer("flatten", "Flatten")
POOL, MEAN_POOL = layer("pool", "MaxPool2d", kernel_size=2), layer("pool", "AvgPool2d", kernel_size=2)


def _conv(in_channels: int, out_channels: int, kernel_size: int, padding: int = 0) -> LayerSpec:
    sizes = {"in_channels": in_channels, "out_channels": out_channels, "kernel_size": kernel_size}
    return layer("conv", "Conv2d", **sizes, padding=padding)


def _linear(in_features: int, out_features: int) -> LayerSpec:
    return layer("fc", "Linear", in_features=in_features, out_features=out_features)


# relu(pool(conv1(x))), relu(pool(conv2(x))), flatten, fc: 8,490 parameters.
SIMPLE_CNN = numbered([_conv(1, 10, 5), POOL, RELU, _conv(10, 20, 5), POOL, RELU, FLATTEN, _linear(320, 10)])
# The figure of the lecture's first part; it gives neither the width between the dense layers nor the ReLUs.
INTRO = numbered(
    [
        *(_conv(1, 4, 5), RELU, POOL, _conv(4, 8, 5), RELU, POOL),
        *(FLATTEN, _linear(128, 32), RELU, _linear(32, 10)),
    ]
)
# Three of each, as the exercise asks; a padding of 1 leaves the third pooling something to pool.
EXERCISE = numbered(
    [
        *(_conv(1, 10, 3, padding=1), POOL, RELU),
        *(_conv(10, 20, 3, padding=1), POOL, RELU),
        *(_conv(20, 30, 3, padding=1), POOL, RELU),
        *(FLATTEN, _linear(270, 120), _linear(120, 60), _linear(60, 10)),
    ]
)
# 8,755 parameters: the width that comes nearest to the simple CNN's 8,490.
DENSE = numbered([FLATTEN, _linear(784, 11), RELU, _linear(11, 10)])
# LeCun et al. 1998, for 28×28 images (padding 2 instead of 32×32 ones), with ReLU for its sigmoids and a plain output.
LENET_5 = numbered(
    [
        *(_conv(1, 6, 5, padding=2), RELU, MEAN_POOL, _conv(6, 16, 5), RELU, MEAN_POOL),
        *(FLATTEN, _linear(400, 120), RELU, _linear(120, 84), RELU, _linear(84, 10)),
    ]
)
PRESETS = {"simple": SIMPLE_CNN, "intro": INTRO, "exercise": EXERCISE, "dense": DENSE, "lenet": LENET_5}

_SOFTMAX, _VIEW = layer("softmax", "Softmax", dim=1), layer("view", "View", size=160)
# The simple CNN with one mistake each: PyTorch refuses the first three, and takes the last one in silence.
BROKEN = {
    "in_features": numbered([*SIMPLE_CNN[:-1], _linear(300, 10)]),
    "shrunk": numbered(
        [
            *(_conv(1, 10, 5), POOL, RELU, _conv(10, 20, 5), POOL, RELU, _conv(20, 30, 3), POOL, RELU, POOL),
            *(FLATTEN, _linear(30, 10)),
        ]
    ),
    "view": numbered([*SIMPLE_CNN[:-2], _VIEW, _linear(160, 10)]),
    "softmax": numbered([*SIMPLE_CNN, _SOFTMAX]),
}


def preset_name(stack: NetworkSpec) -> str | None:
    """The preset that these layers are, or None."""
    return next((name for name, layers in PRESETS.items() if NetworkSpec(layers) == stack), None)
