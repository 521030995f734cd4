"""Ten made-up digits that are learned by one press: the network's answers, its maps and kernels."""

from dataclasses import replace

import numpy as np
import streamlit as st

from explorer.components.files import files_route
from explorer.components.probe_view import Probe, probe_view
from explorer.core.data.data_sets import SOURCES
from explorer.core.data.digits import draw_digits

WORDS = {
    "title": "Ten digits it never trains on",
    "score": "{right} of 10 right",
    "digits": "Ten test digits",
    "right": "Digit {label}: read as {answer}, {percent}, right.",
    "wrong": "Digit {label}: read as {answer}, {percent}, wrong.",
    "unanswered": "Digit {label}: not read yet.",
    "before": "Before: {answers}.",
    "was": "was {answers}",
    "comma": ", ",
    "probabilities": "Probabilities for this {label}",
    "truth": "the right answer",
    "maps": "Feature maps of this {label}",
    "maps_scale": "black is {largest}",
    "kernels": "Kernels of conv1",
    "now": "Now",
    "change": "Change",
    "scale": "blue +{largest}, orange −{largest}",
    "empty": "Press Train: these ten are read again and again.",
}


def images() -> np.ndarray:
    """One of each digit, (10, 28, 28)."""
    drawn, labels = draw_digits(200, 0)
    return drawn[[int(np.flatnonzero(labels == digit)[0]) for digit in range(10)]]


def probe(presses: int) -> Probe:
    """Nothing at first; then all are read, the 3 as an 8; then as a 3; then the maps' numbers are huge."""
    if not presses:
        return Probe(images(), range(10))
    random = np.random.default_rng(presses)
    logits = random.normal(0, 1, (10, 10)) + 5 * np.eye(10)
    logits[3, 8 if presses == 1 else 3] += 8
    probabilities = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    answers = [[digit] for digit in range(10)]
    answers[3] = [8] if presses == 1 else [8, 3]
    before = np.random.default_rng(9).normal(0, 0.1, (10, 5, 5))
    maps = random.integers(0, 256, (10, 10, 12, 12)).astype(np.uint8)
    kernels = before + presses * 0.05
    return Probe(
        images(), range(10), probabilities, answers, maps, 2.5 if presses < 3 else 27_000_000.0, kernels, before
    )


def page() -> None:
    """A button trains; the choice of a digit must survive it."""
    st.session_state.setdefault("presses", 0)
    if st.button("Train"):
        st.session_state.presses += 1
    st.text(f"pressed {st.session_state.presses} times")
    names = SOURCES[st.query_params.get("data", "offline")].classes
    probe_view(replace(probe(st.session_state.presses), names=names), words=WORDS, key="probe")


if __name__ == "__main__":
    st.set_page_config(layout="wide")
    page()
else:
    app = st.App(__file__, routes=[files_route()])
