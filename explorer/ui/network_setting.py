"""A network in the session and in the link: one text holds its layers and the images it takes."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from explorer.core.errors import SettingError
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.link import decode, encode
from explorer.core.network.networks import SIMPLE_CNN
from explorer.ui.address import linked_value, parameter_refusal, write_parameter

DEFAULT = encode(NetworkSpec(SIMPLE_CNN))


@dataclass(frozen=True)
class NetworkSetting:
    """A stack whose name in the link is ``key``; ``check`` raises SettingError.

    Where neither learner nor link has set it, it is ``like``'s, and the simple CNN where there is none.
    """

    key: str
    check: Callable[[NetworkSpec], object] = lambda stack: None
    like: "NetworkSetting | None" = None

    @property
    def value(self) -> NetworkSpec:
        """What the learner made, else what the link says, else the default."""
        return decode(linked_value(self.key, self._default, self._parse, self._text))

    @property
    def made(self) -> NetworkSpec | None:
        """What the session has, where its page was there; None before."""
        text = st.session_state.get(self.key)
        return decode(text) if text else None

    def set(self, stack: NetworkSpec) -> None:
        """Another stack; the session holds the text that a link has for it."""
        st.session_state[self.key] = encode(stack)

    @property
    def problem(self) -> SettingError | None:
        """Why the link's network is not on screen."""
        return parameter_refusal(self.key)

    @property
    def text(self) -> str:
        """What the link says for it: nothing for the default."""
        return self._text(encode(self.value))

    def write(self) -> None:
        """Puts the network into the link, unless it is the default."""
        write_parameter(self.key, self.text)

    def _default(self) -> str:
        return encode(self.like.value) if self.like else DEFAULT

    def _parse(self, text: str) -> str:
        stack = decode(text)
        self.check(stack)
        return encode(stack)

    def _text(self, text: str) -> str:
        return "" if text == DEFAULT == self._default() else text
