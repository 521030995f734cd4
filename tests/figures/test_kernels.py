"""The picture of a layer's kernels."""

import numpy as np

from explorer.figures.kernels import kernels_figure


def test_every_kernel_is_drawn_with_its_own_numbers_on_one_scale() -> None:
    """Ten heatmaps hold the ten kernels; one colour range, even around zero, serves them all."""
    weight = np.random.default_rng(0).normal(size=(10, 1, 5, 5))
    figure = kernels_figure(weight, "#ffffff")
    assert len(figure.data) == 10
    for drawn, kernel in zip(figure.data, weight[:, 0], strict=True):
        np.testing.assert_array_equal(drawn.z, kernel)
        assert drawn.coloraxis == "coloraxis"  # a scale of its own would hide a dead kernel
    largest = np.abs(weight).max()
    assert (figure.layout.coloraxis.cmin, figure.layout.coloraxis.cmax) == (-largest, largest)


def test_a_kernel_is_not_drawn_upside_down() -> None:
    """Row 1 is at the top, as in the grids; plotly's own order would put it at the bottom."""
    figure = kernels_figure(np.ones((1, 1, 5, 5)), "#ffffff")
    assert figure.layout.yaxis.autorange == "reversed"
