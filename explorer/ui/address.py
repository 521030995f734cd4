"""The page's address: read when the page is opened, written once a change, restored by Back and Forward.

Streamlit's browser side makes an entry of its history of each address that the server sends. At Back and Forward it
runs the page with that entry's address, and says so. Every other message may carry an address that is older than the
last one sent: none but an opened page's is believed, and what the learner changes cannot be undone by a late one.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from explorer.core.errors import SettingError

LATE_SECONDS = 0.5  # in which the browser has heard what the server sent
KEPT = ("lang", "run")  # parameters that every page's address carries
_STATE = "address"
Lost = tuple[str, str, SettingError]  # a parameter, its text, why it is not on screen


@dataclass
class _Address:
    """What the address bar says, and what it is to say."""

    parameters: dict[str, str]  # as the address bar has them
    page: str | None = None
    opened: bool = True  # until the page was drawn to its end
    restored: bool = False  # by Back or Forward, until the page is opened
    sent: float = -LATE_SECONDS  # when the browser was told last, by the monotonic clock
    before: dict[str, str] | None = None  # what it said until then: Back leads there if the browser has heard
    wanted: dict[str, str] = field(default_factory=dict)  # as the page's settings stand; "" for the usual
    meant: dict[str, str] = field(default_factory=dict)  # what a parameter, or its absence, came to when it was read
    refused: dict[str, SettingError] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)  # the refused ones that the page itself speaks of
    lost: list[Lost] = field(default_factory=list)  # what an opened page has not taken, until it is told
    written: dict[str, set[str]] = field(default_factory=dict)  # page -> the parameters that are its own
    pages: dict[str, dict[str, str]] = field(default_factory=dict)  # page -> what its address said last

    def read_anew(self) -> None:
        self.parameters, self.opened = dict(st.query_params), True
        self.wanted, self.meant, self.refused, self.said = {}, {}, {}, set()

    def find_lost(self) -> Iterator[Lost]:
        for name, text in self.parameters.items():
            known, count = name in self.wanted or name in self.meant, len(st.query_params.get_all(name))
            if name in self.refused:
                if name not in self.said:
                    yield name, text, self.refused[name]
            elif not known:
                yield name, text, SettingError("This page has no such setting.")
            elif self.wanted.get(name) != self.meant.get(name, self.wanted.get(name)) and name in self.wanted:
                yield name, text, SettingError("It does not go with the other settings.")
            elif count > 1:
                yield name, text, SettingError("It stands there {count} times, and the last one counts.", count=count)


def hear_history() -> None:
    """Takes Back and Forward: before anything is sent, for there a newer message may end this run."""
    if _running("is_history_navigation"):
        address = _address()
        if dict(st.query_params) == address.before:
            address.sent = -LATE_SECONDS  # it is Back from what was told last, which the browser has heard
        address.read_anew()
        address.restored = True
        _forget(KEPT)
        if monotonic() - address.sent < LATE_SECONDS:
            _tell(address)  # Back has overtaken the last one, which was then written over the entry it had opened


def open_page(page: str) -> None:
    """Begins a run of the page of that path: the address of one just opened is read."""
    address = _address()
    if address.restored:
        _forget(address.written.get(page, set()) - set(KEPT))
    elif address.page not in (None, page):
        address.read_anew()
    address.page, address.restored = page, False


def opened_page() -> str:
    """The path of the page that is open."""
    return _address().page or ""


def linked(name: str, default: Callable[[], Any], parse: Callable[[str], Any], spell: Callable[[Any], str]) -> Any:
    """The session's value of that name; at first, and after Back or Forward, the address's, else the default.

    ``parse`` raises ValueError for what is none, and a SettingError is told to the learner; ``spell`` gives the text
    that ``write`` is given for the value.
    """
    if name not in st.session_state:
        address = _address()
        value = _read(address, name, parse) if name in address.parameters else None
        st.session_state[name] = default() if value is None else value
        if name not in address.refused:
            address.meant[name] = spell(st.session_state[name])
    return st.session_state[name]


def says(name: str) -> bool:
    """Whether the address has a parameter of that name."""
    return name in _address().parameters


def is_written(name: str) -> bool:
    """Whether it is a parameter of the open page's own address."""
    return name in _address().wanted


def refuse(name: str, error: SettingError) -> None:
    """Has the learner told why that parameter, or a part of it, is not on screen."""
    _address().refused[name] = error


def refusal(name: str) -> SettingError | None:
    """Why the address's parameter of that name is not on screen, for a page that says so itself.

    None where it is, and after the next change.
    """
    address = _address()
    address.said |= {name} & set(address.refused)
    return address.refused.get(name)


def write(name: str, text: str) -> None:
    """Has the page's address say ``text`` for that parameter; nothing, and its name goes too."""
    address = _address()
    address.wanted[name] = text
    address.written.setdefault(address.page or "", set()).add(name)


def show_address() -> None:
    """The end of a run, and of a fragment that may run alone: the browser is told, once for all that has changed."""
    address, alone = _address(), bool(_running("fragment_ids_this_run"))
    if alone and address.opened:
        return  # the rest of the page has not said yet what it wants
    if address.opened:
        address.lost = list(address.find_lost())
    changed = any(
        text != address.meant.get(name, address.parameters.get(name, "")) for name, text in address.wanted.items()
    )
    if changed:
        before = address.parameters
        kept = {name: text for name, text in address.parameters.items() if name in address.meant}
        address.parameters = {name: text for name, text in {**kept, **address.wanted}.items() if text}
        address.meant = {name: text for name, text in address.meant.items() if name not in address.wanted}
        if not address.opened:
            address.refused = {}
        _tell(address, before)
    address.opened &= alone
    address.pages[address.page or ""] = address.parameters


def lost() -> list[Lost]:
    """What of the address of a page just opened is not on screen; once."""
    address = _address()
    found, address.lost = address.lost, []
    return found


def link_to(page: str, **changed: str) -> dict[str, str]:
    """The parameters that lead to the page of that path as the learner left it; ``changed`` ones instead of its own."""
    address = _address()
    own = {name: text for name, text in address.pages.get(page, {}).items() if name not in KEPT}
    kept = {name: address.wanted.get(name) or address.parameters.get(name, "") for name in KEPT}
    return {name: text for name, text in {**own, **kept, **changed}.items() if text}


def _read(address: _Address, name: str, parse: Callable[[str], Any]) -> Any:
    text = address.parameters[name]
    try:
        return parse(text)
    except SettingError as error:
        address.refused[name] = error
    except (KeyError, ValueError, OverflowError):
        address.refused[name] = SettingError("It cannot be read.")
    return None


def _tell(address: _Address, before: dict[str, str] | None = None) -> None:
    address.sent, address.before = monotonic(), before
    st.query_params.from_dict(address.parameters)


def _forget(names: Iterable[str]) -> None:
    for name in names:
        st.session_state.pop(name, None)


def _address() -> _Address:
    if _STATE not in st.session_state:
        st.session_state[_STATE] = _Address(dict(st.query_params))
    return st.session_state[_STATE]


def _running(what: str) -> Any:
    return getattr(get_script_run_ctx(suppress_warning=True), what, None)
