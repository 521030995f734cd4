"""What a page does not show while an exercise asks for it."""

from dataclasses import replace

import streamlit as st

from explorer.components.inspector.scene import Scene
from explorer.core.exercises.exercise import Hides
from explorer.ui.exercises.attempt import Asked
from explorer.ui.exercises.field import field_key
from explorer.ui.language import t

INPUT = "Input"
OUTPUTS = ("Output", "Max output", "Average output", "Convolution output")  # the grids' ARIA names


def scene_without_answer(scene: Scene, now: Asked | None, cell: tuple[int, int]) -> Scene:
    """The scene without the output ``cell`` that is asked for, or without its outputs; as it is where nothing is.

    A ``cell`` that holds the answer to another question by chance is left out too. A place in the input that is asked
    for can be picked there until it is found.
    """
    if now is None:
        return scene
    if now.exercise.picks and not now.attempt.is_settled:
        scene = replace(scene, pick=INPUT, question=field_key())
    if now.hides == "cell":
        return scene.asking((now.exercise.grid,), cell)
    if now.hides == "output":
        return scene.asking(OUTPUTS, None)
    return scene.asking(_tell_tales(scene, now, cell), cell)


def _tell_tales(scene: Scene, now: Asked, cell: tuple[int, int]) -> list[str]:
    """The outputs whose ``cell`` is the open question's answer, a single number, by chance."""
    if now.question is None or now.attempt.is_revealed or len(now.question.right.answer) != 1:
        return []
    [answer] = now.question.right.answer
    (row, column), answer = cell, float(answer)
    outputs = [grid for grid in scene.grids if grid.name in OUTPUTS]  # not all of one size
    return [grid.name for grid in outputs if answer in grid.values[row : row + 1, column : column + 1]]


def is_hidden(now: Asked | None, *kinds: Hides) -> bool:
    """Whether one of these kinds is asked for; then a line says so in the place of what is left out."""
    if now is None or now.hides not in kinds:
        return False
    st.caption(t("Left out until you have answered the exercise."), text_alignment="center")
    return True
