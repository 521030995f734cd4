"""What a run leaves: its first layer's weights to look at, its weights and settings to keep."""

from math import prod

import streamlit as st
from safetensors.numpy import load

from explorer.core.layers import Stack
from explorer.core.ledger import Ledger, trace
from explorer.figures.kernels import kernels_figure
from explorer.runs.run import Run
from explorer.ui.language import t

NEUTRAL = {"light": "#f3f5f7", "dark": "#1b222a"}  # the themes' secondary background
MOST_KERNELS = 40


def trained(run: Run) -> None:
    """Draws what the run's first layer with weights has learned, and offers its files."""
    weights = (run.folder / "weights.safetensors").read_bytes()
    first = first_weights(trace(Stack(run.config.network)))
    if first:
        _kernels(load(weights), *first)
    with st.container(horizontal=True):
        st.download_button(t("Weights"), weights, "weights.safetensors", key="train_weights")
        st.download_button(
            t("Settings and figures"), (run.folder / "run.json").read_bytes(), "run.json", key="train_json"
        )
    st.caption(t("Kept in {folder}", folder=f"`{run.folder.parent.name}/{run.folder.name}`"))


def first_weights(ledger: Ledger) -> tuple[str, tuple[int, int, int]] | None:
    """The first layer that weighs pixels, and the shape (count, height, width) of what it looks for; None if none.

    A linear layer's weights are pictures, too, where it reads a flattened map of one channel.
    """
    picture = ledger.stack.image
    for row in ledger.rows:
        if row.spec.kind == "Conv2d":
            return row.spec.name, (row.spec["out_channels"], row.spec["kernel_size"], row.spec["kernel_size"])
        if row.spec.kind == "Linear":
            fits = picture[0] == 1 and prod(picture) == row.spec["in_features"]
            return (row.spec.name, (row.spec["out_features"], *picture[1:])) if fits else None
        if len(row.output) == 4:
            picture = row.output[1:]
    return None


def _kernels(tensors: dict, name: str, shape: tuple[int, int, int]) -> None:
    count, height, width = shape
    shown = min(count, MOST_KERNELS)
    st.markdown(f"#### {t('What the first layer learned')}")
    st.plotly_chart(
        kernels_figure(
            tensors[f"{name}.weight"].reshape(count, 1, height, width)[:shown],
            NEUTRAL[st.context.theme.type or "light"],
        ),
        config={"displayModeBar": False},
        key="train_kernels",
        alt=t("The weights of {layer}, {count} pictures: blue ones are positive, orange ones negative.",
            layer=name, count=shown),
    )  # fmt: skip
    if shown < count:
        st.caption(t("The first {shown} of {count}.", shown=shown, count=count))
