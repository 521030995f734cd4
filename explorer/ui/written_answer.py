"""An answer to an exercise as it is said, and what stands in the place of a page's screen where there is none."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from explorer.core.exercises.exercise import Exercise
from explorer.core.exercises.given import Given
from explorer.core.exercises.worked import Answer, shape, spell
from explorer.ui.language import t


def written(exercise: Exercise, answer: Answer) -> str:
    """5,020, 10×24×24, or a cell as the pictures call it."""
    return cell_text(answer) if exercise.picks == "cell" else shape(answer)


def cell_text(cell: Sequence[float]) -> str:
    """Its row and its column, from 1."""
    row, column = map(int, cell)
    return t("row {row}, column {column}", row=row, column=column)


def given_view(given: Given) -> None:
    """Draws layers as code, grids as matrices side by side where there is room."""
    if given.code:
        st.code("\n".join(given.code), language=None, wrap_lines=True)
    if given.grids:
        with st.container(horizontal=True, gap="large"):
            for title, grid in given.grids.items():
                with st.container(width="content"):
                    st.caption(t(title))
                    st.latex(_matrix(grid))


def _matrix(grid: np.ndarray) -> str:
    rows = r" \\ ".join(" & ".join(spell(float(value)) for value in row) for row in grid)
    return rf"\begin{{bmatrix}} {rows} \end{{bmatrix}}"
