"""The output size's formula with the learner's own numbers."""

import streamlit as st

from explorer.core.conv import ConvSpec
from explorer.ui.language import t


def size_formula(spec: ConvSpec) -> None:
    """Rows and columns; one line where both directions have the same numbers."""
    rows, columns = (_line(spec, axis) for axis in (0, 1))
    if rows == columns:
        st.latex(rf"H_\text{{out}} = W_\text{{out}} = {rows}")
    else:
        st.latex(rf"H_\text{{out}} = {rows}")
        st.latex(rf"W_\text{{out}} = {columns}")
    st.caption(
        t("⌊(size + 2·padding − dilation·(kernel size − 1) − 1) / stride⌋ + 1; ⌊ ⌋ drops the fraction.")
    )


def _line(spec: ConvSpec, axis: int) -> str:
    size, kernel, padding = spec.input_size[axis], spec.kernel_size[axis], spec.padding[axis]
    stride, dilation, out = spec.stride[axis], spec.dilation[axis], spec.output_size[axis]
    reach = f"{size} + 2 \\cdot {padding} - {dilation} \\cdot ({kernel} - 1) - 1"
    return rf"\left\lfloor \frac{{{reach}}}{{{stride}}} \right\rfloor + 1 = {out}"
