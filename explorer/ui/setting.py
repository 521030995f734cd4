"""Settings that a link holds: their value can be read before their widget is drawn, so that the picture comes first.

Streamlit's own ``bind="query-params"`` knows a value only where its widget is drawn, and writes a choice's label,
which depends on the language.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from explorer.ui.language import language, t


@dataclass(frozen=True)
class Number:
    """A number between ``lowest`` and ``highest``; whole where ``default`` is. ``key`` is its name in the link."""

    key: str
    lowest: float
    highest: float
    default: float

    @property
    def value(self) -> Any:
        """What the learner set, else what the link says, else the default."""
        return _linked(self.key, self.default, self._parse)

    def slider(self, label: str, **options: object) -> None:
        """Draws it as a slider."""
        self._draw(st.slider, label, **options)

    def field(self, label: str, **options: object) -> None:
        """Draws it as a field with − and +."""
        self._draw(st.number_input, label, **options)

    def write(self) -> None:
        """Puts its value into the link, unless it is the default."""
        write_parameter(self.key, "" if self.value == self.default else f"{self.value:.12g}")

    def _draw(self, widget: Callable[..., object], label: str, **options: object) -> None:
        self.write()
        widget(label, self.lowest, self.highest, key=self.key, persist_state="session", **options)

    def _parse(self, text: str) -> float:
        value = type(self.default)(text)
        if not self.lowest <= value <= self.highest:
            raise ValueError(f"{value} is outside {self.lowest} … {self.highest}")
        return value


@dataclass(frozen=True)
class Choice:
    """One of ``names`` (name -> marked label), by default the first unless ``usual`` names another.

    The link holds the name.
    """

    key: str
    names: Mapping[str, str]
    usual: str = ""

    @property
    def default(self) -> str:
        """The name that no link needs to hold."""
        return self.usual or next(iter(self.names))

    @property
    def value(self) -> str:
        """What the learner chose, else what the link says, else the default."""
        return _linked(self.key, self.default, self._parse)

    def select(self, label: str, **options: object) -> None:
        """Draws it as a select box."""
        self.write()
        self._speak(language())
        labels = {name: t(sentence) for name, sentence in self.names.items()}
        st.selectbox(label, list(labels), format_func=labels.get, key=self.key, persist_state="session", **options)

    def write(self) -> None:
        """Puts its name into the link, unless it is the default."""
        write_parameter(self.key, "" if self.value == self.default else self.value)

    def _speak(self, now: str) -> None:
        # The browser holds the chosen label. In another language it is none of the labels: it would stay on screen,
        # and come back as a name that nobody knows. A value that is set goes to the browser anew.
        spoken = f"{self.key}_language"
        if st.session_state.get(spoken) != now:
            st.session_state[spoken], st.session_state[self.key] = now, self.value

    def _parse(self, text: str) -> str:
        if text not in self.names:
            raise ValueError(f"{text!r} is none of {', '.join(self.names)}")
        return text


@dataclass(frozen=True)
class Switch:
    """Off by default, unless ``default`` says otherwise; ``true`` or ``false`` in the link where it differs."""

    key: str
    default: bool = False

    @property
    def value(self) -> bool:
        """Whether it is on."""
        return _linked(self.key, self.default, {"true": True, "false": False}.__getitem__)

    def write(self) -> None:
        """Puts its state into the link, unless it is the default."""
        write_parameter(self.key, "" if self.value == self.default else str(self.value).lower())

    def toggle(self, label: str, **options: object) -> None:
        """Draws it as a toggle."""
        self.write()
        st.toggle(label, key=self.key, persist_state="session", **options)


def write_parameter(key: str, text: str) -> None:
    """Puts ``text`` into the link; nothing, and its name goes too."""
    if text:
        if st.query_params.get(key) != text:
            st.query_params[key] = text
    elif key in st.query_params:
        del st.query_params[key]


def _linked(key: str, default: Any, parse: Callable[[str], Any]) -> Any:
    if key not in st.session_state:
        try:
            st.session_state[key] = parse(st.query_params[key])
        except (KeyError, ValueError, OverflowError):  # not in the link, or nonsense
            st.session_state[key] = default
    return st.session_state[key]
