"""How Babel finds the sentences in a Python file (`make words`; pyproject.toml names the functions that say them).

Babel's own reader of Python looks neither into f-strings nor into a call within a call's arguments.
"""

import ast
from collections.abc import Collection, Iterator, Mapping
from typing import BinaryIO


def extract_sentences(
    file: BinaryIO, functions: Collection[str], comment_tags: Collection[str], options: Mapping[str, object]
) -> Iterator[tuple[int, str, tuple[str | None, ...], list[str]]]:
    """(line, function, its arguments: None for what is no literal text, comments) of every call of ``functions``.

    The parameters and what is yielded are those of Babel's extraction methods; no comment is taken.
    """
    calls = [node for node in ast.walk(ast.parse(file.read())) if isinstance(node, ast.Call) and node.args]
    for call in sorted(calls, key=lambda node: node.lineno):
        if isinstance(call.func, ast.Name) and call.func.id in functions:
            yield call.lineno, call.func.id, tuple(_text(argument) for argument in call.args), []


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
