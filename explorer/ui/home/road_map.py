"""The road map: the simple CNN from feature extraction to classification, each layer a link to what explains it."""

from collections.abc import Sequence

import streamlit as st

from explorer.core.network.layers import NetworkSpec
from explorer.core.network.ledger import Row, trace
from explorer.core.network.networks import SIMPLE_CNN
from explorer.ui.address import link_with
from explorer.ui.language import t
from explorer.ui.terms import explained_markdown


def road_map() -> None:
    """Draws both parts, their layers in order, with the shapes that they hand on."""
    rows = trace(NetworkSpec(SIMPLE_CNN), 1).rows
    flat = next(number for number, row in enumerate(rows) if row.spec.kind == "Flatten")
    st.markdown(f"#### {t('The road map')}")
    explained_markdown(t(
        "Convolution and pooling turn pixels into [[features|feature]]; the layers after *flatten* turn features into "
        "an answer. Each block leads to the page that explains it, set to this very layer."
    ))  # fmt: skip
    with st.container(key="road_map"):
        _part(t("Feature extraction"), rows[:flat], 0)
        _part(t("Classification"), rows[flat:], flat)
    label = t("Then the lecture’s exercise: build a network of your own, step by step")
    st.page_link("explorer/pages/task.py", label=label, query_params=link_with(), width="content")


def _part(title: str, rows: Sequence[Row], first: int) -> None:
    with st.container(border=True):
        st.markdown(f"**{title}**")
        with st.container(horizontal=True):
            for number, row in enumerate(rows, first):
                page, link = explained_at(row, number)
                file = f"explorer/pages/{page}.py"
                shape = "×".join(map(str, row.output[1:]))
                label = f"**{row.spec.name}** {row.spec.kind} → {shape}"
                st.page_link(file, label=label, query_params=link_with(**link), width="content")


def explained_at(row: Row, number: int) -> tuple[str, dict[str, str]]:
    """The page that explains layer ``number`` of the simple CNN, and the settings that show this very layer."""
    spec, size = row.spec, row.input[2:]
    if spec.kind == "Conv2d" and spec["in_channels"] == 1:
        height, width = spec.pair("kernel_size")
        kernel = {"conv_kernel_height": height, "conv_kernel_width": width, "conv_padding": 0}
        return "convolution", _texts(conv_input="digit", conv_height=size[0], conv_width=size[1], **kernel)
    if spec.kind == "MaxPool2d":
        return "pooling", _texts(pool_input="digit", pool_height=size[0], pool_width=size[1])
    if spec.kind == "Flatten":
        return "network", _texts(network_at=f"{number}_0_0")
    return "inside", _texts(inside_at=f"{number}_{_middle(row)}")


def _middle(row: Row) -> str:
    """Channel, row and column of a unit to open: of maps the first one's middle, of a vector number 7."""
    if len(row.output) == 2:
        return "7_0_0"
    return f"0_{row.output[2] // 2}_{row.output[3] // 2}"


def _texts(**settings: object) -> dict[str, str]:
    return {name: str(value) for name, value in settings.items()}
