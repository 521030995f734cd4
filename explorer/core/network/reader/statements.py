"""The statements of a pasted program: what they give names to, and a class's methods line by line."""

import ast
from collections import ChainMap
from collections.abc import Mapping

from explorer.core.network.reader.calls import unknown
from explorer.core.network.reader.expressions import Expressions, Names
from explorer.core.network.reader.idle_statements import (
    SELF,
    changes_nothing,
    is_idle,
    left_out,
    made_ready,
    touches_no_layer,
    unknown_after,
    unused,
)
from explorer.core.network.reader.names import append, bind, not_followed, not_ready
from explorer.core.network.reader.parameters import parameters
from explorer.core.network.reader.python import truth
from explorer.core.network.reader.source import TooMuch, Unreadable, code_of, too_much
from explorer.core.network.reader.values import (
    Definition,
    Function,
    Instance,
    Module,
    Tensor,
    calculate,
)

MAX_DEPTH = 8  # methods of the text's own inside one another
Returned = tuple[object]  # what a method's ``return`` gave


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
        if not called.bases and "forward" in called.methods:
            raise Unreadable(
                "A class of layers begins with {fix}.", line=called.line, fix=f"class {called.name}(nn.Module):"
            )
        function = called.methods.get("__init__")
        instance = Instance(called, ready=not (function and called.is_module))
        if function:
            self._run(function, [instance, *given], named, line)
            if not instance.ready:
                raise not_ready(function.lineno)
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
            unknown_after(statement, error, names, self.expressions)
            value = error
        for target in targets:
            bind(target, value, names)
        return value if isinstance(value, Unreadable) else None

    def _run(self, function: ast.FunctionDef, given: list[object], named: Mapping[str, object], line: int) -> object:
        """A method's lines in turn, to its ``return``. Raises Unreadable for one that may change what is read."""
        self._depth += 1
        try:
            if self._depth > MAX_DEPTH:
                raise too_much(line)
            own = {SELF: given[0]} if given and isinstance(given[0], Instance) else {}
            known = parameters(function, given, named, line, lambda node: self.expressions.value(node, self.names))
            names = ChainMap(known | own, self.names)
            returned = self._lines(function.body, names)
            return returned[0] if returned else None
        finally:
            self._depth -= 1

    def _lines(self, statements: list[ast.stmt], names: Names) -> Returned | None:
        for statement in statements:
            self.expressions.step(statement)
            if returned := self.follow(statement, names):
                return returned
        return None

    def follow(self, statement: ast.stmt, names: Names) -> Returned | None:
        """One line of a method or function, a loop, or a condition; what a ``return`` gave, if there was one.

        Raises Unreadable for what may change what is read.
        """
        match statement:
            case ast.Return():
                return (self.expressions.value(statement.value, names) if statement.value else None,)
            case ast.Assign() | ast.AnnAssign():
                self.assign(statement, names)
            case ast.For(orelse=[]):
                return self._repeat(statement, names)
            case ast.If():
                return self._choose(statement, names)
            case ast.Pass() | ast.Assert():
                pass
            case ast.Expr():
                self._call_alone(statement.value, names)
            case ast.AugAssign():
                self._augment(statement, names)
            case ast.Delete():
                for target in statement.targets:
                    bind(target, not_followed(statement), names)
            case _:
                raise not_followed(statement)
        return None

    def _repeat(self, statement: ast.For, names: Names) -> Returned | None:
        """A loop over layers in a list, over a range, over a tensor's sizes."""
        try:
            found = self.expressions.value(statement.iter, names)
        except TooMuch:
            raise
        except Unreadable as error:
            return self._leave_out(
                statement, f"for {code_of(statement.target)} in {code_of(statement.iter)}", error, names
            )
        parts = tuple(Module((item,)) for item in found.items) if isinstance(found, Module) else found
        if not isinstance(parts, tuple):
            raise unknown(statement.iter)
        for part in parts:
            bind(statement.target, part, names)
            if returned := self._lines(statement.body, names):
                return returned
        return None

    def _choose(self, statement: ast.If, names: Names) -> Returned | None:
        """The lines of a condition that is known."""
        try:
            holds = truth(statement.test, self.expressions.value(statement.test, names))
        except TooMuch:
            raise
        except Unreadable:
            return self._leave_out(statement, f"if {code_of(statement.test)}", not_followed(statement), names)
        return self._lines(statement.body if holds else statement.orelse, names)

    def _leave_out(self, statement: ast.For | ast.If, code: str, error: Unreadable, names: Names) -> None:
        """Skips what sets weights or prints, whatever the condition; else raises ``error``."""
        if not (self._depth and changes_nothing(statement, names, self.expressions)):
            raise error
        unknown_after(statement, error, names, self.expressions)
        self.expressions.notes.append(left_out(statement, code))

    def _call_alone(self, node: ast.expr, names: Names) -> None:
        """A line that is an expression: a call whose result is not used."""
        if is_idle(node, names, self.expressions) or append(node, names, self.expressions):
            return
        if instance := made_ready(node, names, self.expressions):
            instance.ready = True
            return
        if not isinstance(node, ast.Call):
            raise unknown(node)
        try:
            value = self.expressions.value(node, names)
        except TooMuch:
            raise
        except Unreadable:
            if not (self._depth and touches_no_layer(node, names, self.expressions)):
                raise
            self.expressions.notes.append(left_out(node, code_of(node)))
            return
        if isinstance(value, Tensor):
            raise unused(node, names)

    def _augment(self, statement: ast.AugAssign, names: Names) -> None:
        """``features *= size``, ``layers += [nn.ReLU()]``."""
        target, value = statement.target, statement.value
        try:
            before, added = (self.expressions.value(one, names) for one in (target, value))
            result = calculate(statement, statement.op, before, added)
        except TooMuch:
            raise
        except Unreadable as error:
            unknown_after(statement, error, names, self.expressions)
            return
        bind(target, result, names)
