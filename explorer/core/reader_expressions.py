"""What an expression of a pasted program stands for: worked out by its tree, and no line of it is run."""

import ast
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field

from explorer.core.reader_calls import module_of, no_layer, on_tensor, unknown
from explorer.core.reader_layers import LAYERS
from explorer.core.reader_source import Unreadable, code_of, too_much
from explorer.core.reader_values import (
    BATCH_SIZE,
    TRAINING,
    Definition,
    Function,
    Instance,
    Module,
    Tensor,
    calculate,
    constant,
)

MAX_STEPS = 6_000  # expressions and statements worked out, of one text
MAX_SEQUENCE = 200  # entries of a list
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

    def value(self, node: ast.expr, names: Names) -> object:
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
            case ast.BinOp():
                return calculate(node, node.op, self.value(node.left, names), self.value(node.right, names))
            case ast.Subscript():
                return self._entry(node, names)
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
            found = owner.attributes.get(node.attr, TRAINING if node.attr == "training" else None)
            if isinstance(found, Unreadable):
                raise found
            if found is not None:
                return found
            raise Unreadable("{code} has no value that can be read.", line=node.lineno, code=code_of(node))
        if isinstance(owner, Tensor) and node.attr == "shape":
            return owner
        raise unknown(node)

    def _entry(self, node: ast.Subscript, names: Names) -> object:
        owner, index = self.value(node.value, names), self.value(node.slice, names)
        if isinstance(owner, Tensor) and index == 0:  # of x.shape or x.size()
            return BATCH_SIZE
        if isinstance(owner, tuple) and type(index) is int and -len(owner) <= index < len(owner):
            return owner[index]
        raise unknown(node)

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
            return self.call(called, *self._given(node, names), node.lineno)
        return self._applied(called, self._given(node, names)[0], node)

    def _given(self, node: ast.Call, names: Names) -> tuple[list[object], dict[str, object]]:
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
            return self.method(owner, name, self._given(node, names)[0], node.lineno)
        if isinstance(owner, Tensor):
            if name in _SAME_TENSOR:
                return owner
            given, named = self._given(node, names)
            if name == "size" and not named:
                if given not in ([], [0]):
                    raise unknown(node)
                return BATCH_SIZE if given else owner
            return on_tensor(node, name, owner, given, named, self.notes)
        raise unknown(node)

    def _of_torch(self, node: ast.Call, path: str, names: Names) -> object:
        folder, _, name = path.rpartition(".")
        given, named = self._given(node, names)
        if path in ("OrderedDict", "collections.OrderedDict", "list", "tuple", "dict", "torch.nn.ModuleList"):
            if not given or isinstance(given[0], tuple):
                return given[0] if given else ()
            raise unknown(node)
        if path == "int" and len(given) == 1 and type(given[0]) in (int, float):
            return int(given[0])
        if path == "range" and 0 < len(given) < 3 and all(type(one) is int for one in given):
            return _numbers(node, range(*given))
        if path == "len" and len(given) == 1 and isinstance(given[0], Tensor):
            return BATCH_SIZE
        if folder in ("", "torch.nn", "torch.nn.modules") and name in ("Sequential", "Identity", *LAYERS):
            return module_of(node, name, given, named)
        if folder in ("torch", "torch.nn.functional") and given and isinstance(given[0], Tensor):
            return on_tensor(node, name, given[0], given[1:], named, self.notes)
        if folder in ("", "torch.nn") and name[:1].isupper():
            raise no_layer(node, name)
        raise unknown(node)


def _is_attribute(owner: Instance, name: str) -> bool:
    return name in owner.attributes or not (name in owner.definition.methods or name in _SAME_MODULE)


def _numbers(node: ast.expr, found: range) -> tuple[int, ...]:
    check_length(node, len(found))
    return tuple(found)


def check_length(node: ast.expr, count: int) -> None:
    """Raises Unreadable for a list of more entries than MAX_SEQUENCE."""
    if count > MAX_SEQUENCE:
        raise Unreadable("This list is longer than a network needs.", line=node.lineno)
