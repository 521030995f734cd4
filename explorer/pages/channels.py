"""Channels: one kernel for each input channel, their partial maps summed, once for every output channel."""

import streamlit as st

from explorer.components.inspector.conv_scene import conv_scene
from explorer.core.arithmetic.torch_code import channels_code
from explorer.ui.address import show_address
from explorer.ui.channels.controls import channel_controls, select_channel
from explorer.ui.channels.settings import channel_choices
from explorer.ui.channels.text import weight_formula
from explorer.ui.inspector_view import code_panel, inspector_view
from explorer.ui.inspector_words import inspector_words
from explorer.ui.language import lesson
from explorer.ui.open_cell import interesting_cell
from explorer.ui.workbench import workbench


@st.fragment  # a slider's move redraws this, not the navigation; and the picture first
def screen() -> None:
    """Picture and controls, then shapes, text and code."""
    choices = channel_choices()
    result, words = choices.result(), inspector_words()
    picture, beneath, controls = workbench("stack")

    with picture:
        inspector_view(
            "channels",
            conv_scene(result, words, layout="stack", channel=choices.selected - 1, editable=False),
            words,
            first_cell=interesting_cell(result.spec),
            on_channel=select_channel,
        )
    with beneath:
        weight_formula(result.spec, bias=choices.bias)
    with controls:
        channel_controls(choices)

    text, code = st.columns(2, gap="large")
    with text:
        st.markdown(lesson("channels"))
    with code:
        code_panel(channels_code(result))
    show_address()


screen()
