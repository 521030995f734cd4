"""The kinds of layers there are, the arguments of each, and their bounds."""

from dataclasses import dataclass

from explorer.core import limits

Value = float | bool | str | tuple[int, int]  # of an argument; a pair is (height, width), and the two differ


@dataclass(frozen=True)
class Option:
    """One argument of a torch.nn layer: its bounds, and torch's default, or None where it must be given.

    A number is whole unless ``lowest`` is a float; an argument whose bounds are False and True is a switch. One that
    ``is_pair`` holds one number for both sides, or (height, width) where they differ. ``word`` may stand in place of
    the number. A pooling's stride is by default its kernel size. ``letter`` stands for the name in a link.
    """

    name: str
    lowest: float
    highest: float
    default: float | None = None
    is_pair: bool = False
    word: str = ""
    letter: str = ""

    @property
    def is_switch(self) -> bool:
        """Whether it is True or False."""
        return isinstance(self.lowest, bool)

    @property
    def number(self) -> type:
        """What a value is made of: int, float or bool."""
        return type(self.lowest)


def _channels(name: str) -> Option:
    return Option(name, 1, limits.MAX_LAYER_CHANNELS)


def _features(name: str) -> Option:
    return Option(name, 1, limits.MAX_FEATURES)


def _sides(name: str, lowest: int, default: int | None = None, word: str = "") -> Option:
    return Option(name, lowest, limits.MAX_LAYER_WINDOW, default, is_pair=True, word=word, letter=name[0])


def _switch(name: str, letter: str, *, default: bool) -> Option:
    return Option(name, lowest=False, highest=True, default=default, letter=letter)


_KERNEL, _PADDING, _DILATION = _sides("kernel_size", 1), _sides("padding", 0, 0), _sides("dilation", 1, 1)
_POOLING = (_KERNEL, _sides("stride", 1, default=0), _PADDING)  # 0 stands for the kernel size
_CEIL_MODE, _BIAS = _switch("ceil_mode", "c", default=False), _switch("bias", "b", default=True)

# torch.nn's class -> its arguments, in torch's order. View is Tensor.view(-1, size), which is no torch.nn class.
KINDS: dict[str, tuple[Option, ...]] = {
    "Conv2d": (
        _channels("in_channels"),
        _channels("out_channels"),
        _KERNEL,
        _sides("stride", 1, 1),
        _sides("padding", 0, 0, word="same"),
        _DILATION,
        Option("groups", 1, limits.MAX_LAYER_CHANNELS, 1, letter="g"),
        _BIAS,
    ),
    "MaxPool2d": (*_POOLING, _DILATION, _CEIL_MODE),
    "AvgPool2d": (*_POOLING, _CEIL_MODE, _switch("count_include_pad", "i", default=True)),
    "AdaptiveAvgPool2d": (Option("output_size", 1, limits.MAX_IMAGE_SIZE, is_pair=True),),
    "ReLU": (),
    "Dropout": (Option("p", 0.0, 0.9, 0.5, letter="p"),),
    "BatchNorm2d": (_channels("num_features"),),
    "BatchNorm1d": (_features("num_features"),),
    "Flatten": (),
    "Linear": (_features("in_features"), _features("out_features"), _BIAS),
    "Softmax": (Option("dim", 1, 1),),
    "View": (_features("size"),),
}
PREFIXES = {
    "Conv2d": "conv",
    "MaxPool2d": "pool",
    "AvgPool2d": "pool",
    "AdaptiveAvgPool2d": "pool",
    "ReLU": "relu",
    "Dropout": "dropout",
    "BatchNorm2d": "norm",
    "BatchNorm1d": "norm",
    "Flatten": "flatten",
    "Linear": "fc",
    "Softmax": "softmax",
    "View": "view",
}
WINDOWED = ("Conv2d", "MaxPool2d", "AvgPool2d", "AdaptiveAvgPool2d")  # a window moves over each map
