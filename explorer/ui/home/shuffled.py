"""Shuffled pixels: what CNN and dense net make of images whose pixels are no neighbours any more."""

import streamlit as st

from explorer.components.followed_link import follow_link
from explorer.components.live_curves import Chart, Curve, live_curves
from explorer.components.run_looks import LOOKS
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.networks import preset_name
from explorer.runs.run import Run
from explorer.ui.address import link_to
from explorer.ui.asked_comparison import ask_comparison
from explorer.ui.curve_words import curve_words
from explorer.ui.example_runs import example_runs
from explorer.ui.language import mark, say_number, t

COMPARISON = "shuffled"
NAMES = {
    ("simple", False): mark("CNN"),
    ("simple", True): mark("CNN, shuffled pixels"),
    ("dense", False): mark("Dense net"),
    ("dense", True): mark("Dense net, shuffled pixels"),
}


def shuffled_pixels() -> None:
    """Draws the stored runs' accuracy, what it shows and why, and the button that trains them again."""
    runs = {_kind(run): run for run in example_runs(COMPARISON)}
    st.markdown(f"#### {t('The test: shuffled pixels')}")
    wide, narrow = st.columns([3, 2], gap="large")
    with wide:
        _curves(runs)
    with narrow:
        said = {
            f"{network}_{'shuffled' if shuffled else 'plain'}": say_number(last_accuracy(run), ".1%")
            for (network, shuffled), run in runs.items()
        }
        st.markdown(t("The CNN reads {simple_plain} of MNIST’s test digits, and {simple_shuffled} once their pixels "
                      "are shuffled. The dense net, with about as many parameters: {dense_plain}, and "
                      "{dense_shuffled}.", **said))  # fmt: skip
        st.markdown(t(
            "One permutation, drawn once, shuffles every image alike. A dense layer does not notice: it has a weight "
            "for each pixel and no idea which of them are neighbours. A convolution’s window looks for strokes among "
            "neighbours, and there are none left."
        ))  # fmt: skip
        if st.button(t("Train all four, live"), key="home_shuffled", help=t("About 30 s on one CPU core.")):
            ask_comparison(COMPARISON)
            follow_link("explorer/pages/compare.py", link_to("compare"), key="home_to_compare")
        st.caption(t("The curves were trained beforehand, on one CPU core."))


def last_accuracy(run: Run) -> float:
    """Its last test's, 0 … 1."""
    return run.epochs[-1].test_accuracy


def _kind(run: Run) -> tuple[str, bool]:
    return preset_name(NetworkSpec(run.config.network)), run.config.shuffled_pixels


def _curves(runs: dict[tuple[str, bool], Run]) -> None:
    curves = []
    for (kind, name), look in zip(NAMES.items(), LOOKS, strict=False):
        tests = runs[kind].epochs
        points = [test.step for test in tests], [test.test_accuracy for test in tests]
        drawn = {"color": look.color, "dash": look.dash, "marker": look.marker}
        curves.append(Curve(t(name), *points, "points", **drawn))
    live_curves(
        [Chart(t("Test accuracy"), curves, y_format="percent")],
        x_max=max(curve.x[-1] for curve in curves),
        x_label=t("Steps"),
        words=curve_words(),
        key="home_curves",
    )
