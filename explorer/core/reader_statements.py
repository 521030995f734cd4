"""The statements of a pasted program: what they give names to, and a class's methods line by line."""

import ast
from collections import ChainMap
from collections.abc import Mapping

from explorer.core.reader_calls import unknown
from explorer.core.reader_expressions import Expressions, Names, check_length
from explorer.core.reader_source import TooMuch, Unreadable, too_much
from explorer.core.reader_values import Definition, Function, Instance, Module, joined

MAX_DEPTH = 8  # methods of the text's own inside one another
# Calls whose result nobody takes, and which change no layer: super().__init__(), nn.init.xavier_uniform_(…), …
_IDLE = ("super", "print", "torch.manual_seed", "torch.nn.init")
_CHANGES = ("extend", "insert", "pop", "remove", "clear", "reverse")  # of a list of layers
_WEIGHTS = ("weight", "bias")


class Statements:
    """Follows statements. ``names`` are those of the program's top level."""

    def __init__(self) -> None:
        self.names: dict[str, object] = {}
        self.expressions = Expressions(self.call, self.method)
        self._depth = 0

    def call(
        self, called: Definition | Function, given: list[object], named: Mapping[str, object], line: int
    ) -> object:
        """What the text's own function returns, or an object of its class, by ``__init__``. Raises Unreadable."""
        if isinstance(called, Function):
            return self._run(called.node, given, named, line)
        instance = Instance(called)
        if function := called.methods.get("__init__"):
            self._run(function, [instance, *given], named, line)
        return instance

    def method(self, instance: Instance, name: str, given: list[object], line: int) -> object:
        """What a method of the text's own makes of a tensor: ``forward``, or what that calls. Raises Unreadable."""
        function = instance.definition.methods.get(name)
        if function is None:
            raise Unreadable("Class {code} has no forward.", line=line, code=instance.definition.name)
        return self._run(function, [instance, *given], {}, line)

    def assign(self, statement: ast.Assign | ast.AnnAssign, names: Names) -> Unreadable | None:
        """Names a value; one that cannot be read is an error for whoever needs it, and returned."""
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        value: object = None
        try:
            value = self.expressions.value(statement.value, names) if statement.value else None
        except TooMuch:
            raise
        except Unreadable as error:
            value = error
        for target in targets:
            _bind(target, value, names)
        return value if isinstance(value, Unreadable) else None

    def append(self, node: ast.expr, names: Names) -> bool:
        """Whether it was ``net.append(layer)`` or ``net.add_module(name, layer)``, or changed a list in a way that is
        not followed: then the list cannot be read. Raises Unreadable."""
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            return False
        owner = node.func.value
        named = isinstance(owner, (ast.Name, ast.Attribute))
        if node.func.attr in _CHANGES and named:
            _spoil(owner, unknown(node), names)
            return True
        if node.func.attr not in ("append", "add_module") or not (
            node.args and isinstance(owner, (ast.Name, ast.Attribute))
        ):
            return False
        before, layer = (self.expressions.value(one, names) for one in (owner, node.args[-1]))
        if isinstance(before, Instance) and isinstance(name := getattr(node.args[0], "value", None), str):
            before.attributes[name] = layer
        elif isinstance(before, Module) and isinstance(layer, Module):
            _bind(owner, Module(joined(before.items, layer.items, node.lineno)), names)
        elif isinstance(before, tuple):
            check_length(node, len(before) + 1)
            _bind(owner, (*before, layer), names)
        else:
            return False
        return True

    def _run(self, function: ast.FunctionDef, given: list[object], named: Mapping[str, object], line: int) -> object:
        """A method's lines in turn, to its ``return``. Raises Unreadable for one that may change what is read."""
        self._depth += 1
        try:
            if self._depth > MAX_DEPTH:
                raise too_much(line)
            names = ChainMap(self._parameters(function, given, named, line), self.names)
            for statement in function.body:
                self.expressions.step(statement)
                if isinstance(statement, ast.Return):
                    return self.expressions.value(statement.value, names) if statement.value else None
                self.follow(statement, names)
            return None
        finally:
            self._depth -= 1

    def follow(self, statement: ast.stmt, names: Names) -> None:
        """One line of a method or function, or a loop. Raises Unreadable for what may change what is read."""
        match statement:
            case ast.Assign() | ast.AnnAssign():
                self.assign(statement, names)
            case ast.For(orelse=[]):
                self._repeat(statement, names)
            case ast.Pass() | ast.Assert() | ast.Expr(value=ast.Constant()):
                pass
            case ast.Expr():
                if not (self._is_idle(statement.value, names) or self.append(statement.value, names)):
                    raise unknown(statement.value)
            case ast.AugAssign():
                _bind(statement.target, _not_followed(statement), names)
            case ast.Delete():
                for target in statement.targets:
                    _bind(target, _not_followed(statement), names)
            case _:
                raise _not_followed(statement)

    def _repeat(self, statement: ast.For, names: Names) -> None:
        """A loop over layers in a list, or over a range."""
        found = self.expressions.value(statement.iter, names)
        parts = tuple(Module((item,)) for item in found.items) if isinstance(found, Module) else found
        if not isinstance(parts, tuple):
            raise unknown(statement.iter)
        for part in parts:
            _bind(statement.target, part, names)
            for line in statement.body:
                self.expressions.step(line)
                self.follow(line, names)

    def _is_idle(self, node: ast.expr, names: Names) -> bool:
        """Looks through ``super().__init__`` to what is called first."""
        while isinstance(node, ast.Call):
            path = self.expressions.path(node.func, names)
            if path and any(path == idle or path.startswith(f"{idle}.") for idle in _IDLE):
                return True
            node = node.func.value if isinstance(node.func, ast.Attribute) else node.func
        return False

    def _parameters(
        self, function: ast.FunctionDef, given: list[object], named: Mapping[str, object], line: int
    ) -> dict[str, object]:
        """Name -> value, defaults included; one that is not given is an error for whoever needs it."""
        positional = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
        known = [*positional, *(one.arg for one in function.args.kwonlyargs)]
        if len(given) > len(known) or not set(named) <= set(known):
            raise Unreadable("{code} gets other arguments than it has.", line=line, code=function.name)
        missing = [Unreadable("{code} has no value that can be read.", line=line, code=name) for name in known]
        values: dict[str, object] = dict(zip(known, missing, strict=True))
        named_only = zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
        defaults = [(one.arg, default) for one, default in named_only if default]
        defaults += zip(reversed(positional), reversed(function.args.defaults), strict=False)
        for name, default in defaults:
            try:
                values[name] = self.expressions.value(default, self.names)
            except Unreadable as error:
                values[name] = error
        return values | dict(zip(known, given, strict=False)) | dict(named)


