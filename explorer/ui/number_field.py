"""A field for a number that is kept elsewhere: what is typed is read here, so that every refusal has its reason.

Streamlit's own number field makes 25 of “2,5”, keeps what it refuses to itself, and an emptied one comes back as its
lowest number.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

import streamlit as st

from explorer.core.errors import SettingError
from explorer.core.number_text import read_number, spell
from explorer.ui.fresh_key import fresh_key, is_late
from explorer.ui.language import explain_error
from explorer.ui.markdown_escape import escape_markdown

OnNumber = Callable[[float], object]


@dataclass
class _Field:
    """What is on screen, and what came of what was typed last."""

    owner: Hashable
    value: float  # that stands, whatever is typed
    key: str = ""
    text: str = ""
    problem: SettingError | None = None


def number_field(
    name: str,
    label: str,
    bounds: tuple[float, float],
    value: float,
    on_number: OnNumber,
    *,
    owner: Hashable = None,
    on_refused: Callable[[], object] = lambda: None,
    **options: object,
) -> None:
    """Draws ``owner``'s ``value`` and gives ``on_number`` each new one within ``bounds``, whole where those are ints.

    A refused text stays to be mended, with its reason, until the value is changed in another way. ``options`` are those
    of ``st.text_input``.
    """
    field = _field(name, owner, value)
    if field is None:
        field = st.session_state[_field_key(name)] = _Field(owner, value, text=spell(value))
    field.key = fresh_key(name, owner, field.text)
    st.text_input(
        label,
        field.text,
        key=field.key,
        on_change=_accept,
        args=(name, field.key, bounds, on_number, on_refused),
        **options,
    )
    st.session_state[_acceptor_key(name)] = lambda: _accept(name, field.key, bounds, on_number, lambda: None)
    if field.problem:
        st.markdown(f":red[:small[{escape_markdown(explain_error(field.problem))}]]")


def why_refused(name: str, value: float, owner: Hashable = None) -> SettingError | None:
    """Why the text in the field of that name is refused, while its ``value`` stands; None where it is not."""
    field = _field(name, owner, value)
    return field.problem if field else None


def accept_typed_text(name: str) -> None:
    """Takes what was typed just before a click: one message brings both, and the click's callback may come first."""
    st.session_state.get(_acceptor_key(name), lambda: None)()


def forget_refused(name: str) -> None:
    """Lets the field show its number again where it holds a refused text."""
    field: _Field | None = st.session_state.get(_field_key(name))
    if field and field.problem:
        del st.session_state[_field_key(name)]


def _accept(
    name: str, key: str, bounds: tuple[float, float], on_number: OnNumber, on_refused: Callable[[], object]
) -> None:
    field: _Field | None = st.session_state.get(_field_key(name))
    if field is None or key not in st.session_state or is_late(key, name, field.owner):
        return
    text = st.session_state[key] or ""
    if text == field.text:
        return
    field.text = text
    try:
        field.value = read_number(text, *bounds)
    except SettingError as error:
        field.problem = error
        on_refused()
        return
    field.problem = None
    on_number(field.value)


def _field(name: str, owner: Hashable, value: float) -> _Field | None:
    field = st.session_state.get(_field_key(name))
    return field if field and (field.owner, field.value) == (owner, value) else None


def _field_key(name: str) -> str:
    return f"{name}_field"


def _acceptor_key(name: str) -> str:
    return f"{name}_accept"
