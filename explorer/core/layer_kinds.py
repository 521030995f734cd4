"""The kinds of layers there are, the arguments of each, and their bounds."""

from dataclasses import dataclass

from explorer.core import limits


@dataclass(frozen=True)
class Option:
    """One argument of a torch.nn layer: its bounds, and torch's default, or None where it must be given.

    A number is whole unless ``lowest`` is a float. A pooling's stride is by default its kernel size.
    """

    name: str
    lowest: float
    highest: float
    default: float | None = None


def _channels(name: str) -> Option:
    return Option(name, 1, limits.MAX_LAYER_CHANNELS)


def _features(name: str) -> Option:
    return Option(name, 1, limits.MAX_FEATURES)


_WINDOW = limits.MAX_LAYER_WINDOW
_KERNEL, _STRIDE, _PADDING = (
    Option("kernel_size", 1, _WINDOW),
    Option("stride", 1, _WINDOW, 1),
    Option("padding", 0, _WINDOW, 0),
)
_POOLING = (_KERNEL, Option("stride", 1, _WINDOW, default=0), _PADDING)  # 0 stands for the kernel size

# torch.nn's class -> its arguments, in torch's order. View is Tensor.view(-1, size), which is no torch.nn class.
KINDS: dict[str, tuple[Option, ...]] = {
    "Conv2d": (
        _channels("in_channels"),
        _channels("out_channels"),
        _KERNEL,
        _STRIDE,
        _PADDING,
        Option("dilation", 1, _WINDOW, 1),
        Option("groups", 1, limits.MAX_LAYER_CHANNELS, 1),
    ),
    "MaxPool2d": _POOLING,
    "AvgPool2d": _POOLING,
    "ReLU": (),
    "Dropout": (Option("p", 0.0, 0.9, 0.5),),
    "BatchNorm2d": (_channels("num_features"),),
    "Flatten": (),
    "Linear": (_features("in_features"), _features("out_features")),
    "Softmax": (Option("dim", 1, 1),),
    "View": (_features("size"),),
}
PREFIXES = {
    "Conv2d": "conv",
    "MaxPool2d": "pool",
    "AvgPool2d": "pool",
    "ReLU": "relu",
    "Dropout": "dropout",
    "BatchNorm2d": "norm",
    "Flatten": "flatten",
    "Linear": "fc",
    "Softmax": "softmax",
    "View": "view",
}
