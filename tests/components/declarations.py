"""The messages to the browser as TypeScript declares them, made of their one definition in Python.

    make messages

writes explorer/components/messages.d.ts anew. The scripts are checked against it (make lint), Python's classes against
the TypedDicts that it is made of, and what pages really send in test_messages.py.
"""

import json
import types
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

FILE = Path(__file__).parents[2] / "explorer/components/messages.d.ts"
COMPONENTS = ("inspector", "confusion", "exercise", "forward", "home", "inside", "live_curves", "network_view")
COMPONENTS += ("probe_view", "run_table", "task_card")
SIMPLE = {str: "string", int: "number", float: "number", bool: "boolean", types.NoneType: "null"}
HEAD = (
    "// What Python sends the components. Made of their message.py by: make messages\n"
    "// biome-ignore-all format: as it is made\n\n"
    "/** A text, or several forms of one by plural rule, with their language. */\n"
    "export type Template = string | Record<string, string>;\n"
)


def declarations() -> str:
    """All of the file."""
    parts, written = [HEAD], set()
    for component in COMPONENTS:
        module = import_module(f"explorer.components.{component}.message")
        title = component.title().replace("_", "")
        words = f"{title}Words"
        if hasattr(module, "WORDS"):
            texts = f"Record<{_choice(module.WORDS)}, string>"
            forms = f" & Record<{_choice(module.FORMS)}, Template>" if hasattr(module, "FORMS") else ""
            parts.append(f"export type {words} = {texts}{forms};\n")
        for name, kind in vars(module).items():
            if is_typeddict(kind) and name not in written:
                written.add(name)
                hints = get_type_hints(kind).items()
                fields = "".join(f"  {field}: {_field(field, hint, words)};\n" for field, hint in hints)
                parts.append(f"export interface {name} {{\n{fields}}}\n")
    return "\n".join(parts)


def _field(name: str, hint: Any, words: str) -> str:
    if name == "words":
        return words
    if name in COMPONENTS:  # whose words these are
        return f"{name.title()}Words"
    return _written(hint)


def _choice(texts: Iterable[object]) -> str:
    return " | ".join(map(json.dumps, texts))


def _written(hint: Any) -> str:
    origin, parts = get_origin(hint), get_args(hint)
    if hint in SIMPLE:
        return SIMPLE[hint]
    if is_typeddict(hint):
        return hint.__name__
    if origin is Literal:
        return _choice(parts)
    if origin in (Union, types.UnionType):
        return " | ".join(dict.fromkeys(_written(part) for part in parts))
    if origin is dict:
        return f"Record<{', '.join(map(_written, parts))}>"
    if origin is tuple:
        return f"[{', '.join(map(_written, parts))}]"
    assert origin is list, hint
    (item,) = parts
    written = _written(item)
    return f"({written})[]" if " | " in written else f"{written}[]"


def faults(value: object, hint: Any, place: str = "") -> Iterator[str]:
    """Where a value, as JSON has it, is not of its type."""
    origin, parts = get_origin(hint), get_args(hint)
    if is_typeddict(hint):
        hints = get_type_hints(hint)
        if not isinstance(value, dict) or set(value) != set(hints):
            yield f"{place} has not the fields of {hint.__name__}"
        else:
            for name, part in hints.items():
                yield from faults(value[name], part, f"{place}.{name}")
    elif origin in (Union, types.UnionType):
        if all(any(True for _ in faults(value, part)) for part in parts):
            yield f"{place} is none of {hint}"
    elif origin is tuple:
        if not isinstance(value, list) or len(value) != len(parts):
            yield f"{place} has not {len(parts)} entries"
        else:
            for number, (item, part) in enumerate(zip(value, parts, strict=True)):
                yield from faults(item, part, f"{place}[{number}]")
    elif origin is list:
        if not isinstance(value, list):
            yield f"{place} is no list"
        else:
            for number, item in enumerate(value):
                yield from faults(item, parts[0], f"{place}[{number}]")
    elif origin is dict:
        if not isinstance(value, dict):
            yield f"{place} is no dictionary"
        else:
            for name, item in value.items():
                yield from faults(item, parts[1], f"{place}[{name!r}]")
    elif origin is Literal:
        if value not in parts:
            yield f"{place} is {value!r}, none of {parts}"
    elif not isinstance(value, int | float if hint is float else hint) or isinstance(value, bool) is not (hint is bool):
        yield f"{place} is {value!r}, no {hint}"


if __name__ == "__main__":
    FILE.write_text(declarations(), "utf-8")
