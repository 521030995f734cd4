"""The Train page's settings on screen, the most used first: widgets in, a TrainConfig out."""

import math
from dataclasses import replace

import streamlit as st

from explorer.core.network.ledger import trace
from explorer.core.network.trainable import largest_batch
from explorer.core.run.train_config import TrainConfig
from explorer.runs.run import Run
from explorer.ui.fresh_key import fresh_key, is_late
from explorer.ui.glossary import GLOSSARY
from explorer.ui.language import join_sentences, language, t
from explorer.ui.train.network import train_network
from explorer.ui.train.rare_controls import rare_controls, rare_settings_text
from explorer.ui.train.run_buttons import change_run
from explorer.ui.train.shown_settings import show_own_settings, show_settings_of
from explorer.ui.train_recipes import OWN, RECIPE, RECIPE_NAMES
from explorer.ui.train_settings import NETWORK, choice_setting, current_recipe, number_setting, set_recipe, train_config
from explorer.ui.view_options import control_options


def train_controls(run: Run | None) -> TrainConfig:
    """Draws the settings of the next run; while this learner's ``run`` is under way, they are that run's."""
    locked = run is not None
    show_settings_of(run) if run else show_own_settings()
    train_network()
    _recipe(locked)
    choice_setting("data").select(
        t("Data"),
        disabled=locked,
        help=t(
            "MNIST, Fashion-MNIST (clothes) and KMNIST (hiragana) are fetched once and kept. Offline digits are drawn "
            "by this app: they need no network, and their accuracy is not MNIST's."
        ),
    )
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        number_setting("epochs").field(t("Epochs"), disabled=locked, help=_epoch_help())
    with right:
        _batch_size(locked)
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        _changeable("lr", "learning_rate", t("Learning rate"), run)
    with right:
        _changeable("momentum", "momentum", t("Momentum"), run)
    rare_controls(locked)
    st.caption(t("Learning rate and momentum can be changed while it trains.") if locked else rare_settings_text())
    NETWORK.write()
    return run.config if run else train_config(NETWORK.value)


def _recipe(locked: bool) -> None:
    """What is shown follows from the settings: a changed one makes the recipe the learner's own."""
    now = current_recipe()
    labels = {name: t(label) for name, label in RECIPE_NAMES.items()} | ({"own": t(OWN)} if now == "own" else {})
    key = fresh_key("train_recipe", language(), now)
    about = t(
        "Sets everything that decides how well and how fast it learns; data, seed and device stay. The 98% and "
        "99% are the simple CNN's on MNIST."
    )
    options = control_options(RECIPE.key, t("Recipe"), {"disabled": locked, "help": about})
    if options is not None:
        st.selectbox(
            t("Recipe"),
            list(labels),
            index=list(labels).index(now),
            format_func=labels.get,
            key=key,
            on_change=_set_chosen_recipe,
            args=(key,),
            **options,
        )
    RECIPE.write()


def _set_chosen_recipe(key: str) -> None:
    if not is_late(key, "train_recipe", language()) and (name := st.session_state[key]) in RECIPE_NAMES:
        set_recipe(name)


def _changeable(name: str, term: str, label: str, run: Run | None, **options: object) -> None:
    """A number that a run under way takes at once."""
    args = {"on_change": change_run, "args": (run, name)} if run else {}
    at_once = t("Takes effect at once, without a new start.") if run else ""
    about = join_sentences(GLOSSARY[term].say(), at_once)
    number_setting(name).field(label, help=about, **args, **options)


def _epoch_help() -> str:
    config = train_config(NETWORK.value)
    images, batch = config.training_images, config.batch_size
    return GLOSSARY["epoch"].say(images=images, batch=batch, steps=math.ceil(images / batch))


def _batch_size(locked: bool) -> None:
    """Draws the batch size, which what a step of this network may cost bounds."""
    number, largest = number_setting("batch_size"), largest_batch(trace(NETWORK.value))
    if number.value > largest:
        number.set(largest)
    replace(number, highest=largest).field(t("Batch size"), disabled=locked, help=GLOSSARY["batch"].say())
