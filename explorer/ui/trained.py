"""What a run leaves: its first layer's kernels to look at, its weights and settings to keep."""

import streamlit as st
from safetensors.numpy import load

from explorer.figures.kernels import kernels_figure
from explorer.runs.run import Run
from explorer.ui.language import t

NEUTRAL = {"light": "#f3f5f7", "dark": "#1b222a"}  # the themes' secondary background


def trained(run: Run) -> None:
    """Draws the kernels of the run's first layer and offers its files."""
    weights = (run.folder / "weights.safetensors").read_bytes()
    st.markdown(f"#### {t('What the first layer learned')}")
    kernels = load(weights)["conv1.weight"]  # (10, 1, 5, 5)
    st.plotly_chart(
        kernels_figure(kernels, NEUTRAL[st.context.theme.type or "light"]),
        config={"displayModeBar": False},
        key="train_kernels",
        alt=t(
            "The {count} kernels of the first convolution: blue weights are positive, orange ones negative.",
            count=len(kernels),
        ),
    )
    with st.container(horizontal=True):
        st.download_button(t("Weights"), weights, "weights.safetensors", key="train_weights")
        st.download_button(
            t("Settings and figures"), (run.folder / "run.json").read_bytes(), "run.json", key="train_json"
        )
    st.caption(t("Kept in {folder}", folder=f"`{run.folder.parent.name}/{run.folder.name}`"))
