"""The layers and functions of torch that a pasted network may use, with their arguments in torch's order."""

from collections.abc import Mapping, Sequence

from explorer.core.errors import SettingError
from explorer.core.network.layer_kinds import KINDS, PREFIXES
from explorer.core.network.layers import layer
from explorer.core.network.reader.source import Unreadable
from explorer.core.network.reader.values import BATCH_SIZE, TRAINING, Item, Tensor
from explorer.core.sentence_forms import plural

_ANY = object()
# What a stack's layers lack, by torch's default, which is what they do: another value cannot be read.
_DEFAULTS: dict[str, object] = {
    "padding_mode": "zeros",
    "device": None,
    "dtype": None,
    "return_indices": False,
    "divisor_override": None,
    "inplace": _ANY,
    "eps": 1e-5,
    "momentum": 0.1,
    "affine": True,
    "track_running_stats": True,
    "bias": True,  # a batch norm's
    "training": _ANY,
    "_stacklevel": _ANY,
}
_WINDOW = ("kernel_size", "stride", "padding")
_CONV = ("in_channels", "out_channels", *_WINDOW, "dilation", "groups", "bias", "padding_mode", "device", "dtype")
_AVERAGE = (*_WINDOW, "ceil_mode", "count_include_pad", "divisor_override")
_NORM = ("num_features", "eps", "momentum", "affine", "track_running_stats", "device", "dtype", "bias")
# torch.nn's class -> its arguments.
LAYERS: dict[str, tuple[str, ...]] = {
    "Conv2d": _CONV,
    "MaxPool2d": (*_WINDOW, "dilation", "return_indices", "ceil_mode"),
    "AvgPool2d": _AVERAGE,
    "AdaptiveAvgPool2d": ("output_size",),
    "ReLU": ("inplace",),
    "Dropout": ("p", "inplace"),
    "BatchNorm2d": _NORM,
    "BatchNorm1d": _NORM,
    "Flatten": ("start_dim", "end_dim"),
    "Linear": ("in_features", "out_features", "bias", "device", "dtype"),
    "Softmax": ("dim",),
    "LogSoftmax": ("dim",),
    "Unflatten": ("dim", "unflattened_size"),
}
# A function of torch, torch.nn.functional or a tensor -> the layer that it is, and its arguments behind the input.
FUNCTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "relu": ("ReLU", ("inplace",)),
    "relu_": ("ReLU", ()),
    "max_pool2d": ("MaxPool2d", (*_WINDOW, "dilation", "ceil_mode", "return_indices")),
    "avg_pool2d": ("AvgPool2d", _AVERAGE),
    "adaptive_avg_pool2d": ("AdaptiveAvgPool2d", ("output_size",)),
    "dropout": ("Dropout", ("p", "training", "inplace")),
    "flatten": ("Flatten", ("start_dim", "end_dim")),
    "softmax": ("Softmax", ("dim", "_stacklevel", "dtype")),
    "log_softmax": ("LogSoftmax", ("dim", "_stacklevel", "dtype")),
}
VIEWS = ("view", "reshape")


def arguments(
    kind: str, names: Sequence[str], given: Sequence[object], named: Mapping[str, object], line: int
) -> dict[str, object]:
    """Name -> value, as torch would bind them. Raises Unreadable for too many, unknown ones or one twice."""
    if len(given) > len(names):
        sentence = plural("{kind} takes {count} argument, not {found}.", "{kind} takes {count} arguments, not {found}.")
        raise Unreadable(sentence, line=line, kind=kind, count=len(names), found=len(given))
    bound = dict(zip(names, given, strict=False))
    for name, value in named.items():
        if name not in names or name in bound:
            raise Unreadable("{kind} has no argument {option}, or has it twice.", line=line, kind=kind, option=name)
        bound[name] = value
    return bound


