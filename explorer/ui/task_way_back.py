"""On the pages where the lecture's exercise is done: what its network still lacks, and the way back to its steps."""

from collections.abc import Iterable, Sequence

import streamlit as st

from explorer.core.network.exercise_parts import AT_LEAST, PARTS, count_parts, surplus_parts
from explorer.core.network.layers import LayerSpec
from explorer.ui.address import link_to, was_opened
from explorer.ui.language import join_sentences, join_words, t

PAGE = "task"  # its path


def parts_text(layers: Iterable[LayerSpec]) -> str:
    """``Conv2d 2 of 3, ReLU 2 of at least 3 …``"""
    return join_words(_part_text(kind, count) for kind, count in count_parts(layers).items())


def surplus_text(layers: Iterable[LayerSpec]) -> str:
    """By what there are too many, and how to go on; empty where nothing is."""
    if not (surplus := surplus_parts(layers)):
        return ""
    parts = join_words(f"{count} {kind}" for kind, count in surplus.items())
    return t("Too many: {parts}. Take them out in the list of layers.", parts=parts)


def parts_caption(layers: Sequence[LayerSpec]) -> None:
    """Draws, once the exercise was opened, what ``layers`` have of what it asks for."""
    if was_opened(PAGE):
        st.caption(join_sentences(t("The exercise: {parts}.", parts=parts_text(layers)), surplus_text(layers)))


def way_back() -> None:
    """Draws, once the exercise was opened, the way back to it."""
    if was_opened(PAGE):
        with st.container(key="task_way_back"):
            st.page_link("explorer/pages/task.py", label=t("← Back to the exercise"), query_params=link_to(PAGE))


def way_to_exercise() -> None:
    """Draws the way to the exercise, or back to it."""
    if was_opened(PAGE):
        way_back()
    else:
        label = t("The lecture’s exercise, step by step")
        st.page_link("explorer/pages/task.py", label=label, query_params=link_to(PAGE), width="content")


def _part_text(kind: str, count: int) -> str:
    numbers = {"kind": kind, "count": count, "wanted": PARTS[kind]}
    if kind in AT_LEAST:
        return t("{kind} {count} of at least {wanted}", **numbers)
    return t("{kind} {count} of {wanted}", **numbers)
