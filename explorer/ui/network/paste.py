"""One's own network from its program text: a dialog reads it into the lab; a text that is refused stays in it."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from explorer.core import limits
from explorer.core.errors import SettingError
from explorer.core.network.layer_kinds import KINDS
from explorer.core.network.link import encode
from explorer.core.network.reader.layers import FUNCTIONS
from explorer.core.network.reader.reader import read_network, stack_of
from explorer.core.network.reader.source import Unreadable
from explorer.ui.language import explain, join_words, say_number, t
from explorer.ui.network import edited_network
from explorer.ui.view_options import control_options

_TEXT, _DONE = "network_paste", "network_paste_done"
_PROBLEM = "network_paste_problem"  # the text that was refused, and why
_NOTES = "network_paste_notes"  # the stack's text in a link, and what was remarked when it was read
_CODE = ("code", "message", "value", "default", "option", "flatten", "view", "functions", "known", "fix")
_EXAMPLE = """\
net = nn.Sequential(
    nn.Conv2d(1, 10, kernel_size=5),
    nn.MaxPool2d(2),
    nn.ReLU(),
    nn.Flatten(),
    nn.Linear(1440, 10),
)"""


def paste_button(on_click: Callable[[], None]) -> None:
    """Opens the dialog; ``on_click`` closes what would stand over it."""
    label = t("Your own code")
    options = control_options("network_paste", label, {})
    if options is None:
        return
    if st.button(label, key="network_paste_button", on_click=on_click, width="stretch", **options):
        st.dialog(t("A network of your own, from its code"), width="large")(_dialog)()


def reader_remarks() -> None:
    """What was read otherwise than it stands, while the network is the one that was read."""
    text, notes = st.session_state.get(_NOTES, ("", ()))
    if notes and text == encode(edited_network.NETWORK.value):
        st.info("\n\n".join(map(_problem_text, notes)))


def _dialog() -> None:
    if st.session_state.pop(_DONE, False):
        st.rerun()  # which closes it
    layers = join_words(f"`{kind}`" for kind in KINDS if kind != "View")
    functions = join_words(f"`{name}`" for name in FUNCTIONS if not name.endswith("_"))
    st.markdown(
        t(
            "An `nn.Sequential`, or a class with `__init__` and `forward` like the lecture's; a whole script will do. "
            "It is read and never run."
        )
    )
    st.text_area(
        t("Your code"),
        height=300,
        key=_TEXT,
        placeholder=_EXAMPLE,
        persist_state="session",
        label_visibility="collapsed",
    )
    refused, problem = st.session_state.get(_PROBLEM, ("", None))
    if problem and refused == st.session_state[_TEXT]:
        st.error(_problem_text(problem))
    st.button(t("Read it"), key="network_paste_read", type="primary", on_click=_read)
    st.caption(
        t(
            "Layers: {layers}. Functions: {functions}, `view`. Numbers may be products such as `20*4*4`. {most} "
            "characters at most.",
            layers=layers,
            functions=functions,
            most=say_number(limits.MAX_PASTED_CHARACTERS, ","),
        )
    )


def _read() -> None:
    """Into the lab, where Undo takes it back; or why not, with the line."""
    text = st.session_state[_TEXT]
    try:
        found = read_network(text)
        stack = stack_of(found, edited_network.NETWORK.value.image)
    except (Unreadable, SettingError) as error:
        st.session_state[_PROBLEM] = text, error
        return
    edited_network.load_network(stack)
    st.session_state[_NOTES] = encode(stack), found.notes
    st.session_state[_DONE] = True


def _problem_text(problem: Unreadable | SettingError) -> str:
    """The sentence, what is the learner's own as code in it."""
    numbers = {
        name: f"`{value.replace('`', chr(39))}`" if name in _CODE and isinstance(value, str) else value
        for name, value in problem.sentence.numbers.items()
    }
    reason = explain(replace(problem.sentence, numbers=numbers))
    return t("Line {line}: {reason}", line=problem.line, reason=reason) if isinstance(problem, Unreadable) else reason
