"""What a pasted program does that changes no layer: it prints, it sets weights, it makes a class ready for layers."""

import ast

from explorer.core.network.reader.expressions import Expressions, Names
from explorer.core.network.reader.names import bind, changed_list, spoil
from explorer.core.network.reader.source import Unreadable, code_of
from explorer.core.network.reader.values import Instance, Tensor

SELF = "super()"  # the name of a method's own object: none that a program can give
_IDLE = ("print", "torch.manual_seed", "torch.nn.init")
_WEIGHTS = ("weight", "bias")
_QUIET = (ast.If, ast.For, ast.Pass, ast.Expr, ast.Assign)


def is_idle(node: ast.expr, names: Names, expressions: Expressions) -> bool:
    """Whether it is ``nn.init.zeros_(…)``, ``layer.weight.data.normal_(0, 1)``, ``print(…)``, a text by itself."""
    if not isinstance(node, ast.Call):
        return isinstance(node, ast.Constant)
    path = expressions.path(node.func, names)
    if path and any(path == idle or path.startswith(f"{idle}.") for idle in _IDLE):
        return True
    owner: ast.expr = node
    while isinstance(owner, (ast.Call, ast.Attribute, ast.Subscript)):
        if isinstance(owner, ast.Attribute) and owner.attr in _WEIGHTS:
            return True
        owner = owner.func if isinstance(owner, ast.Call) else owner.value
    return False


def made_ready(node: ast.expr, names: Names, expressions: Expressions) -> Instance | None:
    """The object of ``super().__init__()``, ``super(Net, self).__init__()`` or ``nn.Module.__init__(self)``."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "__init__"):
        return None
    own, owner = names.get(SELF), node.func.value
    if not isinstance(own, Instance):
        return None
    given = [names.get(one.id) if isinstance(one, ast.Name) else None for one in node.args]
    if expressions.path(owner, names) in ("torch.nn.Module", "Module", "torch.nn.modules.Module"):
        return own if given == [own] else None
    if not (isinstance(owner, ast.Call) and expressions.path(owner.func, names) == "super"):
        return None
    named = [names.get(one.id) if isinstance(one, ast.Name) else None for one in owner.args]
    return own if named in ([], [own.definition, own]) else None


def changes_nothing(statement: ast.stmt, names: Names, expressions: Expressions) -> bool:
    """Whether a condition or loop, which cannot be followed, only sets weights or prints, whichever way it goes."""
    for one in ast.walk(statement):
        expressions.step(statement)
        if isinstance(one, ast.stmt) and not isinstance(one, _QUIET):
            return False
        if isinstance(one, ast.Expr) and not is_idle(one.value, names, expressions):
            return False
    return True


def unknown_after(statement: ast.stmt, error: Unreadable, names: Names, expressions: Expressions) -> None:
    """What a statement that was not followed gives names to, and the lists that it changes, cannot be read any more."""
    for one in ast.walk(statement):
        expressions.step(statement)
        if isinstance(getattr(one, "ctx", None), ast.Store):
            bind(one, error, names)
        elif changed := changed_list(one):
            spoil(changed, error, names)


def touches_no_layer(node: ast.Call, names: Names, expressions: Expressions) -> bool:
    """Whether it is ``self.apply(…)``, or a function that is not in the text and gets no layer, list or tensor."""
    function = node.func
    try:
        if path := expressions.path(function, names):
            if path.startswith("super"):
                return False
            given = expressions.given(node, names)
            values = (*given[0], *given[1].values())
            return all(isinstance(one, (Instance, int, float, str, type(None))) for one in values)
        return (
            isinstance(function, ast.Attribute)
            and function.attr == "apply"
            and isinstance(expressions.value(function.value, names), Instance)
        )
    except Unreadable:
        return False


def left_out(node: ast.stmt | ast.expr, code: str) -> Unreadable:
    """The remark on what was skipped."""
    return Unreadable("{code} is left out: only the layers are read.", line=node.lineno, code=code)


def unused(node: ast.Call, names: Names) -> Unreadable:
    """What is said about a call that makes a tensor which no layer is given."""
    near = [*node.args[:1], *([node.func.value] if isinstance(node.func, ast.Attribute) else [])]
    named = [one.id for one in near if isinstance(one, ast.Name) and isinstance(names.get(one.id), Tensor)]
    code = code_of(node)
    return Unreadable(
        "The result of {code} is not used. Write {fix}.",
        line=node.lineno,
        code=code,
        fix=f"{named[0] if named else 'x'} = {code}",
    )
