"""The exercise's five steps: what is to be done, how far it is, and the way to the page where it is done."""

import streamlit as st

from explorer.components.followed_link import follow_link
from explorer.core.errors import SettingError
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.ledger import trace
from explorer.core.network.trainable import reasons_against
from explorer.core.run.comparison import comparison_settings
from explorer.core.run.train_config import TrainConfig
from explorer.ui.address import link_to
from explorer.ui.asked_comparison import ask_comparison
from explorer.ui.cookie_text import cookie_caption
from explorer.ui.exercise_guess import guess_buttons, guess_text, guess_verdict
from explorer.ui.exercise_pair import who_is_ahead
from explorer.ui.language import explain_error, in_context, join_sentences, mark, say_number, t
from explorer.ui.network_names import network_name
from explorer.ui.run_text import progress_text, state_text
from explorer.ui.session_runs import server_runs
from explorer.ui.task.sentence import sentence_field
from explorer.ui.task.task import Task
from explorer.ui.task_way_back import parts_text, surplus_text
from explorer.ui.train_settings import learner_data

_COMPARISON = "exercise"  # one of COMPARISONS
STEPS = (
    mark("Build three of each"),
    mark("Make a guess"),
    mark("Train both"),
    mark("Compare them"),
    mark("Write one sentence"),
)


def task_steps(task: Task) -> None:
    """Draws the steps, each with what is still missing."""
    draws = (_build, _guess, _train, _compare, _write)
    for number, (title, is_done, draw) in enumerate(zip(STEPS, task.done, draws, strict=True), 1):
        with st.container(gap="xsmall", key=f"task_step_{number}"):
            sign = f" :green[:material/check: {t(in_context('step of the exercise', 'done'))}]" if is_done else ""
            st.markdown(f"**{number}. {t(title)}**{sign}")
            draw(task)


def _build(task: Task) -> None:
    ledger = trace(task.stack)
    reason = next(reasons_against(ledger), None)
    fits = t("It fits, from 1×28×28 to 10: {count} parameters.", count=say_number(ledger.num_params, ","))
    parts = t("So far: {parts}.", parts=parts_text(task.stack.layers))
    problems = (surplus_text(task.stack.layers), explain_error(reason) if reason else fits)
    st.caption(join_sentences(parts, *problems))
    _page_link("network", t("Build it on the Network page"))


def _guess(task: Task) -> None:
    if not task.has_guessed:
        guess_buttons()
    elif guess := guess_text():
        st.caption(t("Your guess: {guess}.", guess=guess))
    else:
        st.caption(t("You wanted to see it without a guess."))


def _train(task: Task) -> None:
    if task.is_trained:
        st.caption(t("Your network and the simple CNN have been trained with the same recipe."))
        return
    why_not = _why_not_train(task)
    st.caption(t("Your network and the simple CNN, both with the lecture’s recipe and 3 epochs: less than a minute on "
                 "one CPU core."))  # fmt: skip
    cookie_caption()
    for run in task.pair or ():
        name = network_name(NetworkSpec(run.config.network))
        st.caption(t("{name}: {state}", name=name, state=state_text(run) + progress_text(run)))
    if task.is_under_way:
        _page_link("compare", t("Watch them on the Compare page"), compare_runs=_ids(task))
        return
    if st.button(t("Train both"), key="task_train", disabled=bool(why_not)) and not why_not:
        ask_comparison(_COMPARISON, task.stack.layers)
        follow_link("explorer/pages/compare.py", link_to("compare"), key="task_to_compare")
    if why_not:
        st.caption(why_not)


def _why_not_train(task: Task) -> str:
    if not task.is_built:
        return t("Build the network first.")
    if not task.has_guessed:
        return t("Guess first: once the curves are there it is no guess.")
    try:
        for settings in comparison_settings(_COMPARISON, task.stack.layers):
            TrainConfig(**learner_data(), **settings).within_limits()
    except SettingError as error:  # the recipe's batch is too large for this network
        return explain_error(error)
    return ""


def _compare(task: Task) -> None:
    if not task.is_trained:
        st.caption(t("When both have ended."))
        return
    if not task.is_compared:
        st.caption(t("Guess first: once the curves are there it is no guess."))
    elif task.pair:
        ahead, words = who_is_ahead(task.pair)
        st.caption(join_sentences(guess_verdict(ahead), words))
    _page_link("compare", t("See their curves on the Compare page"), compare_runs=_ids(task))


def _write(task: Task) -> None:
    sentence_field()


def watch_runs(task: Task) -> None:
    """Keeps the runs going while this page is open."""
    for run in task.pair or ():
        if run.unfinished:
            server_runs().watch(run)


def _ids(task: Task) -> str:
    return ",".join(run.id for run in task.pair or ())


def _page_link(page: str, label: str, **settings: str) -> None:
    file = f"explorer/pages/{page}.py"
    st.page_link(file, label=label, query_params=link_to(page, **settings), width="content")