def made_layer(kind: str, bound: dict[str, object], line: int, *, start_dim: int = 1) -> Item:  # noqa: C901 - a question an argument
    """The layer with these arguments; ``start_dim`` is Flatten's default. Raises Unreadable."""
    if kind == "Flatten":
        return _flatten({"start_dim": start_dim, "end_dim": -1} | bound, line)
    if kind in ("Softmax", "LogSoftmax"):
        return _softmax(kind, bound, line)
    if kind == "Unflatten":
        return _unflatten(bound, line)
    known = {option.name for option in KINDS[kind]}
    for name in bound.keys() - known:
        if _DEFAULTS[name] is not _ANY and (bound[name] != _DEFAULTS[name] or not _is_plain(bound[name])):
            raise Unreadable(
                "{kind} with {option}={value} is not among the layers here, only with {option}={default}.",
                line=line,
                kind=kind,
                option=name,
                value=_shown(bound[name]),
                default=_DEFAULTS[name],
            )
    options = {name: value for name, value in bound.items() if name in known}
    for name, value in options.items():
        if not _is_plain(value):
            raise Unreadable("{option} of {kind} is no number.", line=line, option=name, kind=kind)
    if options.get("stride", 0) is None:
        del options["stride"]  # a pooling's default
    if kind == "Conv2d" and options.get("padding") == "valid":
        options["padding"] = 0
    try:
        return Item(line, kind, layer(PREFIXES[kind], kind, **options))
    except SettingError as error:
        raise Unreadable(error.sentence.text, line=line, **error.sentence.numbers) from error


def _is_plain(value: object) -> bool:
    """A number, a short word, None, or a few numbers."""
    if isinstance(value, tuple):
        return len(value) <= 4 and all(type(part) in (int, float, bool) for part in value)
    return type(value) in (int, float, bool, type(None)) or (isinstance(value, str) and len(value) <= 20)


def _shown(value: object) -> object:
    """The value for a sentence; a list of lists of lists … may be endless when it is written."""
    return value if _is_plain(value) else "…"


def drops_always(kind: str, bound: Mapping[str, object]) -> bool:
    """Whether it is F.dropout without ``training=self.training``, which drops while the network is tested, too."""
    return kind == "Dropout" and bound.get("training", True) is True and bound.get("training") is not TRAINING


def made_view(sizes: Sequence[object], tensor: Tensor, line: int) -> Item:
    """``x.view(x.size(0), -1)`` is Flatten, as is one with all the other sizes of ``tensor`` multiplied;
    ``x.view(-1, 320)`` is a view. Raises Unreadable.
    """
    if len(sizes) == 2 and sizes[0] in (BATCH_SIZE, -1):
        if sizes in ([BATCH_SIZE, -1], (BATCH_SIZE, -1)) or sizes[1] == tensor.features():
            return Item(line, "Flatten", layer("flatten", "Flatten"))
        if type(sizes[1]) is int:
            return made_layer("View", {"size": sizes[1]}, line)
    raise Unreadable(
        "A view is read as {flatten} or {view}, with a number of yours.",
        line=line,
        flatten="x.view(x.size(0), -1)",
        view="x.view(-1, 320)",
    )


def _flatten(bound: Mapping[str, object], line: int) -> Item:
    if bound["end_dim"] == -1 and bound["start_dim"] == 1:
        return Item(line, "Flatten", layer("flatten", "Flatten"))
    if bound["end_dim"] == -1 and bound["start_dim"] == 0:
        return Item(line, "Merge")
    raise Unreadable("Flatten is read from axis 1 to the last one, as {code} does.", line=line, code="flatten(x, 1)")


def _softmax(kind: str, bound: Mapping[str, object], line: int) -> Item:
    """Along the classes: axis 1, which is the last one of vectors, and torch's choice where none is given."""
    dim = bound.get("dim")
    if dim not in (None, 1, -1) or isinstance(dim, bool):
        raise Unreadable("{kind} is read along axis 1, not {value}.", line=line, kind=kind, value=_shown(dim))
    if kind == "LogSoftmax":
        return Item(line, kind, number=dim or 1)
    return Item(line, kind, layer("softmax", "Softmax", dim=1), dim or 1)


def _unflatten(bound: Mapping[str, object], line: int) -> Item:
    sizes = bound.get("unflattened_size")
    if bound.get("dim") == 0 and isinstance(sizes, tuple) and len(sizes) == 2 and sizes[0] == -1:
        view = made_layer("View", {"size": sizes[1]}, line)
        return Item(line, "Unflatten", view.spec)
    raise Unreadable("Unflatten is read behind {code} only.", line=line, code="Flatten(0)")
