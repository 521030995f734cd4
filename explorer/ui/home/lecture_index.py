"""The lecture's sections, each with the page that shows it, set to what the section speaks of."""

from dataclasses import dataclass, field

import streamlit as st

from explorer.core.network.layers import NetworkSpec
from explorer.core.network.link import encode
from explorer.core.network.networks import EXERCISE, INTRO
from explorer.ui.address import link_with
from explorer.ui.language import mark, t


@dataclass(frozen=True)
class Section:
    """Part of the lecture: its ``number`` there, what it is about, and the page and settings that show it."""

    number: str
    title: str
    page: str
    link: dict[str, str] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The page's."""
        return f"explorer/pages/{self.page}.py"


_LECTURES_CHANNELS = {
    "channels_in": "5",
    "channels_out": "10",
    "channels_height": "100",
    "channels_width": "100",
}
SECTIONS = (
    Section("1", mark("From pixels to features to ten classes"), "network",
            {"network_stack": encode(NetworkSpec(INTRO))}),
    Section("2.1", mark("A patch at a time"), "convolution", {"conv_padding": "0", "conv_cell": "0_0"}),
    Section("2.2", mark("One channel: multiply and add"), "convolution", {"conv_padding": "0", "conv_cell": "1_1"}),
    Section("2.2", mark("Several channels: a kernel for each"), "channels", {"channels_out": "1"}),
    Section("2.2", mark("Several outputs: Conv2d(5, 10, 3)"), "channels", _LECTURES_CHANNELS),
    Section("2.3", mark("Padding 1: the output is as large as the input"), "convolution", {"conv_cell": "0_0"}),
    Section("2.3", mark("Stride 2"), "convolution", {"conv_padding": "0", "conv_stride": "2"}),
    Section("3", mark("Max pooling"), "pooling"),
    Section("4", mark("A simple CNN: layers and shapes"), "network"),
    Section("4", mark("A simple CNN: training on MNIST"), "train"),
    Section("4", mark("A simple CNN: what it has learned"), "inside"),
    Section("5", mark("On which device it trains"), "gpu"),
    Section("6", mark("The exercise: build, guess, train, compare"), "task"),
    Section("6", mark("The exercise: its layers"), "network", {"network_stack": encode(NetworkSpec(EXERCISE))}),
    Section("6", mark("The exercise: which network reads better"), "compare"),
)  # fmt: skip


def lecture_index() -> None:
    """Draws the links, in the lecture's order."""
    st.markdown(f"#### {t('The lecture, section by section')}")
    columns = st.container(key="lecture_index").columns(2, gap="large")
    half = -(-len(SECTIONS) // len(columns))
    for number, section in enumerate(SECTIONS):
        with columns[number // half]:
            label = f"{section.number} {t(section.title)}"
            st.page_link(section.file, label=label, query_params=link_with(**section.link))
