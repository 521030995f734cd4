"""What an operation's controls stand at, valid or not: read from its settings, tried, and kept until it is refused.

Each operation (convolution, channels, pooling) has a frozen dataclass of its choices, and says which setting each of
its fields is: ``Fields``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Protocol, TypeVar

import streamlit as st

from explorer.core.errors import SettingError
from explorer.ui.setting import Setting

Fields = Mapping[str, Setting[Any] | tuple[Setting[Any], Setting[Any]]]  # a pair is (rows, columns)


class Choices(Protocol):
    """A frozen dataclass whose defaults are valid, and whose fields can be hashed."""

    def check(self) -> None:
        """Raises SettingError where nothing can be drawn of them."""


AnyChoices = TypeVar("AnyChoices", bound=Choices)


def read_choices(kind: type[AnyChoices], fields: Fields) -> AnyChoices:
    """The choices that the settings, drawn or not yet, stand at."""
    return kind(
        **{
            name: tuple(one.value for one in setting) if isinstance(setting, tuple) else setting.value
            for name, setting in fields.items()
        }
    )


def write_settings(fields: Fields) -> None:
    """Puts every setting into the link, those too that another part of the page draws."""
    for setting in settings_of(fields):
        setting.write()


def set_settings(fields: Fields, values: Mapping[str, Any]) -> None:
    """Sets the choices of these names; of a pair both."""
    for name, value in values.items():
        setting = fields[name]
        for one, number in zip(setting, value, strict=True) if isinstance(setting, tuple) else ((setting, value),):
            one.set(number)


def settings_of(fields: Fields) -> Iterator[Setting[Any]]:
    """Every setting, both of a pair."""
    for setting in fields.values():
        yield from setting if isinstance(setting, tuple) else (setting,)


def with_value(choices: AnyChoices, field: str, value: object, axes: Sequence[int] = ()) -> AnyChoices:
    """The choices with another value of one field; of a pair only of these ``axes``, 0 rows and 1 columns."""
    if not axes:
        return replace(choices, **{field: value})
    pair = tuple(value if axis in axes else old for axis, old in enumerate(getattr(choices, field)))
    return replace(choices, **{field: pair})


@lru_cache(maxsize=4096)  # a few hundred choices are tried for the sliders' bounds at each move: 20 µs each
def refusal(choices: Choices) -> SettingError | None:
    """Why nothing can be drawn of the choices, or None."""
    try:
        choices.check()
    except SettingError as error:
        return error
    return None


def last_valid(page: str, choices: AnyChoices) -> tuple[AnyChoices, SettingError | None]:
    """The choices; where they are refused, the last valid ones, kept for this learner, and why."""
    kept = f"{page}_last_valid"
    if problem := refusal(choices):
        return st.session_state.get(kept, type(choices)()), problem
    st.session_state[kept] = choices
    return choices, None
