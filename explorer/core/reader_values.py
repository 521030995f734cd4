"""What the names of a pasted program stand for while it is read: numbers, layers, tensors on their way."""

import ast
import operator
from dataclasses import dataclass, field

from explorer.core import limits
from explorer.core.layers import LayerSpec
from explorer.core.reader_source import Unreadable, code_of

MAX_NUMBER = 10**9
_OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Div: operator.truediv,
}


class BatchSize:
    """``x.size(0)``: as many images as there are."""


BATCH_SIZE = BatchSize()
TRAINING = object()  # ``self.training``


@dataclass(frozen=True, eq=False)
class Item:
    """One layer where the text makes it, in ``line``; ``spec`` is None for a ``kind`` that a stack writes otherwise.

    Two uses of one layer are the same object.
    """

    line: int
    kind: str
    spec: LayerSpec | None = None
    number: int = 0


@dataclass(frozen=True, eq=False)
class Module:
    """A layer, or several in a row: torch.nn.Sequential."""

    items: tuple[Item, ...] = ()


@dataclass(frozen=True, eq=False)
class Tensor:
    """The images behind these layers."""

    items: tuple[Item, ...] = ()

    def through(self, items: tuple[Item, ...], line: int) -> "Tensor":
        """Behind these, too. Raises Unreadable where there are more than a stack may have."""
        return Tensor(joined(self.items, items, line))


class Definition:
    """A class of the text's own, with its ``methods``."""

    def __init__(self, node: ast.ClassDef) -> None:
        self.name = node.name
        self.line = node.lineno
        self.methods = {one.name: one for one in node.body if isinstance(one, ast.FunctionDef)}


@dataclass(frozen=True, eq=False)
class Function:
    """A function of the text's own, outside all classes."""

    node: ast.FunctionDef


@dataclass(frozen=True, eq=False)
class Instance:
    """An object of such a class, with what its ``__init__`` gave it."""

    definition: Definition
    attributes: dict[str, object] = field(default_factory=dict)


def joined(before: tuple[Item, ...], behind: tuple[Item, ...], line: int) -> tuple[Item, ...]:
    """Both in a row. Raises Unreadable where there are more than a stack may have."""
    items = before + behind
    if len(items) > 2 * limits.MAX_LAYERS:  # some are no layers of a stack: view is two of a Sequential's
        raise Unreadable("There are more than {most} layers.", line=line, most=limits.MAX_LAYERS)
    return items


def constant(node: ast.Constant) -> object:
    """Its value. Raises Unreadable for a large number: no sum may have one, and the longest cannot even be written."""
    if type(node.value) in (int, float) and not abs(node.value) <= MAX_NUMBER:
        raise _no_number(node)
    return node.value


def calculate(node: ast.expr, sign: ast.operator, left: object, right: object) -> float:
    """What ``20*4*4`` is. Raises Unreadable for what is no number, or a large one."""
    try:
        if all(type(number) in (int, float) for number in (left, right)):
            result = _OPERATIONS[type(sign)](left, right)
            if abs(result) <= MAX_NUMBER:
                return result
    except (KeyError, ZeroDivisionError):
        pass
    raise _no_number(node)


def _no_number(node: ast.expr) -> Unreadable:
    return Unreadable(
        "{code} is no number that is worked out here: whole numbers up to a billion, with + − * // and %.",
        line=node.lineno,
        code=code_of(node),
    )
