"""The weight's four dimensions and the parameters' formula, every number with its name."""

import streamlit as st

from explorer.core.arithmetic.convolution import ConvSpec
from explorer.ui.language import t
from explorer.ui.named_latex import grouped, named


def weight_formula(spec: ConvSpec, *, bias: bool) -> None:
    """The shapes as PyTorch prints them, then the weight's dimensions, then how many numbers are learned."""
    st.markdown(f"**{t('Input → output')}** &nbsp; `{_shape(input_shape(spec))}` → `{_shape(output_shape(spec))}`")
    st.caption(size_text(spec))
    st.latex(weight_latex(spec))
    st.latex(parameters_latex(spec, bias=bias))


def size_text(spec: ConvSpec) -> str:
    """Where the output's rows and columns come from: "H = W = ⌊(100 + 2·0 − 3) / 1⌋ + 1 = 98"."""
    height, width = (
        f"⌊({spec.input_size[axis]} + 2·{spec.padding[axis]} − {spec.span[axis]}) / {spec.stride[axis]}⌋ + 1 "
        f"= {spec.output_size[axis]}"
        for axis in (0, 1)
    )
    return f"H = W = {height}" if height == width else f"H = {height}, W = {width}"


def input_shape(spec: ConvSpec) -> tuple[int, ...]:
    """(1, C, H, W)."""
    return 1, spec.in_channels, *spec.input_size


def output_shape(spec: ConvSpec) -> tuple[int, ...]:
    """(1, M, H_out, W_out)."""
    return 1, spec.out_channels, *spec.output_size


def weight_latex(spec: ConvSpec) -> str:
    """weight (M, C / groups, kh, kw)."""
    out_channels, per_group, height, width = spec.weight_shape
    dimensions = (
        named(out_channels, t("output channels")),
        named(per_group, t("input channels per group")),
        named(height, t("kernel height")),
        named(width, t("kernel width")),
    )
    return r"\texttt{weight}\ (" + r",\ ".join(dimensions) + ")"


def parameters_latex(spec: ConvSpec, *, bias: bool) -> str:
    """(kh · kw · C / groups + 1) · M = parameters; without the 1 where there is no bias."""
    out_channels, per_group, height, width = spec.weight_shape
    channels = f"{spec.in_channels} / {spec.groups}" if spec.groups > 1 else str(per_group)
    factors = r" \cdot ".join(
        (
            named(height, t("kernel height")),
            named(width, t("kernel width")),
            named(channels, t("input channels per group") if spec.groups > 1 else t("input channels")),
        )
    )
    one_output = rf"({factors} + {named(1, t('bias'))})" if bias else factors
    total = grouped((height * width * per_group + bias) * out_channels)
    return rf"{one_output} \cdot {named(out_channels, t('output channels'))} = {total}"


def _shape(shape: tuple[int, ...]) -> str:
    return f"({', '.join(map(str, shape))})"
