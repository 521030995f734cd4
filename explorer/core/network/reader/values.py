"""What the names of a pasted program stand for while it is read: numbers, layers, tensors on their way."""

import ast
import operator
from dataclasses import dataclass, field

from explorer.core import limits
from explorer.core.network.layers import LayerSpec
from explorer.core.network.reader.source import Unreadable, code_of

MAX_NUMBER = 10**9
MAX_SEQUENCE = 200  # entries of a list
_OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Div: operator.truediv,
}


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

    def sizes(self) -> "tuple[Size, ...]":
        """``x.shape``: of images, of vectors behind a view or a flatten."""
        kinds = [item.kind for item in self.items]
        axes = 1 if kinds[-1:] == ["Merge"] else 2 if {"Flatten", "View", "Unflatten"} & set(kinds) else 4
        return (BATCH_SIZE, *(Size(frozenset((axis,)), self.items) for axis in range(1, axes)))

    def features(self) -> "Size":
        """All sizes behind the batch's, multiplied."""
        return Size(frozenset(range(1, len(self.sizes()))), self.items)


@dataclass(frozen=True)
class Size:
    """``x.size(axis)``, or what several of them make multiplied, of the tensor behind these layers. Axis 0 is of all
    tensors the same: as many images as there are.
    """

    axes: frozenset[int]
    items: tuple[Item, ...] = ()

    def times(self, other: object) -> "Size | None":
        """The product, where it is one that a network needs."""
        if type(other) is int and other == 1:
            return self
        if isinstance(other, Size) and self.items == other.items and not self.axes & other.axes:
            return Size(self.axes | other.axes, self.items)
        return None


BATCH_SIZE = Size(frozenset((0,)))


class ModuleList(tuple):
    """Layers in torch's own list, which a class has to be ready for."""

    __slots__ = ()


class Definition:
    """A class of the text's own, with its ``methods``."""

    def __init__(self, node: ast.ClassDef) -> None:
        self.name = node.name
        self.line = node.lineno
        self.bases = node.bases
        self.methods = {one.name: one for one in node.body if isinstance(one, ast.FunctionDef)}

    @property
    def is_module(self) -> bool:
        """Whether it is one of torch's, or the text's own, which its ``__init__`` has to make ready for layers."""
        return "forward" in self.methods


@dataclass(frozen=True, eq=False)
class Function:
    """A function of the text's own, outside all classes."""

    node: ast.FunctionDef


@dataclass(eq=False)
class Instance:
    """An object of such a class, with what its ``__init__`` gave it; ``ready`` for layers by super().__init__()."""

    definition: Definition
    ready: bool
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


def calculate(node: ast.stmt | ast.expr, sign: ast.operator, left: object, right: object) -> object:
    """What ``20*4*4`` is, a product of sizes, or two lists in a row.

    Raises Unreadable for what is no number, or a large one.
    """
    if isinstance(left, Tensor) or isinstance(right, Tensor):
        raise Unreadable(
            "{code} calculates with a tensor: that is no layer, and here a network is layers in one row.",
            line=node.lineno,
            code=code_of(node),
        )
    if isinstance(sign, ast.Mult) and (isinstance(left, Size) or isinstance(right, Size)):
        product = left.times(right) if isinstance(left, Size) else right.times(left)
        if product:
            return product
    if isinstance(sign, ast.Add) and isinstance(left, tuple) and isinstance(right, tuple):
        check_length(node, len(left) + len(right))
        return type(left)((*left, *right))
    try:
        if all(type(number) in (int, float) for number in (left, right)):
            result = _OPERATIONS[type(sign)](left, right)
            if abs(result) <= MAX_NUMBER:
                return result
    except (KeyError, ZeroDivisionError):
        pass
    raise _no_number(node)


def _no_number(node: ast.stmt | ast.expr) -> Unreadable:
    return Unreadable(
        "{code} is no number that is worked out here: whole numbers up to a billion, with + − * // and %.",
        line=node.lineno,
        code=code_of(node),
    )


def check_length(node: ast.stmt | ast.expr, count: int) -> None:
    """Raises Unreadable for a list of more entries than MAX_SEQUENCE."""
    if count > MAX_SEQUENCE:
        raise Unreadable("This list is longer than a network needs.", line=node.lineno)
