"""What a run's description must be before it is believed: somebody may have edited run.json, or written one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any

from explorer.core.run.records import Epoch, Started

_MOST = 2**53  # of a whole number: more than any run counts to, and exact as a float


def require_described(values: Mapping[str, Any]) -> None:
    """Raises TypeError, KeyError or ValueError where a value is of another kind than the app writes."""
    _require(values, ("id", "owner", "state"), _is_text)
    _require(values, ("step", "deaths"), _is_count)
    _require(values, ("seconds", "images_per_second"), lambda value: value is not None and _is_number(value))
    for kind, record in ((Started, values["started"]), *((Epoch, epoch) for epoch in values["epochs"])):
        for type_name, is_kind in _KINDS.items():
            named = [field.name for field in fields(kind) if field.type is type_name and field.name in record]
            _require(record, named, is_kind)
    _require(values["started"], ("versions",), _is_mapping)
    if values.get("error"):
        text, numbers = values["error"]
        _require({"text": text}, ("text",), _is_text)
        _require({"numbers": numbers}, ("numbers",), _is_mapping)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_mapping(value: object) -> bool:
    return isinstance(value, dict)


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= _MOST


def _is_number(value: object) -> bool:
    """Null stands for what is no number."""
    return value is None or type(value) is float or (type(value) is int and abs(value) <= _MOST)


_KINDS: Mapping[type, Callable[[object], bool]] = {str: _is_text, int: _is_count, float: _is_number}


def _require(values: Mapping[str, Any], names: Iterable[str], is_kind: Callable[[object], bool]) -> None:
    for name in names:
        if not is_kind(values[name]):
            raise TypeError(f"{name} is {values[name]!r}")
