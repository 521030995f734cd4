"""The exercise's card: what the learner built, guessed, found and wrote; a picture, and a link that restores it."""

import streamlit as st

from explorer.components.task_card import Compared, task_card
from explorer.core.data.data_sets import SOURCES
from explorer.core.network.code import layer_code
from explorer.core.network.layers import LayerSpec, NetworkSpec
from explorer.core.network.ledger import trace
from explorer.core.network.link import encode
from explorer.core.network.networks import SIMPLE_CNN
from explorer.core.run.comparison import accuracy_error
from explorer.runs.run import Run
from explorer.ui.data_names import TITLES
from explorer.ui.exercise_guess import GUESS, guess_text
from explorer.ui.exercise_pair import who_is_ahead
from explorer.ui.full_link import full_link
from explorer.ui.language import join_words, say_number, t
from explorer.ui.network_names import network_name
from explorer.ui.run_start import start_time_text
from explorer.ui.task.steps import STEPS
from explorer.ui.task.task import Task
from explorer.ui.task_way_back import PAGE

_BLANK = "–"  # what is not there yet


def card(task: Task) -> None:
    """Draws the card as far as it is filled in; once it is complete, what it can be given away by."""
    mine, simple = task.pair if task.is_compared and task.pair else (None, None)
    networks = [
        _compared(task.stack.layers, mine) if task.is_built else Compared(t("Your network"), _BLANK, []),
        _compared(SIMPLE_CNN, simple),
    ]
    is_complete = all(task.done)
    task_card(
        t("The lecture’s exercise"),
        start_time_text(mine) if mine else "",
        networks,
        _facts(task),
        file="exercise.png" if is_complete else "",
        words={"download": t("Keep the card as a picture (PNG)")},
        key="task_card",
    )
    if not is_complete:
        st.caption(_missing(task))
        return
    st.caption(t("Or give its link away: whoever opens it sees this card."))
    st.code(full_link(PAGE, _link(task)), language=None, wrap_lines=True)


def _missing(task: Task) -> str:
    steps = enumerate(zip(STEPS, task.done, strict=True), 1)
    missing = join_words(f"{number}. {t(title)}" for number, (title, is_done) in steps if not is_done)
    if task.is_others:
        return t("This card is not complete. Missing: {steps}.", steps=missing)
    return t("Still to do: {steps}. Then the card is complete: it can be kept, and given away.", steps=missing)


def _compared(layers: tuple[LayerSpec, ...], run: Run | None) -> Compared:
    stack = NetworkSpec(layers)
    params = t("{count} parameters", count=say_number(trace(stack).num_params, ","))
    if run is None or run.accuracy is None:
        return Compared(network_name(stack), _BLANK, [params])
    images = SOURCES[run.config.data].test_images
    return Compared(
        network_name(stack),
        f"{say_number(run.accuracy, '.2%')} ± {say_number(accuracy_error(run.accuracy, images), '.2%')}",
        [
            params,
            t("{count} test images, {data}", count=say_number(images, ","), data=t(TITLES[run.config.data])),
            t("{epochs} epochs, seed {seed}", epochs=say_number(run.config.epochs, "g"), seed=run.config.seed),
        ],
    )


def _facts(task: Task) -> list[tuple[str, str]]:
    answer = who_is_ahead(task.pair)[1] if task.is_compared and task.pair else _BLANK
    guess = guess_text() or (t("none") if task.has_guessed else _BLANK)
    return [
        (t("Layers"), " → ".join(map(layer_code, task.stack.layers)) or _BLANK),
        (t("Guessed beforehand"), guess),
        (t("Answer (± is two standard errors)"), answer),
        (t("In one sentence"), task.sentence or _BLANK),
    ]


def _link(task: Task) -> dict[str, str]:
    """The parameters of the card: its own, not whose language or run the page carries."""
    ids = ",".join(run.id for run in task.pair or ())
    stack = encode(task.stack)
    return {"network_stack": stack, "task_guess": GUESS.value, "task_runs": ids, "task_sentence": task.sentence}
