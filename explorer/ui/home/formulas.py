"""What a dense layer would cost for what the first convolution does: two formulas with the numbers' names."""

import math

import streamlit as st

from explorer.core.network.code import layer_code
from explorer.core.network.layers import LayerSpec, NetworkSpec, layer
from explorer.core.network.ledger import Ledger, trace
from explorer.core.network.networks import FLATTEN, SIMPLE_CNN
from explorer.ui.language import t
from explorer.ui.named_latex import grouped, named
from explorer.ui.terms import explained_markdown


def parameter_formulas() -> None:
    """Draws both, and how many times more the dense layer takes."""
    convolution, dense = first_convolution(), dense_instead()
    conv = convolution.stack.layers[0]
    linear = dense.stack.layers[1]
    _, channels, rows, columns = convolution.output
    many, few = dense.num_params, convolution.num_params
    st.markdown(f"#### {t('What that costs')}")
    explained_markdown(t(
        "The simple CNN’s first layer makes {channels} [[maps|feature_map]] of {rows}×{columns} out of the image. "
        "A [[dense layer|dense_layer]] with as many outputs has a weight for each pair of pixel and output; the "
        "convolution has one small [[kernel]] for each map, and uses it everywhere.",
        channels=channels, rows=rows, columns=columns,
    ))  # fmt: skip
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(_code(linear))
        st.latex(dense_latex(dense))
    with right:
        st.markdown(_code(conv))
        st.latex(convolution_latex(convolution))
    explained_markdown(t("**{many} [[parameters]] against {few}**: {ratio} times as many, for the first layer alone.",
                         many=many, few=few, ratio=round(many / few)))  # fmt: skip


def _code(spec: LayerSpec) -> str:
    return f"`{layer_code(spec)}`"


def first_convolution() -> Ledger:
    """The simple CNN's first layer, on an image."""
    return trace(NetworkSpec(SIMPLE_CNN[:1]), 1)


def dense_instead() -> Ledger:
    """A dense layer with as many outputs as that layer's maps have values."""
    pixels, outputs = math.prod(first_convolution().rows[0].input), math.prod(first_convolution().output)
    return trace(NetworkSpec((FLATTEN, layer("fc", "Linear", in_features=pixels, out_features=outputs))), 1)


def dense_latex(dense: Ledger) -> str:
    """inputs · outputs + biases = weights + biases."""
    (_, inputs), (_, outputs) = dense.rows[1].input, dense.output
    total = rf"{grouped(inputs * outputs)} + {grouped(outputs)} = {grouped(dense.num_params)}"
    return (
        rf"\begin{{gathered}} {named(inputs, t('pixels'))} \cdot {named(outputs, t('outputs'))}"
        rf" + {named(outputs, t('biases'))} \\ = {total} \end{{gathered}}"
    )


def convolution_latex(convolution: Ledger) -> str:
    """in_channels · out_channels · kh · kw + biases = parameters."""
    conv = convolution.stack.layers[0]
    height, width = conv.pair("kernel_size")
    factors = r" \cdot ".join(
        (
            named(conv["in_channels"], t("input channels")),
            named(conv["out_channels"], t("output channels")),
            named(height, t("kernel height")),
            named(width, t("kernel width")),
        )
    )
    biases = named(conv["out_channels"], t("biases"))
    return rf"\begin{{gathered}} {factors} + {biases} \\ = {grouped(convolution.num_params)} \end{{gathered}}"
