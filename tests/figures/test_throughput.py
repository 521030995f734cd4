"""Images a second over the batch size: both axes in powers."""

from math import log10

import pytest

from explorer.figures.throughput import DeviceLine, throughput_figure

WORDS = {"size": "Batch size", "rate": "Images a second", "ink": "#12181f"}
CPU = DeviceLine("CPU", [(1, 1000.0), (64, 9000.0)], "#0b7a75", "circle")
GPU = DeviceLine("CUDA", [(1, 300.0), (64, 20000.0), (1024, 250000.0)], "#c9a800", "square")


def test_each_device_is_a_line() -> None:
    """Its numbers, its name; a legend where there is more than one."""
    figure = throughput_figure([CPU, GPU], **WORDS)
    assert [(1, 64), (1, 64, 1024)] == [trace.x for trace in figure.data]
    assert (1000.0, 9000.0) == figure.data[0].y
    assert figure.layout.showlegend
    assert not throughput_figure([CPU], **WORDS).layout.showlegend


def test_both_axes_are_logarithmic_and_hold_every_point() -> None:
    """The batch sizes are the ticks; the speeds' are powers of ten."""
    layout = throughput_figure([CPU, GPU], **WORDS).layout
    assert ("log", "log") == (layout.xaxis.type, layout.yaxis.type)
    assert (1, 64, 1024) == layout.xaxis.tickvals
    assert ("1,000", "10,000", "100,000") == layout.yaxis.ticktext
    lowest, highest = layout.yaxis.range
    assert lowest < log10(300) < log10(250000) < highest


def test_a_picture_of_nothing_is_refused() -> None:
    """A device without points alone."""
    with pytest.raises(ValueError, match="point"):
        throughput_figure([], **WORDS)
