"""What the runs say in a sentence; the lecture's exercise first, with the numbers of the learner's own runs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from explorer.core.network.networks import DENSE, SIMPLE_CNN
from explorer.core.run.comparison import summarize
from explorer.runs.run import Run
from explorer.ui.compare.examples import is_held_back
from explorer.ui.compared_pair import note_compared
from explorer.ui.data_names import TITLES
from explorer.ui.exercise_guess import guess_buttons, guess_verdict, has_guessed
from explorer.ui.exercise_pair import Pair, exercise_pairs, is_answered, who_is_ahead
from explorer.ui.language import join_sentences, join_words, say_number, t
from explorer.ui.markdown_escape import escape_markdown


def answer(runs: Sequence[Run], names: Sequence[str]) -> None:
    """Draws what the runs say: to the exercise, to the shuffled pixels, else which of them is best."""
    tested = {name: run for run, name in zip(runs, names, strict=True) if run.accuracy is not None}
    mixed = why_not_comparable(tested.values())
    if mixed:
        st.markdown(mixed)
    pair = next(iter(exercise_pairs(tested.values())), None)
    if not has_guessed() and (pair or any(map(is_held_back, runs))):
        guess_buttons()
    elif pair:
        st.markdown(_exercise(pair))
        if is_answered(pair):
            note_compared(pair)
    elif text := _shuffled([*tested.values()]):
        st.markdown(text)
    elif len(tested) > 1 and not mixed:
        best = max(tested, key=lambda name: tested[name].accuracy)
        best_run = {"name": escape_markdown(best), "accuracy": say_number(tested[best].accuracy, ".2%")}
        if any(run.unfinished for run in runs):
            st.markdown(t("Ahead so far: **{name}**, **{accuracy}** of the test images.", **best_run))
        else:
            st.markdown(t("Ahead: **{name}**, **{accuracy}** of the test images.", **best_run))


def why_not_comparable(runs: Iterable[Run]) -> str:
    """Why these runs' accuracies cannot be compared; "" where all read the same test images."""
    sets = list(dict.fromkeys(run.config.data for run in runs))
    if len(sets) < 2:
        return ""
    return t(
        "These runs are of different data sets ({sets}): each was tested on its own images, and their accuracies do not"
        " say which network is better.",
        sets=join_words(t(TITLES[data]) for data in sets),
    )


def _runs_that_differ(runs: Sequence[Run], one: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[Run, Run] | None:
    """Two runs with these settings that differ in nothing else."""
    for run in runs:
        if replace(run.config, **one) == run.config:
            wanted = replace(run.config, **other)
            if twin := next((twin for twin in runs if twin.config == wanted), None):
                return run, twin
    return None


def _so_far(runs: Sequence[Run]) -> str:
    return t("So far:") if any(run.unfinished for run in runs) else ""


def _shuffled(runs: Sequence[Run]) -> str:
    changes = []
    for network in (SIMPLE_CNN, DENSE):
        pair = _runs_that_differ(runs, {"network": network, "shuffled_pixels": True}, {"shuffled_pixels": False})
        if not pair:
            return ""
        shuffled, in_order = (run.accuracy for run in pair)
        changes.append(f"{100 * (shuffled - in_order):+.1f}".replace("-", "−"))
    change = t(
        "Shuffled pixels change the CNN's test accuracy by **{cnn}** points, the dense net's by **{dense}**.",
        cnn=changes[0],
        dense=changes[1],
    )
    return join_sentences(_so_far(runs), change)


def _exercise(pair: Pair) -> str:
    exercise, simple = pair
    mine, other = (summarize(run.config, run.started, run.epochs, run.step, run.seconds) for run in (exercise, simple))
    parts = [
        _so_far([exercise, simple]) or t("The exercise's answer:"),
        t(
            "the exercise's network reads **{mine}** of the test images, the simple CNN **{other}**.",
            mine=say_number(mine.last_accuracy, ".2%"),
            other=say_number(other.last_accuracy, ".2%"),
        ),
        t(
            "It has {params} times as many parameters and needs {mult_adds} times the mult-adds; "
            "its training took {mine} s against {other} s.",
            params=say_number(mine.num_params / other.num_params, ".1f"),
            mult_adds=say_number(mine.mult_adds / other.mult_adds, ".1f"),
            mine=say_number(mine.seconds, ".1f"),
            other=say_number(other.seconds, ".1f"),
        ),
    ]
    if exercise.unfinished or simple.unfinished:  # at different steps: who is ahead now says nothing of the end
        return join_sentences(*parts)
    ahead, words = who_is_ahead(pair)
    return join_sentences(guess_verdict(ahead), *parts, words)
