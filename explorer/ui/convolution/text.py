"""The Convolution page's words: the picture's titles, the size's formula with the learner's own numbers."""

import streamlit as st

from explorer.core.arithmetic.convolution import ConvSpec
from explorer.ui.convolution.choices import ConvChoices
from explorer.ui.inspector_words import inspector_words
from explorer.ui.language import join_sentences, join_words, plural, t


def conv_words(choices: ConvChoices) -> dict[str, str]:
    """The inspector's texts."""
    words = inspector_words()
    return words | {"kernel": t("Kernel, flipped")} if choices.flip else words


def size_formula(spec: ConvSpec) -> None:
    """Draws the output's rows and columns, in one line where both have the same numbers, and what the floor drops."""
    lines = _transposed_lines if spec.transposed else _lines
    rows, columns = (lines(spec, axis) for axis in (0, 1))
    st.latex(rf"\begin{{aligned}} H_\text{{out}} &= {rows} \end{{aligned}}")
    if rows != columns:
        st.latex(rf"\begin{{aligned}} W_\text{{out}} &= {columns} \end{{aligned}}")
    same = "" if rows != columns else t("The same for the columns.")
    st.caption(join_sentences(_in_words(spec), same), text_alignment="center")
    for sentence in _left_over(spec):
        st.caption(sentence, text_alignment="center")


def _in_words(spec: ConvSpec) -> str:
    if spec.transposed:
        return t("(size − 1)·stride − 2·padding + dilation·(kernel size − 1) + output padding + 1.")
    return t("⌊(size + 2·padding − dilation·(kernel size − 1) − 1) / stride⌋ + 1; ⌊ ⌋ drops the fraction.")


def _lines(spec: ConvSpec, axis: int) -> str:
    """The learner's numbers, then what the floor is given: short enough for a phone."""
    size, kernel, border = spec.input_size[axis], spec.kernel_size[axis], sum(spec.border[axis])
    stride, dilation, out = spec.stride[axis], spec.dilation[axis], spec.output_size[axis]
    reach = size + border - dilation * (kernel - 1) - 1
    padding = f"2 \\cdot {border // 2}" if border % 2 == 0 else str(border)  # "same" may need an odd one
    numerator = f"{size} + {padding} - {dilation} \\cdot ({kernel} - 1) - 1"
    return (
        rf"\left\lfloor \frac{{{numerator}}}{{{stride}}} \right\rfloor + 1 \\"
        rf"&= \lfloor {reach / stride:.4g} \rfloor + 1 = {out}"
    )


def _transposed_lines(spec: ConvSpec, axis: int) -> str:
    size, kernel, padding = spec.input_size[axis], spec.kernel_size[axis], spec.padding[axis]
    stride, dilation, extra = spec.stride[axis], spec.dilation[axis], spec.output_padding[axis]
    return (
        rf"({size} - 1) \cdot {stride} - 2 \cdot {padding} \\"
        rf"&\quad + {dilation} \cdot ({kernel} - 1) + {extra} + 1 = {spec.output_size[axis]}"
    )


def _left_over(spec: ConvSpec) -> list[str]:
    """A sentence for the rows, and one for the columns, that no window covers."""
    templates = (
        plural(
            "{size} rows, {numbers} = {count} window; never used: row {list}.",
            "{size} rows, {numbers} = {count} windows; never used: row {list}.",
        ),
        plural(
            "{size} columns, {numbers} = {count} window; never used: column {list}.",
            "{size} columns, {numbers} = {count} windows; never used: column {list}.",
        ),
    )
    return [
        t(
            template,
            size=spec.input_size[axis],
            numbers=_short(spec, axis),
            count=spec.output_size[axis],
            list=join_words(str(index + 1) for index in spec.maps[axis].unused),
        )
        for axis, template in enumerate(templates)
        if spec.maps[axis].unused
    ]


def _short(spec: ConvSpec, axis: int) -> str:
    """The floor once more, by the rows that a kernel spans: "kernel 2, stride 2: ⌊(5 + 2·0 − 2) / 2⌋ + 1"."""
    numbers = {"span": spec.span[axis], "stride": spec.stride[axis]}
    if spec.transposed:
        return t("kernel {span}, stride {stride}", **numbers)
    padding = sum(spec.border[axis])
    return t(
        "kernel {span}, stride {stride}: ⌊({size} + {padding} − {span}) / {stride}⌋ + 1",
        size=spec.input_size[axis],
        padding=f"2·{padding // 2}" if padding % 2 == 0 else padding,
        **numbers,
    )
