"""The output size's formula with the learner's own numbers."""

import streamlit as st

from explorer.core.conv import ConvSpec
from explorer.ui.language import t


def size_formula(spec: ConvSpec) -> None:
    """Rows and columns; one line where both directions have the same numbers."""
    rows, columns = (_lines(spec, axis) for axis in (0, 1))
    st.latex(rf"\begin{{aligned}} H_\text{{out}} &= {rows} \end{{aligned}}")
    if rows != columns:
        st.latex(rf"\begin{{aligned}} W_\text{{out}} &= {columns} \end{{aligned}}")
    st.caption(
        t("⌊(size + 2·padding − dilation·(kernel size − 1) − 1) / stride⌋ + 1; ⌊ ⌋ drops the fraction.")
        + ("" if rows != columns else " " + t("The same for the columns.")),
        text_alignment="center",
    )


def _lines(spec: ConvSpec, axis: int) -> str:
    """The learner's numbers, then what the floor is given: short enough for a phone."""
    size, kernel, padding = spec.input_size[axis], spec.kernel_size[axis], spec.padding[axis]
    stride, dilation, out = spec.stride[axis], spec.dilation[axis], spec.output_size[axis]
    reach = size + 2 * padding - dilation * (kernel - 1) - 1
    numerator = f"{size} + 2 \\cdot {padding} - {dilation} \\cdot ({kernel} - 1) - 1"
    return (
        rf"\left\lfloor \frac{{{numerator}}}{{{stride}}} \right\rfloor + 1 \\"
        rf"&= \lfloor {reach / stride:.4g} \rfloor + 1 = {out}"
    )
