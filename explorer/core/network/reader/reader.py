"""Reads a network from a learner's program text: an nn.Sequential, a class with ``forward``, or a script with one.

The text is parsed (``reader_source``) and its tree is followed line by line; nothing of it is run. What cannot be read
raises Unreadable, with the line, where the network needs it: the rest of a script may be anything.
"""

import ast
from dataclasses import dataclass

from explorer.core.network.layer_kinds import KINDS
from explorer.core.network.layers import IMAGE, LayerSpec, NetworkSpec, numbered
from explorer.core.network.ledger import trace
from explorer.core.network.reader.layers import VIEWS
from explorer.core.network.reader.names import append
from explorer.core.network.reader.source import TooMuch, Unreadable, parse, too_deep
from explorer.core.network.reader.stack import stack_layers
from explorer.core.network.reader.statements import Statements
from explorer.core.network.reader.values import Definition, Function, Instance, Item, Module, Tensor, joined

_TENSORS = ("rand", "randn", "zeros", "ones", "empty", *VIEWS)


@dataclass(frozen=True)
class ReadNetwork:
    """The layers, named by their order; the images (C, H, W), where the text has a tensor of them; and remarks."""

    layers: tuple[LayerSpec, ...]
    image: tuple[int, int, int] | None = None
    notes: tuple[Unreadable, ...] = ()


def read_network(text: str) -> ReadNetwork:
    """The network of that text. Raises Unreadable, and nothing else, in a few hundredths of a second at most."""
    tree, printed = parse(text)
    try:
        program = _Program(tree)
        layers, notes = stack_layers(program.network())
        said = {(one.line, str(one)): one for one in (*_of_print(printed), *program.expressions.notes, *notes)}
        return ReadNetwork(numbered(layers), program.image(), tuple(said.values()))
    except RecursionError as error:
        raise too_deep(1) from error


def stack_of(found: ReadNetwork, image: tuple[int, int, int]) -> NetworkSpec:
    """The layers with the images that the text has, else with the first that fit them: such as ``image``, MNIST's,
    32×32 and 224×224 ones of as many channels as the first convolution takes.

    Raises SettingError for images beyond the limits.
    """
    if found.image:
        return NetworkSpec(found.layers, found.image)
    channels = next((spec["in_channels"] for spec in found.layers if spec.kind == "Conv2d"), image[0])
    sizes = (image[1:], IMAGE[1:], (32, 32), (224, 224))
    stacks = [NetworkSpec(found.layers, (channels, *size)) for size in sizes]
    return next((stack for stack in stacks if not trace(stack).problem), stacks[0])


def _of_print(line: int | None) -> list[Unreadable]:
    if line is None:
        return []
    return [
        Unreadable(
            "This is the print of a class: its layers are read in this order. What else its {code} does, no print "
            "shows.",
            line=line,
            code="forward",
        )
    ]


