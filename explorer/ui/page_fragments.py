"""A page in two fragments: the picture, and the controls that most changes leave as they are.

A slider's move then sends the browser some twenty messages fewer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import streamlit as st

Appearance = TypeVar("Appearance")


@dataclass(frozen=True)
class PageFragments(Generic[Appearance]):
    """The fragments of the page whose keys begin with ``page``.

    ``appearance`` gives what the controls' looks depend on, the settings' values left out: equal where no control has
    to be drawn anew.
    """

    page: str
    appearance: Callable[[], Appearance]

    @property
    def picture(self) -> str:
        """The key of the picture's fragment."""
        return f"{self.page}_picture"

    @property
    def controls(self) -> str:
        """The key of the controls' fragment."""
        return f"{self.page}_controls"

    @property
    def drawn_appearance(self) -> Appearance | None:
        """What the controls on screen look like; None before they are drawn."""
        return st.session_state.get(self._drawn)

    def remember_appearance(self, appearance: Appearance) -> None:
        """Called where the controls are drawn, or where the browser has changed them by itself."""
        st.session_state[self._drawn] = appearance

    def redraw_changed_controls(self) -> None:
        """The last act of a callback in the picture's fragment: takes the controls along where they look different."""
        if self.appearance() != self.drawn_appearance:
            self.redraw_both()

    def redraw(self) -> None:
        """The last act of a callback in the controls' fragment: the picture, and controls that look different."""
        self.redraw_changed_controls()
        st.rerun([self.picture])

    def redraw_both(self) -> None:
        """The picture and the controls, whatever they look like."""
        st.rerun([self.picture, self.controls])

    @property
    def _drawn(self) -> str:
        return f"{self.page}_drawn_appearance"
