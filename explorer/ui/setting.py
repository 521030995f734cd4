"""Settings that a link holds: their value can be read before their widget is drawn, so that the picture comes first.

Streamlit's own ``bind="query-params"`` knows a value only where its widget is drawn, and writes a choice's label,
which depends on the language.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import streamlit as st

from explorer.core.errors import SettingError
from explorer.core.number_text import read_number, spell
from explorer.ui.address import linked_value, opened_page, write_parameter
from explorer.ui.language import language, t
from explorer.ui.number_field import forget_refused, number_field, why_refused
from explorer.ui.sent_labels import is_shown_anew, remember_labels, sent_name
from explorer.ui.view_options import control_options, view

Value = TypeVar("Value")


class Setting(ABC, Generic[Value]):
    """What a page keeps for the session and a link under the name ``key``; a link needs not hold the ``default``.

    ``Value`` is what the session holds: a number, a name, on or off.
    """

    key: str
    default: Value

    @property
    def value(self) -> Value:
        """What the learner set, else what the link says, else the default."""
        return linked_value(self.key, lambda: self.default, self._parse, self._text)

    def set(self, value: Value) -> None:
        """Changes it, unless a lecturer's link fixes it; its widget shows the new value when it is drawn next."""
        if not self.is_fixed:
            self.keep(value)

    def keep(self, value: Value) -> None:
        """Has the session hold it, fixed or not: its own value goes to its widget anew, or what is gone is replaced."""
        st.session_state[self.key] = value

    @property
    def is_fixed(self) -> bool:
        """Whether a lecturer's link fixes it: no preset, no example and no other setting changes it then."""
        return self.key in view().fixed

    def write(self) -> None:
        """Puts it into the link, unless it is the default."""
        write_parameter(self.key, self._text(self.value))

    def _options(self, label: str, options: Mapping[str, Any]) -> dict[str, Any] | None:
        """What a drawing method begins with: Streamlit's options, or None where a lecturer's link hides the control."""
        self.write()
        return control_options(self.key, label, options)

    @abstractmethod
    def _text(self, value: Value) -> str:
        """As the link holds it; "" for the default."""

    @abstractmethod
    def _parse(self, text: str) -> Value:
        """Raises ValueError, or a SettingError whose sentence the learner reads."""


@dataclass(frozen=True)
class Number(Setting[Any]):  # int or float, as its default is
    """A number between ``lowest`` and ``highest``; whole where ``default`` is. ``key`` is its name in the link."""

    key: str
    lowest: float
    highest: float
    default: float

    def slider(self, label: str, **options: object) -> None:
        """Draws it as a slider."""
        if (shown := self._options(label, options)) is not None:
            st.slider(label, self.lowest, self.highest, key=self.key, persist_state="session", **shown)

    def field(
        self,
        label: str,
        *,
        on_change: Callable[..., object] = lambda: None,
        args: Sequence[object] = (),
        **options: object,
    ) -> None:
        """Draws it as a field to type in; ``on_change`` is called with ``args`` after each new number."""
        if (shown := self._options(label, options)) is None:
            return

        def set_typed(value: float) -> None:
            self.set(value)
            on_change(*args)

        number_field(self.key, label, (self.lowest, self.highest), self.value, set_typed, **shown)

    @property
    def problem(self) -> SettingError | None:
        """Why the text in its field is refused; its value is the one before."""
        return why_refused(self.key, self.value)

    def set(self, value: float) -> None:
        """Changes it; a field in which another text was refused shows it too."""
        super().set(value)
        forget_refused(self.key)

    def _text(self, value: float) -> str:
        return "" if value == self.default else spell(value)

    def _parse(self, text: str) -> float:
        return read_number(text, self.lowest, self.highest)


@dataclass(frozen=True)
class Choice(Setting[str]):
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
        """As every setting's; a label that came from a page in the language before counts as its name."""
        sent = super().value
        if sent in self.names:
            return sent
        name = sent_name(self.key, sent)
        self.keep(name if name in self.names else self.default)
        return st.session_state[self.key]

    def select(self, label: str, *, on_change: Callable[..., object] = lambda: None, **options: object) -> None:
        """Draws it as a select box; ``on_change`` is called after each new choice."""
        if (shown := self._options(label, options)) is None:
            return
        labels, chosen = self._labels(), self.value
        remember_labels(self.key, labels)
        if is_shown_anew(self.key, language(), opened_page()):
            self.keep(chosen)

        def changed() -> None:
            nonlocal chosen
            before, chosen = chosen, self.value
            if chosen != before:  # the label of another language is another choice to Streamlit
                on_change()

        shown["on_change"] = changed
        st.selectbox(label, list(labels), format_func=labels.get, key=self.key, persist_state="session", **shown)

    def _labels(self) -> dict[str, str]:
        """The names' labels, in the page's language."""
        return {name: t(sentence) for name, sentence in self.names.items()}

    def _text(self, name: str) -> str:
        return "" if name == self.default else name

    def _parse(self, text: str) -> str:
        if text not in self.names:
            raise unknown_name(self.names)
        return text


@dataclass(frozen=True)
class Switch(Setting[bool]):
    """Off by default, unless ``default`` says otherwise; ``true`` or ``false`` in the link where it differs."""

    key: str
    default: bool = False

    def toggle(self, label: str, **options: object) -> None:
        """Draws it as a toggle."""
        if (shown := self._options(label, options)) is not None:
            st.toggle(label, key=self.key, persist_state="session", **shown)

    def _text(self, on: bool) -> str:
        return "" if on == self.default else str(on).lower()

    def _parse(self, text: str) -> bool:
        if text not in ("true", "false"):
            raise unknown_name(("true", "false"))
        return text == "true"


def unknown_name(names: Iterable[str]) -> SettingError:
    """The refusal of a name that is none of these."""
    return SettingError("Known are {known}.", known=", ".join(names))
