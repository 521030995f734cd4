"""A network in the session and in the link: one text holds its layers and the images it takes."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from explorer.core.explained import SettingError
from explorer.core.layers import Stack
from explorer.core.networks import SIMPLE_CNN
from explorer.core.stack_link import decode, encode
from explorer.ui.setting import write_parameter

DEFAULT = encode(Stack(SIMPLE_CNN))


@dataclass(frozen=True)
class StackSetting:
    """A stack whose name in the link is ``key``; ``check`` raises SettingError.

    Where neither learner nor link has set it, it is ``like``'s, and the simple CNN where there is none.
    """

    key: str
    check: Callable[[Stack], object] = lambda stack: None
    like: "StackSetting | None" = None

    @property
    def value(self) -> Stack:
        """What the learner made, else what the link says, else the default."""
        if self.key not in st.session_state:
            st.session_state[self.key] = self._linked()
        return decode(st.session_state[self.key])

    def take(self, stack: Stack) -> None:
        """Makes it the stack."""
        st.session_state[self.key] = encode(stack)

    @property
    def problem(self) -> SettingError | None:
        """Why the link's network is not on screen."""
        return st.session_state.get(f"{self.key}_problem")

    def write(self) -> None:
        """Puts its text into the link, unless it is the default."""
        text = encode(self.value)
        write_parameter(self.key, "" if text == DEFAULT else text)

    def _linked(self) -> str:
        default = encode(self.like.value) if self.like else DEFAULT
        text = st.query_params.get(self.key, default)
        try:
            stack = decode(text)
            self.check(stack)
        except SettingError as error:
            st.session_state[f"{self.key}_problem"] = error
            return default
        return encode(stack)
