"""A slider that offers only what the other settings leave valid, so that normal use meets no error."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from explorer.ui.language import t
from explorer.ui.setting import Number


def valid_slider(number: Number, label: str, is_valid: Callable[[int], bool], **options: object) -> None:
    """Draws whole ``number`` over the unbroken range of valid values around its own; over all if its own is not."""
    lowest, highest = valid_range(number, is_valid)
    _keep_value(number, (lowest, highest))
    if lowest < highest:
        replace(number, lowest=lowest, highest=highest).slider(label, **options)
    else:
        only = t("The other settings leave {value} only.", value=number.value)
        number.slider(label, **options | {"disabled": True, "help": only})


def valid_range(number: Number, is_valid: Callable[[int], bool]) -> tuple[int, int]:
    """The lowest and highest value that can be reached from ``number``'s own without an invalid one in between."""
    lowest = highest = number.value
    if not is_valid(lowest):
        return int(number.lowest), int(number.highest)
    while lowest > number.lowest and is_valid(lowest - 1):
        lowest -= 1
    while highest < number.highest and is_valid(highest + 1):
        highest += 1
    return lowest, highest


def _keep_value(number: Number, bounds: tuple[int, int]) -> None:
    # Streamlit takes a slider with new bounds for a new one, at its lowest value.
    key = f"{number.key}_bounds"
    if st.session_state.get(key) != bounds:
        st.session_state[key] = bounds
        number.keep(number.value)
