"""A picture and the controls that drive it, on one screen together whatever the window's size."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.components.inspector.scene import Layout


def workbench(layout: Layout) -> tuple[DeltaGenerator, DeltaGenerator, DeltaGenerator]:
    """Places for a cell inspector of that layout, for what stands beneath it, and for its controls.

    They stand side by side; on a phone picture, controls, beneath follow each other. The picture stays in view while
    the controls pass by: see workbench.css.
    """
    bench = st.container(key="workbench")
    left, controls = bench.container(key="beside_controls"), bench.container(key="controls")
    return left.container(key=f"picture_{layout}"), left.container(key="beneath"), controls
