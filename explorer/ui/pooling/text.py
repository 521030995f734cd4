"""The Pooling page's words: the picture's titles, the size's formula, and the three ways in a table."""

import numpy as np
import streamlit as st

from explorer.core.arithmetic.convolution import ConvSpec
from explorer.core.arithmetic.index_map import AxisMap
from explorer.core.arithmetic.pooling import PoolSpec
from explorer.core.arithmetic.subsampling import Subsampling, Window, changes
from explorer.ui.inspector_words import inspector_words
from explorer.ui.language import explain_error, in_context, join_sentences, join_words, say_number, t

LISTED = 4  # unread rows named one by one; more are counted


def pool_words(result: Subsampling) -> dict[str, str]:
    """The inspector's texts: the scene's titles, why a way is impossible, and what a mean divides by, among them."""
    window = result.window
    titles = {
        "input": t("Input"),
        "kernel": t(in_context("above a small picture", "Kernel")),
        "max": t("Max pooling"),
        "mean": t("Average pooling"),
        "sum": t("Convolution, stride {stride}", stride=window.stride[0]),
        "max_output": t("Max output"),
        "mean_output": t("Average output"),
        "sum_output": t("Convolution output"),
    }
    refused = {f"{way}_refused": explain_error(error) for way, error in result.refused.items()}
    if window.ceil_mode and "sum" in result.refused:
        refused["sum_refused"] = join_sentences(refused["sum_refused"], t("A convolution has no ceil_mode."))
    return inspector_words() | titles | refused | _divisor_words(window)


def _divisor_words(window: Window) -> dict[str, str]:
    """What the inspector says of padding and of a mean's divisor, where there is padding; it fills in {count}."""
    if window.padding == (0, 0):
        return {}
    if window.count_include_pad:
        return {"mean_gradient": t("Divided by {count}: padding counts. Each cell gets 1/{count} of the gradient.")}
    padding = t("Padding: −∞ for the maximum, not counted in the mean, 0 for the convolution")
    return {
        "mean_gradient": t("Divided by {count}: only the input's cells count. Each gets 1/{count} of the gradient."),
        "padding_pool": padding,
        "padding_zero": padding,
    }


def pool_formula(result: Subsampling) -> None:
    """The first possible way's size with the learner's own numbers; one line where rows and columns have the same."""
    spec = next(iter(result.results.values())).spec
    rows, columns = (_lines(spec, axis) for axis in (0, 1))
    st.latex(rf"\begin{{aligned}} H_\text{{out}} &= {rows} \end{{aligned}}")
    if rows != columns:
        st.latex(rf"\begin{{aligned}} W_\text{{out}} &= {columns} \end{{aligned}}")
    rule = (
        t("⌈ ⌉ rounds up: a last window may reach beyond the input; one that would begin beyond it is left out (− 1).")
        if _rounds_up(spec)
        else t("⌊ ⌋ drops the fraction: what is left over at the end of the input is in no window.")
    )
    same = "" if rows != columns else t("The same for the columns.")
    st.caption(join_sentences(rule, same), text_alignment="center")


def pool_table(still: Subsampling, moved: Subsampling, columns: int) -> None:
    """For each of the three: shape, what it never reads, and what a shift of the input by ``columns`` changes.

    The column of an impossible one is empty.
    """
    names = (t("Shape"), t("Rows not read"), t("Columns not read"), t("Changed values"), t("Mean change"))
    layers = {"max": "`MaxPool2d`", "mean": "`AvgPool2d`", "sum": "`Conv2d`"}
    cells = [_column(way, still, moved) if way in still.results else ["–"] * len(names) for way in layers]
    lines = [("", *layers.values()), ("---",) * 4, *zip(names, *cells, strict=True)]
    st.markdown("\n".join(f"| {' | '.join(line)} |" for line in lines))
    st.caption(
        t(
            "From (1, C, {height}, {width}): a pooling makes each channel smaller alone, so that the C channels stay; "
            "a convolution adds them up for each of its M outputs.",
            height=still.images.shape[1],
            width=still.images.shape[2],
        )
    )
    st.caption(
        t(
            "Changed: the output values that differ once the input has moved to the right by {columns}. Mean change: "
            "by how much on average, and in percent of the mean size of a value.",
            columns=columns,
        )
    )


def _column(way: str, still: Subsampling, moved: Subsampling) -> list[str]:
    """One way's cells of the table."""
    old, new = still.results[way], moved.results[way]
    height, width = old.output.shape[1:]
    shape = f"(1, {'M' if way == 'sum' else 'C'}, {height}, {width})"
    return [shape, *map(_listed, old.spec.maps), *_changed(old.output, new.output)]


def _rounds_up(spec: PoolSpec | ConvSpec) -> bool:
    return isinstance(spec, PoolSpec) and spec.ceil_mode


def _lines(spec: PoolSpec | ConvSpec, axis: int) -> str:
    """The learner's numbers, then what is rounded: short enough for a phone."""
    size, kernel, padding = spec.input_size[axis], spec.kernel_size[axis], spec.padding[axis]
    stride, dilation, out = spec.stride[axis], spec.dilation[axis], spec.output_size[axis]
    reach = size + 2 * padding - dilation * (kernel - 1) - 1
    left, right = ("lceil", "rceil") if _rounds_up(spec) else ("lfloor", "rfloor")
    rounded = -(-reach // stride) if _rounds_up(spec) else reach // stride
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
    return join_words(map(str, unread)) or t("none")


def _changed(old: np.ndarray, new: np.ndarray) -> tuple[str, str]:
    count, mean = changes(old, new)
    size = float(np.abs(old).mean())
    share = t(" ({percent})", percent=say_number(mean / size, ".0%")) if size else ""
    return t("{count} of {size}", count=count, size=old.size), say_number(mean, ".3g") + share
