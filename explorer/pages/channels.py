"""Channels: one kernel for each input channel, their partial maps summed, once for every output channel."""

import streamlit as st

from explorer.components.inspector import cell_inspector
from explorer.components.inspector.conv_scene import conv_scene
from explorer.core.arithmetic.torch_code import channels_code
from explorer.ui.address import show_address
from explorer.ui.channels.controls import channel_controls, channel_result, select_channel, selected_channel
from explorer.ui.channels.weight_formula import weight_formula
from explorer.ui.inspector_words import inspector_words
from explorer.ui.language import lesson, t
from explorer.ui.open_cell import interesting_cell, keep_open_cell, open_cell
from explorer.ui.workbench import workbench


@st.fragment  # a slider's move redraws this, not the navigation; and the picture first
def screen() -> None:
    """Picture and controls, then shapes, text and code."""
    result = channel_result()
    words = inspector_words()
    picture, beneath, controls = workbench("stack")

    with picture:
        scene = conv_scene(result, words, layout="stack", channel=selected_channel(), editable=False)
        cell_inspector(
            scene,
            words=words,
            open_cell=open_cell("channels_cell", default=interesting_cell(result.spec), scene=scene),
            on_open=lambda: keep_open_cell("channels_cell", st.session_state["channels_inspector"].open),
            on_channel=lambda: select_channel(st.session_state["channels_inspector"].channel),
            key="channels_inspector",
        )
    with beneath:
        weight_formula(result.spec, bias=result.bias is not None)
    with controls:
        channel_controls()

    text, code = st.columns(2, gap="large")
    with text:
        st.markdown(lesson("channels"))
    with code:
        st.markdown(f"#### {t('The same in PyTorch')}")
        st.code(channels_code(result), language="python", height=560)
    show_address()


screen()
