"""What stands beneath the Pooling page's picture: the size's formula, and the three ways in a table."""

import numpy as np
import streamlit as st

from explorer.core.index_map import AxisMap
from explorer.core.pooling import PoolSpec
from explorer.core.subsampling import Subsampling, changes
from explorer.ui.language import t

LISTED = 4  # unread rows named one by one; more are counted


def pool_words(stride: int) -> dict[str, str]:
    """The titles of the scene, by what it calls them."""
    return {
        "input": t("Input"),
        "kernel": t("Kernel"),
        "max": t("Max pooling"),
        "mean": t("Average pooling"),
        "sum": t("Convolution, stride {stride}", stride=stride),
        "max_output": t("Max output"),
        "mean_output": t("Average output"),
        "sum_output": t("Convolution output"),
    }


def pool_formula(spec: PoolSpec) -> None:
    """The max pooling's size with the learner's own numbers; one line where rows and columns have the same."""
    rows, columns = (_lines(spec, axis) for axis in (0, 1))
    st.latex(rf"\begin{{aligned}} H_\text{{out}} &= {rows} \end{{aligned}}")
    if rows != columns:
        st.latex(rf"\begin{{aligned}} W_\text{{out}} &= {columns} \end{{aligned}}")
    rule = (
        t("⌈ ⌉ rounds up: a last window may reach beyond the input; one that would begin beyond it is left out (− 1).")
        if spec.ceil_mode
        else t("⌊ ⌋ drops the fraction: what is left over at the end of the input is in no window.")
    )
    st.caption(rule + ("" if rows != columns else " " + t("The same for the columns.")), text_alignment="center")


def pool_table(still: Subsampling, moved: Subsampling, columns: int) -> None:
    """For each of the three: shape, what it never reads, and what a shift of the input by ``columns`` changes."""
    ways = (still.maximum, still.average, still.convolution)
    channels = ("C", "C", "M")
    maps = [way.spec.maps for way in ways]
    changed = [_changed(old, new) for old, new in zip(still.outputs, moved.outputs, strict=True)]
    lines = [
        ("", "`MaxPool2d`", "`AvgPool2d`", "`Conv2d`"),
        ("---",) * 4,
        (t("Shape"), *(f"(1, {c}, {o.shape[1]}, {o.shape[2]})" for c, o in zip(channels, still.outputs, strict=True))),
        (t("Rows not read"), *(_listed(rows) for rows, _ in maps)),
        (t("Columns not read"), *(_listed(columns) for _, columns in maps)),
        (t("Changed values"), *(count for count, _ in changed)),
        (t("Mean change"), *(mean for _, mean in changed)),
    ]
    st.markdown("\n".join(f"| {' | '.join(line)} |" for line in lines))
    st.caption(
        t(
            "From (1, C, {height}, {width}): a pooling makes each channel smaller alone, so that the C channels stay; "
            "a convolution adds them up for each of its M outputs. Changed: the output values that differ once the "
            "input has moved to the right by {columns}. Mean change: by how much on average, and in percent of the "
            "mean size of a value.",
            height=still.images.shape[1],
            width=still.images.shape[2],
            columns=columns,
        )
    )


def _lines(spec: PoolSpec, axis: int) -> str:
    """The learner's numbers, then what is rounded: short enough for a phone."""
    size, kernel, padding = spec.input_size[axis], spec.kernel_size[axis], spec.padding[axis]
    stride, dilation, out = spec.stride[axis], spec.dilation[axis], spec.output_size[axis]
    reach = size + 2 * padding - dilation * (kernel - 1) - 1
    left, right = ("lceil", "rceil") if spec.ceil_mode else ("lfloor", "rfloor")
    rounded = -(-reach // stride) if spec.ceil_mode else reach // stride
    numerator = f"{size} + 2 \\cdot {padding} - {dilation} \\cdot ({kernel} - 1) - 1"
    return (
        rf"\left\{left} \frac{{{numerator}}}{{{stride}}} \right\{right} + 1 \\"
        rf"&= \{left} {reach / stride:.4g} \{right} + 1 {'- 1 ' if rounded + 1 > out else ''}= {out}"
    )


def _listed(axis: AxisMap) -> str:
    """Unread rows or columns, counted from 1 as on screen; how many, where they are many."""
    unread = [index + 1 for index in axis.unused]
    if len(unread) > LISTED:
        return t("{count} of {size}", count=len(unread), size=axis.size)
    return ", ".join(map(str, unread)) or t("none")


def _changed(old: np.ndarray, new: np.ndarray) -> tuple[str, str]:
    count, mean = changes(old, new)
    size = float(np.abs(old).mean())
    share = f" ({mean / size:.0%})" if size else ""
    return t("{count} of {size}", count=count, size=old.size), f"{mean:.3g}{share}"
