"""The ten digits of a run: what its worker sent of them, read, and said in the page's language."""

import math
from dataclasses import replace
from functools import cache

import numpy as np
import streamlit as st
from safetensors.numpy import load

from explorer.components.probe_view import Probe, probe_view
from explorer.core.data.digits import draw_digits
from explorer.core.network.layers import NetworkSpec
from explorer.core.run.train_config import TrainConfig
from explorer.runs.run import Run
from explorer.ui.data_names import are_digits, class_names
from explorer.ui.language import mark, say_all

WORDS = {
    "title": mark("Ten test digits, read as it learns"),
    "score": mark("{right} of 10 right"),
    "digits": mark("Ten test digits"),
    "right": mark("Digit {label}, read as {answer}, {percent}: right."),
    "wrong": mark("Digit {label}, read as {answer}, {percent}: wrong."),
    "unanswered": mark("Digit {label}, not read yet."),
    "before": mark("Before: {answers}."),
    "was": mark("was {answers}"),
    "comma": mark(", "),
    "probabilities": mark("Probabilities for this {label}"),
    "truth": mark("the right answer"),
    "maps": mark("This {label} as {layer} gets it"),
    "maps_scale": mark("darkest: {largest}"),
    "kernels": mark("Weights of {layer}"),
    "now": mark("Now"),
    "change": mark("Change"),
    "scale": mark("blue up to +{largest}, orange down to −{largest}"),
    "empty": mark(
        "Press Start: ten digits of the test set take this place, and are read again and again while the network "
        "learns, with their feature maps and the first layer's kernels."
    ),
}
IMAGE_WORDS = {  # where the classes are no digits
    "title": mark("Ten test images, read as it learns"),
    "digits": mark("Ten test images"),
    "right": mark("{label}, read as {answer}, {percent}: right."),
    "wrong": mark("{label}, read as {answer}, {percent}: wrong."),
    "unanswered": mark("{label}, not read yet."),
    "probabilities": mark("Probabilities: {label}"),
    "maps": mark("{label} as {layer} gets it"),
    "empty": mark(
        "Press Start: ten images of the test set take this place, and are read again and again while the network "
        "learns, with their feature maps and the first layer's kernels."
    ),
}
NO_ANSWER = mark("The network has no answer any more: its weights grew until its outputs were no numbers (NaN).")
REMEMBERED = 4  # answers of a digit, the present one included
DRAWN = 200  # drawn, to find one of each class


def run_probe(config: TrainConfig, run: Run | None) -> None:
    """Draws the ten digits as the run's network sees them, or as an invitation."""
    config = run.config if run else config
    probe = _probe(run.id, load(run.probe)) if run and run.probe else _unread_probe(are_digits(config.data))
    probe = replace(probe, names=class_names(config.data))
    unanswered = bool(probe.answers) and probe.probabilities is None
    probe_view(probe, words=_words(config, unanswered), key="train_probe")


def _probe(run_id: str, seen: dict[str, np.ndarray]) -> Probe:
    """What is no number is no answer, no map and no kernel."""
    probabilities, largest_map = seen["probabilities"], float(seen.get("maps_largest", 1.0))
    answers = [int(row.argmax()) if np.isfinite(row).all() else None for row in probabilities]
    return Probe(
        images=seen["images"],
        labels=seen["labels"].tolist(),
        probabilities=None if answers == [None] * len(answers) else probabilities,
        answers=_answers(run_id, int(seen["step"]), answers),
        maps=seen.get("maps") if math.isfinite(largest_map) else None,
        largest_map=largest_map if math.isfinite(largest_map) else 0.0,
        kernels=_finite(seen.get("kernels")),
        kernels_before=seen.get("kernels_before"),
    )


def _finite(weights: np.ndarray | None) -> np.ndarray | None:
    return weights if weights is not None and np.isfinite(weights).all() else None


def _answers(run_id: str, step: int, now: list[int | None]) -> list[list[int | None]]:
    """Each digit's last answers, a new one at each change of mind: as far as this session has watched."""
    known, last, answers = st.session_state.get("train_answers", ("", 0, []))
    if known != run_id or step < last:
        answers = [[] for _ in now]
    answers = [
        (some if some[-1:] == [answer] else [*some, answer])[-REMEMBERED:]
        for some, answer in zip(answers, now, strict=True)
    ]
    st.session_state["train_answers"] = (run_id, step, answers)
    return answers


@cache
def _unread_probe(digits: bool) -> Probe:
    """What stands there before a network has read any: digits that this app draws, one of each, or ten empty places."""
    if not digits:
        return Probe(np.zeros((10, 28, 28), np.uint8), range(10))
    images, labels = draw_digits(DRAWN, seed=3)
    return Probe(images[[int(np.flatnonzero(labels == digit)[0]) for digit in range(10)]], range(10))


def _words(config: TrainConfig, unanswered: bool) -> dict[str, str]:
    weighted = [layer.name for layer in NetworkSpec(config.network).layers if layer.kind in ("Conv2d", "Linear")]
    first, second = [*weighted, "", ""][:2]
    marked = WORDS if are_digits(config.data) else WORDS | IMAGE_WORDS
    words = say_all(marked | {"empty": NO_ANSWER} if unanswered else marked)
    return words | {
        "maps": words["maps"].replace("{layer}", second),
        "kernels": words["kernels"].replace("{layer}", first),
    }
