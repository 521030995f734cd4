"""Gives values their names in a pasted program: variables, attributes of objects, entries of lists."""

import ast

from explorer.core.network.reader.calls import unknown
from explorer.core.network.reader.expressions import Expressions, Names
from explorer.core.network.reader.source import Unreadable
from explorer.core.network.reader.values import Instance, Module, ModuleList, check_length, joined

_CHANGES = ("extend", "insert", "pop", "remove", "clear", "reverse")  # of a list of layers
_WEIGHTS = ("weight", "bias")


def bind(target: ast.expr, value: object, names: Names) -> None:
    """Gives the value that name; what is no name is none of this reader's business.

    Raises Unreadable for a layer of an object that is not ready for one, as torch does.
    """
    if isinstance(target, (ast.Tuple, ast.List)):
        fits = isinstance(value, tuple) and len(value) == len(target.elts)
        error = value if isinstance(value, Unreadable) else unknown(target)
        for one, part in zip(target.elts, value if fits else [error] * len(target.elts), strict=True):
            bind(one, part, names)
    elif isinstance(target, ast.Name):
        names.pop(target.id, None)  # the name that was given last comes last
        names[target.id] = value
    elif isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
        owner = names.get(target.value.id)
        if isinstance(owner, Instance):
            if not owner.ready and _is_module(value):
                raise not_ready(target.lineno)
            owner.attributes[target.attr] = value
        elif isinstance(owner, Module) and target.attr not in _WEIGHTS:
            spoil(target.value, unknown(target), names)
    elif isinstance(target, ast.Subscript):  # net[1] = …
        spoil(target.value, value if isinstance(value, Unreadable) else unknown(target), names)


def append(node: ast.expr, names: Names, expressions: Expressions) -> bool:
    """Whether it was ``net.append(layer)`` or ``net.add_module(name, layer)``, or changed a list in a way that is
    not followed: then the list cannot be read. Raises Unreadable."""
    if changed := changed_list(node):
        spoil(changed, unknown(node), names)
        return True
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
        return False
    owner = node.func.value
    if node.func.attr not in ("append", "add_module") or not isinstance(owner, (ast.Name, ast.Attribute)):
        return False
    before, layer = (expressions.value(one, names) for one in (owner, node.args[-1]))
    if isinstance(before, Instance) and isinstance(name := getattr(node.args[0], "value", None), str):
        before.attributes[name] = layer
    elif isinstance(before, Module) and isinstance(layer, Module):
        bind(owner, Module(joined(before.items, layer.items, node.lineno)), names)
    elif isinstance(before, tuple):
        check_length(node, len(before) + 1)
        bind(owner, type(before)((*before, layer)), names)
    else:
        return False
    return True


def changed_list(node: ast.AST) -> ast.expr | None:
    """What ``layers.pop()`` changes."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CHANGES:
        return node.func.value if isinstance(node.func.value, (ast.Name, ast.Attribute)) else None
    return None


def spoil(owner: ast.expr, error: Unreadable, names: Names) -> None:
    """What has that name cannot be read any more."""
    error.spoils = isinstance(owner, ast.Name) and isinstance(names.get(owner.id), Module)
    bind(owner, error, names)


def not_ready(line: int) -> Unreadable:
    """What is said about a layer in a class whose ``__init__`` did not begin with that of nn.Module."""
    return Unreadable(
        "The class has no {code} before this line, and torch takes no layer without it.",
        line=line,
        code="super().__init__()",
    )


def not_followed(statement: ast.stmt) -> Unreadable:
    """What is said about a statement that may change what is read."""
    return Unreadable(
        "{code} is not followed here: the layers of a network come one after the other.",
        line=statement.lineno,
        code=type(statement).__name__.lower(),
    )


def _is_module(value: object) -> bool:
    return isinstance(value, (Module, ModuleList)) or (isinstance(value, Instance) and value.definition.is_module)
