"""The page's address: read when the page is opened, written once a change, restored by Back and Forward.

Streamlit's browser side makes an entry of its history of each address that the server sends. At Back and Forward it
runs the page with that entry's address, and says so. Every other message may carry an address that is older than the
last one sent: none but an opened page's is believed, and what the learner changes cannot be undone by a late one.
"""

from collections.abc import Callable, Iterable
from time import monotonic
from typing import TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from explorer.core.errors import SettingError
from explorer.ui.address_state import LATE_SECONDS, AddressState, LostParameter

KEPT = ("lang", "run", "view")  # parameters that every page's address carries
_STATE = "address"
Value = TypeVar("Value")


def restore_from_history() -> None:
    """Takes Back and Forward: before anything is sent, for there a newer message may end this run."""
    if _script_run("is_history_navigation"):
        address = _address()
        if dict(st.query_params) == address.parameters_before:
            address.sent_at = -LATE_SECONDS  # Back from the address sent last, which the browser has thus received
        address.open_address(dict(st.query_params))
        address.is_restored = True
        _forget(KEPT)
        if monotonic() - address.sent_at < LATE_SECONDS:
            _send(address)  # Back has overtaken the last address, which was written over the entry that Back opened


def open_page(page: str) -> None:
    """Begins a run of the page of that path: the address of one just opened is read."""
    address = _address()
    if address.is_restored:
        _forget(address.own_names.get(page, set()) - set(KEPT))
    elif address.page not in (None, page):
        parameters = dict(st.query_params)
        _forget(address.set_by_link(page, parameters) - set(KEPT))
        address.open_address(parameters)
    address.page, address.is_restored = page, False


def was_opened(page: str) -> bool:
    """Whether the page of that path was drawn in this session."""
    return page in _address().left


def opened_page() -> str:
    """The path of the page that is open."""
    return _address().page or ""


def linked_value(
    name: str, default: Callable[[], Value], parse: Callable[[str], Value], spell: Callable[[Value], str]
) -> Value:
    """The session's value of that name; at first, and after Back or Forward, the address's, else the default.

    ``parse`` raises ValueError for what is none, and a SettingError is told to the learner; ``spell`` gives the text
    that ``write_parameter`` is given for the value.
    """
    if name not in st.session_state:
        address = _address()
        value = _read(address, name, parse) if name in address.parameters else None
        st.session_state[name] = default() if value is None else value
        if name not in address.refused:
            address.read_texts[name] = spell(st.session_state[name])
    return st.session_state[name]


def is_in_address(name: str) -> bool:
    """Whether the address has a parameter of that name."""
    return name in _address().parameters


def is_written(name: str) -> bool:
    """Whether it is a parameter of the open page's own address."""
    return name in _address().page_texts


def refuse_parameter(name: str, error: SettingError) -> None:
    """Notes, for the learner, why that parameter, or a part of it, is not on screen."""
    _address().refused[name] = error


def parameter_refusal(name: str) -> SettingError | None:
    """Why the address's parameter of that name is not on screen, for a page that says so itself.

    None where the parameter is on screen, and after the next change.
    """
    address = _address()
    address.explained |= {name} & set(address.refused)
    return address.refused.get(name)


def write_parameter(name: str, text: str) -> None:
    """Makes ``text`` that parameter's in the page's address; "" takes the parameter out."""
    address = _address()
    address.page_texts[name] = text
    address.own_names.setdefault(address.page or "", set()).add(name)


def show_address() -> None:
    """The end of a run, and of a fragment that may run alone: sends one address for all that has changed."""
    address, is_alone = _address(), bool(_script_run("fragment_ids_this_run"))
    if is_alone and address.is_new:
        return  # the rest of the page has not written its parameters yet
    if address.is_new:
        address.lost = list(address.lost_parameters(lambda name: len(st.query_params.get_all(name))))
    if address.is_changed():
        before = address.parameters
        address.take_page_texts()
        if not address.is_new:
            address.refused = {}
        _send(address, before)
    address.is_new &= is_alone
    address.left[address.page or ""] = address.parameters


def pop_lost_parameters() -> list[LostParameter]:
    """What of the address of a page just opened is not on screen; the second call finds nothing."""
    address = _address()
    found, address.lost = address.lost, []
    return found


def link_to(page: str, **changed: str) -> dict[str, str]:
    """The parameters that lead to the page of that path as the learner left it; ``changed`` ones instead of its own."""
    address = _address()
    own = {name: text for name, text in address.left.get(page, {}).items() if name not in KEPT}
    return {name: text for name, text in {**own, **link_with(), **changed}.items() if text}


def link_with(**parameters: str) -> dict[str, str]:
    """The parameters that lead to a page with these settings, all others as they are at first."""
    address = _address()
    kept = {name: address.page_texts.get(name, address.parameters.get(name, "")) for name in KEPT}
    return {name: text for name, text in {**kept, **parameters}.items() if text}


def _read(address: AddressState, name: str, parse: Callable[[str], Value]) -> Value | None:
    text = address.parameters[name]
    try:
        return parse(text)
    except SettingError as error:
        address.refused[name] = error
    except (KeyError, ValueError, OverflowError):
        address.refused[name] = SettingError("It cannot be read.")
    return None


def _send(address: AddressState, before: dict[str, str] | None = None) -> None:
    address.sent_at, address.parameters_before = monotonic(), before
    st.query_params.from_dict(address.parameters)


def _forget(names: Iterable[str]) -> None:
    for name in names:
        st.session_state.pop(name, None)


def _address() -> AddressState:
    if _STATE not in st.session_state:
        st.session_state[_STATE] = AddressState(dict(st.query_params))
    return st.session_state[_STATE]


def _script_run(attribute: str) -> object:
    """What Streamlit knows of this run of the script; None outside of one."""
    return getattr(get_script_run_ctx(suppress_warning=True), attribute, None)
