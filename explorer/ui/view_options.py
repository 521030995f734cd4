"""How a lecturer's link shows the pages: larger type, controls hidden or fixed, without texts or exercises.

One parameter, which every page's address carries: parts between ``~``, names and numbers between dots.
``view=larger.125~without.text~hidden.conv_seed.conv_flip~fixed.conv_padding``
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from explorer.core import limits
from explorer.core.errors import SettingError
from explorer.ui.address import linked_value, opened_page, write_parameter
from explorer.ui.language import t

SIZES = (100, 125, 150)  # of type, in percent
TEXT, EXERCISES = "text", "exercises"  # what a page may be without
_VIEW = "view"
_CONTROLS = "controls_drawn"
_CONTROL = re.compile(r"[a-z][a-z0-9_]{0,39}")  # its name in the link


@dataclass(frozen=True)
class ViewOptions:
    """``size`` of type is one of SIZES, ``without`` of TEXT and EXERCISES, the others are controls' names in the link.

    Raises SettingError.
    """

    size: int = 100
    without: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    fixed: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        controls = self.hidden | self.fixed
        if len(controls) > limits.MAX_VIEW_CONTROLS:
            raise SettingError(
                "It hides or fixes {count} controls, more than {highest}. Choose fewer.",
                count=len(controls),
                highest=limits.MAX_VIEW_CONTROLS,
            )
        is_known = self.size in SIZES and self.without <= {TEXT, EXERCISES}
        if not is_known or not all(map(_CONTROL.fullmatch, controls)):
            raise SettingError("This part of the link is cut off or was changed by hand.")

    def shows(self, part: str) -> bool:
        """Whether a page has its TEXT, or its EXERCISES."""
        return part not in self.without

    def text(self) -> str:
        """As a link holds it; "" where everything is shown as usual."""
        lists = {"without": self.without, "hidden": self.hidden, "fixed": self.fixed}
        parts = [f"larger.{self.size}"] if self.size != SIZES[0] else []
        return "~".join(parts + [".".join([name, *sorted(names)]) for name, names in lists.items() if names])


EVERYTHING = ViewOptions()


def read_view(text: str) -> ViewOptions:
    """What a link's text says. Raises SettingError, for one that is too long before it is looked into."""
    if len(text) > limits.MAX_VIEW_CHARACTERS:
        raise SettingError(
            "It has {count} characters, more than {highest}. Make it anew on the page for lecturers.",
            count=len(text),
            highest=limits.MAX_VIEW_CHARACTERS,
        )
    said: dict[str, Any] = {}
    for part in filter(None, text.split("~")):
        name, *values = part.split(".")
        if name == "larger" and len(values) == 1 and values[0].isdecimal():
            said["size"] = int(values[0])
        elif name in ("without", "hidden", "fixed"):
            said[name] = frozenset(values)
        else:
            raise SettingError("This part of the link is cut off or was changed by hand.")
    return ViewOptions(**said)


def view() -> ViewOptions:
    """As the link says, until the learner asks for everything."""
    return linked_value(_VIEW, lambda: EVERYTHING, read_view, ViewOptions.text)


def show_everything() -> None:
    """Ends what the lecturer's link began, and takes it from the address."""
    st.session_state[_VIEW] = EVERYTHING


def keep_view_in_link() -> None:
    """Every page's link carries it, so that the next page is shown in the same way."""
    write_parameter(_VIEW, view().text())


def control_options(name: str, label: str, options: Mapping[str, Any]) -> dict[str, Any] | None:
    """Streamlit's ``options`` for the control of that name in the link; None where it is not to be drawn.

    Lecturers then find it, by its ``label``, among the controls of the open page.
    """
    st.session_state.setdefault(_CONTROLS, {}).setdefault(opened_page(), {})[name] = label
    shown = view()
    if name in shown.hidden:
        return None
    if name in shown.fixed:
        return {**options, "disabled": True, "help": t("Your lecturer’s link fixes it.")}
    return dict(options)


def name_control(name: str, label: str) -> None:
    """Has lecturers find a control by another ``label`` than the one drawn, which says nothing alone."""
    st.session_state[_CONTROLS][opened_page()][name] = label


def hidden_in_browser(controls: Mapping[str, str]) -> list[str]:
    """Of ``controls`` that the browser draws (name in the link -> label) those that a lecturer's link hides, or fixes:
    the page then stands as the link says, with nothing to change it by."""
    hidden: list[str] = []
    for name, label in controls.items():
        options = control_options(name, label, {})
        if options is None or options:
            hidden.append(name)
    return hidden


def controls_of(page: str) -> dict[str, str]:
    """The controls that were drawn, or hidden, on the page of that path: name in the link -> label."""
    return st.session_state.get(_CONTROLS, {}).get(page, {})
