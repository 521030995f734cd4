"""The weight's four dimensions and the parameters' formula, every number with its name."""

import textwrap

import streamlit as st

from explorer.core.arithmetic.convolution import ConvSpec
from explorer.ui.language import t


def weight_formula(spec: ConvSpec, *, bias: bool) -> None:
    """The shapes as PyTorch prints them, then the weight's dimensions, then how many numbers are learned."""
    st.markdown(f"**{t('Input → output')}** &nbsp; `{_shape(input_shape(spec))}` → `{_shape(output_shape(spec))}`")
    st.latex(weight_latex(spec))
    st.latex(parameters_latex(spec, bias=bias))


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
        _named(out_channels, t("output channels")),
        _named(per_group, t("input channels per group")),
        _named(height, t("kernel height")),
        _named(width, t("kernel width")),
    )
    return r"\texttt{weight}\ (" + r",\ ".join(dimensions) + ")"


def parameters_latex(spec: ConvSpec, *, bias: bool) -> str:
    """(kh · kw · C / groups + 1) · M = parameters; without the 1 where there is no bias."""
    out_channels, per_group, height, width = spec.weight_shape
    channels = f"{spec.in_channels} / {spec.groups}" if spec.groups > 1 else str(per_group)
    factors = r" \cdot ".join(
        (
            _named(height, t("kernel height")),
            _named(width, t("kernel width")),
            _named(channels, t("input channels per group") if spec.groups > 1 else t("input channels")),
        )
    )
    one_output = rf"({factors} + {_named(1, t('bias'))})" if bias else factors
    total = f"{(height * width * per_group + bias) * out_channels:,}".replace(",", "{,}")  # KaTeX spaces a bare comma
    return rf"{one_output} \cdot {_named(out_channels, t('output channels'))} = {total}"


def _named(number: object, name: str) -> str:
    """A number over its name, the name in short lines so that the formula fits a phone."""
    width = 10 if name.isascii() else 1  # Chinese names have their spaces where a line may end
    lines = textwrap.wrap(name, width, break_long_words=False)
    stack = r" \\[0.2em] ".join(rf"\text{{{line}}}" for line in lines)
    return rf"\underbrace{{{number}}}_{{\substack{{{stack}}}}}"


def _shape(shape: tuple[int, ...]) -> str:
    return f"({', '.join(map(str, shape))})"
