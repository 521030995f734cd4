"""Python's own functions and conditions in a pasted program, of values that are known: range, len, ==, if."""

import ast
import operator
from functools import reduce

from explorer.core.network.reader.calls import unknown
from explorer.core.network.reader.values import BATCH_SIZE, ModuleList, Size, Tensor, calculate, check_length

_COMPARISONS = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
}
_PLAIN = (bool, int, float, str, type(None))
_PATHS = {
    **{f"{folder}ModuleList": "ModuleList" for folder in ("", "torch.nn.")},
    **{f"{folder}OrderedDict": "list" for folder in ("", "collections.")},
    **{f"{folder}.prod": "prod" for folder in ("math", "np", "numpy")},
    **dict.fromkeys(("list", "tuple", "dict"), "list"),
    **{name: name for name in ("int", "range", "len", "enumerate")},
}


def python_function(node: ast.Call, path: str, given: list[object]) -> object | None:
    """What such a function gives; None for one of that path that is none, or gets something else."""
    match _PATHS.get(path), given:
        case "list", [] | [tuple()]:
            return given[0] if given else ()
        case "ModuleList", [] | [tuple()]:
            return ModuleList(*given)
        case "int", [int() | float() as number]:
            return int(number)
        case "int", [Size() as size]:
            return size
        case "range", [_] | [_, _] if all(type(one) is int for one in given):
            check_length(node, len(numbers := range(*given)))
            return tuple(numbers)
        case "len", [Tensor()]:
            return BATCH_SIZE
        case "len", [tuple() as entries]:
            return len(entries)
        case "enumerate", [tuple() as entries]:
            return tuple(enumerate(entries))
        case "prod", [tuple() as sizes]:
            return reduce(lambda left, right: calculate(node, ast.Mult(), left, right), sizes, 1)
    return None


def compared(node: ast.Compare, left: object, right: object) -> bool:
    """``left == right`` and the like, of numbers and texts. Raises Unreadable."""
    compare = _COMPARISONS.get(type(node.ops[0]))
    if compare and len(node.ops) == 1 and type(left) in _PLAIN and type(right) in _PLAIN:
        try:
            return compare(left, right)
        except TypeError:  # a text and a number
            pass
    raise unknown(node)


def truth(node: ast.expr, value: object) -> bool:
    """Whether a condition of that value holds. Raises Unreadable for one that is not known."""
    if type(value) in _PLAIN or isinstance(value, tuple):
        return bool(value)
    raise unknown(node)


def entry(node: ast.expr, owner: object, index: object) -> object:
    """``owner[index]`` of a list, ``index`` a slice or a number. Raises Unreadable."""
    if isinstance(owner, tuple):
        if isinstance(index, slice):
            return owner[index]
        if type(index) is int and -len(owner) <= index < len(owner):
            return owner[index]
    raise unknown(node)
