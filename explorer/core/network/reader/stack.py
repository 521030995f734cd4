"""The layers of a stack from those that a pasted program puts in a row."""

from explorer.core import limits
from explorer.core.network.layers import LayerSpec
from explorer.core.network.reader.source import Unreadable
from explorer.core.network.reader.values import Item

_LEARNS = ("Conv2d", "Linear", "BatchNorm2d", "BatchNorm1d")


def stack_layers(items: tuple[Item, ...]) -> tuple[list[LayerSpec], list[Unreadable]]:
    """The layers, and remarks on what was left out. Raises Unreadable for what no list of layers can be."""
    layers: list[LayerSpec] = []
    notes: list[Unreadable] = []
    used: set[int] = set()
    kinds = [item.kind for item in items]
    for index, item in enumerate(items):
        before, behind = kinds[index - 1 : index], kinds[index + 1 : index + 2]
        if item.kind == "LogSoftmax" and not behind:
            notes.append(_log_softmax(item))
        elif item.kind == "Merge" and behind == ["Unflatten"]:
            continue  # the two are a view
        elif item.spec is None or (item.kind == "Unflatten" and before != ["Merge"]):
            raise _no_layer(item)
        else:
            _check(item, layers, used)
            layers.append(item.spec)
    if len(layers) > limits.MAX_LAYERS:
        raise Unreadable("There are more than {most} layers.", line=items[-1].line, most=limits.MAX_LAYERS)
    return layers, notes


def _check(item: Item, before: list[LayerSpec], used: set[int]) -> None:
    """Raises Unreadable for weights in two places, and for a softmax along another axis than the classes'."""
    if item.kind in _LEARNS and id(item) in used:
        raise Unreadable(
            "This {kind} is used twice, with the same weights. In a list of layers each has its own.",
            line=item.line,
            kind=item.kind,
        )
    used.add(id(item))
    if item.number == -1 and not any(spec.kind in ("Flatten", "View") for spec in before):
        raise Unreadable("{kind} is read along axis 1, not {value}.", line=item.line, kind=item.kind, value=-1)


def _log_softmax(item: Item) -> Unreadable:
    return Unreadable(
        "{code} at the end is left out: the cross entropy does it, and twice is the same as once.",
        line=item.line,
        code="log_softmax",
    )


def _no_layer(item: Item) -> Unreadable:
    if item.kind == "LogSoftmax":
        return Unreadable("{code} is read at the end only.", line=item.line, code="log_softmax")
    code = "flatten(x, 1)"
    return Unreadable("Flatten is read from axis 1 to the last one, as {code} does.", line=item.line, code=code)
