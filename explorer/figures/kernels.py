"""A layer's kernels as small pictures: blue for positive weights, orange for negative, one scale for all."""

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

LARGEST_KERNEL = 11  # with lines between its cells; a dense layer's weights are a picture of 28×28
POSITIVE, NEGATIVE = "#2f74d0", "#e0801f"


def kernels_figure(weight: np.ndarray, neutral: str) -> go.Figure:
    """``weight`` (out_channels, 1, kh, kw) as a grid of heatmaps; one scale for all, so that a dead one looks dead.

    ``neutral`` is the colour of zero, near the page's background.
    """
    count = len(weight)
    columns = 5 if count <= 10 else 8
    gap = 1 if weight.shape[-1] <= LARGEST_KERNEL else 0
    figure = make_subplots(rows=-(-count // columns), cols=columns, horizontal_spacing=0.03, vertical_spacing=0.05)
    largest = float(np.abs(weight).max())
    for index, kernel in enumerate(weight[:, 0]):
        heatmap = go.Heatmap(
            z=kernel,
            coloraxis="coloraxis",
            hovertemplate=f"#{index + 1} [%{{y}}, %{{x}}]: %{{z:.3f}}<extra></extra>",
            xgap=gap,
            ygap=gap,
        )
        figure.add_trace(heatmap, row=index // columns + 1, col=index % columns + 1)
    figure.update_xaxes(visible=False, constrain="domain")
    figure.update_yaxes(visible=False, autorange="reversed", scaleanchor="x", constrain="domain")
    figure.update_layout(
        coloraxis={
            "colorscale": [[0.0, NEGATIVE], [0.5, neutral], [1.0, POSITIVE]],
            "cmin": -largest,
            "cmax": largest,
            "colorbar": {"thickness": 10},
        },
        margin={"l": 0, "r": 0, "t": 8, "b": 8},
        height=max(220, 80 * -(-count // columns)),
    )
    return figure
