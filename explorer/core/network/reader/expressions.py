"""What an expression of a pasted program stands for: worked out by its tree, and no line of it is run."""

import ast
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field

from explorer.core.network.reader.calls import module_of, no_layer, on_tensor, unknown
from explorer.core.network.reader.layers import LAYERS
from explorer.core.network.reader.python import compared, entry, python_function, truth
from explorer.core.network.reader.source import Unreadable, code_of, too_much
from explorer.core.network.reader.values import (
    TRAINING,
    Definition,
    Function,
    Instance,
    Module,
    Tensor,
    calculate,
    check_length,
    constant,
)

MAX_STEPS = 6_000  # expressions and statements worked out, of one text
_MODULES = {"torch": "torch", "nn": "torch.nn", "F": "torch.nn.functional"}  # what they are called where no import is
_SAME_TENSOR = ("to", "cuda", "cpu", "float", "contiguous")  # of a tensor or a module
_SAME_MODULE = (*_SAME_TENSOR, "train", "eval", "requires_grad_")
Names = MutableMapping[str, object]
Call = Callable[[Definition | Function, list[object], Mapping[str, object], int], object]
Method = Callable[[Instance, str, list[object], int], object]


@dataclass
class Expressions:
    """Works expressions out, the text's own functions and classes by ``call`` and ``method``; ``notes`` are remarks."""

    call: Call
    method: Method
    modules: dict[str, str] = field(default_factory=lambda: dict(_MODULES))
    notes: list[Unreadable] = field(default_factory=list)
    steps: int = 0

    def step(self, node: ast.stmt | ast.expr) -> None:
        """Counts what is worked out. Raises Unreadable where it is more than a network needs."""
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise too_much(node.lineno)

    def value(self, node: ast.expr, names: Names) -> object:  # noqa: C901 - a case a kind of expression
        """A number, text, tuple, layer, tensor … Raises Unreadable."""
        self.step(node)
        match node:
            case ast.Constant():
                return constant(node)
            case ast.Name():
                return self._name(node, names)
            case ast.Attribute():
                return self._attribute(node, names)
            case ast.Call():
                return self._call(node, names)
            case ast.Tuple() | ast.List():
                return self._sequence(node.elts, names)
            case ast.Dict() if None not in node.keys:
                keys, values = self._sequence(node.keys, names), self._sequence(node.values, names)
                return tuple(zip(keys, values, strict=True))
            case ast.UnaryOp(op=ast.USub()):
                return calculate(node, ast.Sub(), 0, self.value(node.operand, names))
            case ast.UnaryOp(op=ast.Not()):
                return not truth(node.operand, self.value(node.operand, names))
            case ast.IfExp():
                holds = truth(node.test, self.value(node.test, names))
                return self.value(node.body if holds else node.orelse, names)
            case ast.Compare():
                return compared(node, self.value(node.left, names), self.value(node.comparators[0], names))
            case ast.BinOp():
                return calculate(node, node.op, self.value(node.left, names), self.value(node.right, names))
            case ast.Subscript():
                return entry(node, self.value(node.value, names), self._index(node.slice, names))
        raise unknown(node)

    def path(self, node: ast.expr, names: Names) -> str | None:
        """``torch.nn.functional.relu`` for ``F.relu``; None for what begins with a variable or is no such name."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name) or node.id in names:
            return None
        return ".".join([self.modules.get(node.id, node.id), *reversed(parts)])

    def _sequence(self, nodes: list[ast.expr], names: Names) -> tuple[object, ...]:
        values: list[object] = []
        for node in nodes:
            starred = isinstance(node, ast.Starred)
            value = self.value(node.value if starred else node, names)
            if starred and not isinstance(value, tuple):
                raise unknown(node)
            values += value if starred else [value]
            check_length(node, len(values))
        return tuple(values)

    def _name(self, node: ast.Name, names: Names) -> object:
        if node.id not in names:
            raise Unreadable("{code} has no value that can be read.", line=node.lineno, code=node.id)
        if isinstance(found := names[node.id], Unreadable):
            raise found
        return found

    def _attribute(self, node: ast.Attribute, names: Names) -> object:
        owner = None if self.path(node, names) else self.value(node.value, names)
        if isinstance(owner, Instance):
            missing = Unreadable("{code} has no value that can be read.", line=node.lineno, code=code_of(node))
            found = owner.attributes.get(node.attr, TRAINING if node.attr == "training" else missing)
            if isinstance(found, Unreadable):
                raise found
            return found
        if isinstance(owner, Tensor) and node.attr == "shape":
            return owner.sizes()
        raise unknown(node)

    def _index(self, node: ast.expr, names: Names) -> object:
        """A number, or the slice of a list."""
        if not isinstance(node, ast.Slice):
            return self.value(node, names)
        first, last = (self.value(one, names) if one else None for one in (node.lower, node.upper))
        if node.step or not all(one is None or type(one) is int for one in (first, last)):
            raise unknown(node)
        return slice(first, last)

    def _call(self, node: ast.Call, names: Names) -> object:
        function = node.func
        if path := self.path(function, names):
            return self._of_torch(node, path, names)
        if isinstance(function, ast.Attribute):
            owner = self.value(function.value, names)
            if not (isinstance(owner, Instance) and _is_attribute(owner, function.attr)):
                return self._method(node, owner, function.attr, names)
        called = self.value(function, names)
        if isinstance(called, (Definition, Function)):
            return self.call(called, *self.given(node, names), node.lineno)
        return self._applied(called, self.given(node, names)[0], node)

    def given(self, node: ast.Call, names: Names) -> tuple[list[object], dict[str, object]]:
        """The arguments of a call. Raises Unreadable."""
        if any(keyword.arg is None for keyword in node.keywords):
            raise unknown(node)
        named = {str(keyword.arg): self.value(keyword.value, names) for keyword in node.keywords}
        return list(self._sequence(node.args, names)), named

    def _applied(self, called: object, given: list[object], node: ast.Call) -> object:
        """A layer, or an object of the text's own, on a tensor."""
        if isinstance(called, Instance):
            return self.method(called, "forward", given, node.lineno)
        if isinstance(called, Module) and len(given) == 1 and isinstance(given[0], Tensor):
            return given[0].through(called.items, node.lineno)
        raise unknown(node)

    def _method(self, node: ast.Call, owner: object, name: str, names: Names) -> object:
        if isinstance(owner, (Module, Instance)) and name in _SAME_MODULE:
            return owner
        if isinstance(owner, Instance):
            return self.method(owner, name, self.given(node, names)[0], node.lineno)
        if isinstance(owner, Tensor):
            if name in _SAME_TENSOR:
                return owner
            given, named = self.given(node, names)
            if name == "size" and not (named or given):
                return owner.sizes()
            if name == "size" and len(given) == 1 and not named:
                return entry(node, owner.sizes(), given[0])
            return on_tensor(node, name, owner, given, named, self.notes)
        if name == "numel" and (product := python_function(node, "math.prod", [owner])):  # of x.shape[1:]
            return product
        raise unknown(node)

    def _of_torch(self, node: ast.Call, path: str, names: Names) -> object:
        folder, _, name = path.rpartition(".")
        given, named = self.given(node, names)
        if (found := None if named else python_function(node, path, given)) is not None:
            return found
        if folder in ("", "torch.nn", "torch.nn.modules") and name in ("Sequential", "Identity", *LAYERS):
            return module_of(node, name, given, named)
        if folder in ("torch", "torch.nn.functional") and given and isinstance(given[0], Tensor):
            return on_tensor(node, name, given[0], given[1:], named, self.notes)
        if folder in ("", "torch.nn") and name[:1].isupper():
            raise no_layer(node, name)
        raise unknown(node)


def _is_attribute(owner: Instance, name: str) -> bool:
    return name in owner.attributes or not (name in owner.definition.methods or name in _SAME_MODULE)
