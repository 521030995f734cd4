"""What a function's parameters stand for in a pasted program."""

import ast
from collections.abc import Callable, Mapping, Sequence

from explorer.core.network.reader.source import Unreadable


def parameters(
    function: ast.FunctionDef,
    given: Sequence[object],
    named: Mapping[str, object],
    line: int,
    value: Callable[[ast.expr], object],
) -> dict[str, object]:
    """Name -> value, defaults included, which ``value`` works out; one that is not given is an error for whoever needs
    it. Raises Unreadable for arguments that the function has not.
    """
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
            values[name] = value(default)
        except Unreadable as error:
            values[name] = error
    return values | dict(zip(known, given, strict=False)) | dict(named)