class _Program(Statements):
    """A program's names behind its last line."""

    def __init__(self, tree: ast.Module) -> None:
        super().__init__()
        self._outside = [one for one in tree.body if not isinstance(one, (ast.ClassDef, ast.FunctionDef))]
        self._failure: Unreadable | None = None  # of a line that makes layers
        for statement in tree.body:
            try:
                self._take(statement)
            except TooMuch:
                raise
            except Unreadable as error:
                self._failed(error, statement)

    def network(self) -> tuple[Item, ...]:
        """The layers: of the last class with ``forward``, else of what the last line made. Raises Unreadable."""
        found = [value for value in self.names.values() if not isinstance(value, Unreadable)]
        classes = [one for one in found if isinstance(one, Definition) and "forward" in one.methods]
        if classes:
            return self._of_class(classes[-1], [one for one in found if isinstance(one, Instance)])
        spoiled = [one for one in self.names.values() if isinstance(one, Unreadable) and one.spoils]
        if failures := [*spoiled, self._failure] if self._failure else spoiled:
            raise failures[-1]
        tensors = [one.items for one in found if isinstance(one, Tensor) and one.items]
        modules = [one.items for one in found if isinstance(one, Module)]
        if len(modules) > 1 and not tensors and len(modules[-1]) < 2:
            raise Unreadable(
                "There are layers here, but nothing puts them in a row: a Sequential, or a class with forward.",
                line=self._outside[-1].lineno,
            )
        if tensors or modules:
            return (tensors or modules)[-1]
        raise Unreadable("There is no network here: no Sequential, no class with forward, no layer.", line=1)

    def image(self) -> tuple[int, int, int] | None:
        """(C, H, W) of the first tensor of four axes that is made outside all classes, by torch.rand or a view."""
        calls = [node for one in self._outside for node in ast.walk(one) if isinstance(node, ast.Call)]
        for node in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
            if isinstance(node.func, ast.Attribute) and node.func.attr in _TENSORS:
                sizes = self._sizes(node)
                if len(sizes) == 4 and all(type(size) is int and size > 0 for size in sizes):
                    return sizes[1:]
        return None

    def _sizes(self, node: ast.Call) -> tuple:
        try:
            given = tuple(self.expressions.value(argument, self.names) for argument in node.args)
        except Unreadable:
            return ()
        return given[0] if len(given) == 1 and isinstance(given[0], tuple) else given

    def _of_class(self, definition: Definition, instances: list[Instance]) -> tuple[Item, ...]:
        made = [one for one in instances if "forward" in one.definition.methods]
        instance = made[-1] if made else self.call(definition, [], {}, definition.line)
        output = self.method(instance, "forward", [Tensor()], definition.line)
        if not isinstance(output, Tensor):
            raise Unreadable("{code} returns no tensor.", line=definition.line, code="forward")
        return output.items

    def _take(self, statement: ast.stmt) -> None:
        """A line outside all classes: what it names. The rest of a script is no business of a network's reader."""
        match statement:
            case ast.Assign() | ast.AnnAssign():
                if error := self.assign(statement, self.names):
                    self._failed(error, statement)
            case ast.Import() | ast.ImportFrom():
                self._import(statement)
            case ast.ClassDef() | ast.FunctionDef():
                self.names.pop(statement.name, None)
                value = Definition(statement) if isinstance(statement, ast.ClassDef) else Function(statement)
                self.names[statement.name] = value
            case ast.Expr(value=ast.Name()):
                pass  # a notebook's or console's way to print
            case ast.Expr():
                if not append(statement.value, self.names, self.expressions):
                    self._take_unnamed(statement)
            case _:
                self.follow(statement, self.names)

    def _take_unnamed(self, statement: ast.Expr) -> None:
        """A Sequential that has no name, or lines of layers with commas behind them."""
        value = self.expressions.value(statement.value, self.names)
        if isinstance(value, Tensor):
            self.names[""] = value
        parts = value if isinstance(value, tuple) else (value,)
        if parts and all(isinstance(one, Module) for one in parts):
            before = self.names.get("")
            items = before.items if isinstance(before, Module) else ()
            for one in parts:
                items = joined(items, one.items, statement.lineno)
            self.names[""] = Module(items)

    def _import(self, statement: ast.Import | ast.ImportFrom) -> None:
        """``import torch.nn as nn``, ``from torch import nn``."""
        folder = f"{statement.module}." if isinstance(statement, ast.ImportFrom) else ""
        for alias in statement.names:
            if folder or alias.asname:
                self.expressions.modules[alias.asname or alias.name] = folder + alias.name

    def _failed(self, error: Unreadable, statement: ast.stmt) -> None:
        calls = (node.func for node in ast.walk(statement) if isinstance(node, ast.Call))
        made = {one.attr if isinstance(one, ast.Attribute) else getattr(one, "id", "") for one in calls}
        if made & {"Sequential", *KINDS}:
            self._failure = error