def _bind(target: ast.expr, value: object, names: Names) -> None:
    """Gives the value that name; what is no name is none of this reader's business."""
    if isinstance(target, (ast.Tuple, ast.List)):
        fits = isinstance(value, tuple) and len(value) == len(target.elts)
        error = value if isinstance(value, Unreadable) else unknown(target)
        for one, part in zip(target.elts, value if fits else [error] * len(target.elts), strict=True):
            _bind(one, part, names)
    elif isinstance(target, ast.Name):
        names.pop(target.id, None)  # the name that was given last comes last
        names[target.id] = value
    elif isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
        owner = names.get(target.value.id)
        if isinstance(owner, Instance):
            owner.attributes[target.attr] = value
        elif isinstance(owner, Module) and target.attr not in _WEIGHTS:
            _spoil(target.value, unknown(target), names)
    elif isinstance(target, ast.Subscript):  # net[1] = …
        _spoil(target.value, value if isinstance(value, Unreadable) else unknown(target), names)


def _spoil(owner: ast.expr, error: Unreadable, names: Names) -> None:
    """What has that name cannot be read any more."""
    error.spoils = isinstance(owner, ast.Name) and isinstance(names.get(owner.id), Module)
    _bind(owner, error, names)


def _not_followed(statement: ast.stmt) -> Unreadable:
    return Unreadable(
        "{code} is not followed here: the layers of a network come one after the other.",
        line=statement.lineno,
        code=type(statement).__name__.lower(),
    )
