"""What a call of torch's makes in a pasted program: a layer, several in a row, or a tensor behind one more."""

import ast

from explorer.core.network.layer_kinds import KINDS
from explorer.core.network.reader.layers import FUNCTIONS, LAYERS, VIEWS, arguments, drops_always, made_layer, made_view
from explorer.core.network.reader.source import Unreadable, code_of
from explorer.core.network.reader.values import Item, Module, Tensor, joined


def module_of(node: ast.Call, name: str, given: list[object], named: dict[str, object]) -> Module:
    """A layer of torch.nn's, or Sequential. Raises Unreadable."""
    line = node.lineno
    if name == "Identity":
        return Module()
    if name != "Sequential":
        return Module((made_layer(name, arguments(name, LAYERS[name], given, named, line), line),))
    parts = given
    if len(given) == 1 and isinstance(given[0], tuple):  # an OrderedDict's pairs
        parts = [part[1] if isinstance(part, tuple) and len(part) == 2 else None for part in given[0]]
    items: tuple[Item, ...] = ()
    for module in parts:
        if not isinstance(module, Module):
            raise Unreadable("Something in {code} is no layer.", line=line, code=name)
        items = joined(items, module.items, line)
    return Module(items)


def on_tensor(
    node: ast.Call, name: str, tensor: Tensor, given: list[object], named: dict[str, object], notes: list[Unreadable]
) -> Tensor:
    """Behind a function of torch's, or a tensor's own, of that name; ``notes`` get remarks. Raises Unreadable."""
    line = node.lineno
    if name in VIEWS and not named:
        sizes = given[0] if len(given) == 1 and isinstance(given[0], tuple) else given
        return tensor.through((made_view(sizes, tensor, line),), line)
    if name not in FUNCTIONS:
        raise unknown(node)
    kind, known = FUNCTIONS[name]
    bound = arguments(kind, known, given, named, line)
    if drops_always(kind, bound):
        notes.append(_drops_always(line))
    # A function's flatten begins at axis 0, the layer's at axis 1.
    return tensor.through((made_layer(kind, bound, line, start_dim=0),), line)


def _drops_always(line: int) -> Unreadable:
    return Unreadable(
        "{code} without training=self.training drops while the network is tested, too. Here it is the layer Dropout, "
        "which does not.",
        line=line,
        code="F.dropout",
    )


def no_layer(node: ast.expr, name: str) -> Unreadable:
    """What is said about a layer of torch's that a stack has not."""
    known = ", ".join(["Sequential", *(kind for kind in KINDS if kind != "View")])
    return Unreadable("{code} is no layer of this page. It has {known}.", line=node.lineno, code=name, known=known)


def unknown(node: ast.expr) -> Unreadable:
    """What is said about an expression that none of this is."""
    functions = ", ".join(name for name in FUNCTIONS if not name.endswith("_"))
    return Unreadable(
        "{code} cannot be read here. Read are layers of torch.nn, the functions {functions}, view, and whole-number "
        "sums.",
        line=node.lineno,
        code=code_of(node),
        functions=functions,
    )
