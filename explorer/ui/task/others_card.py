"""A card that somebody has given away: seen as it is, said whose it is, and the way to one's own."""

import streamlit as st

from explorer.ui.compared_pair import forget_compared
from explorer.ui.cookie_text import cookie_caption
from explorer.ui.exercise_guess import GUESS
from explorer.ui.language import t
from explorer.ui.task.card import card
from explorer.ui.task.sentence import forget_sentence
from explorer.ui.task.task import Task
from explorer.ui.train_settings import EDITED, NETWORK


def others_card(task: Task) -> None:
    """Draws it, and the button that begins the exercise anew."""
    st.info(t("This card came by a link. Its runs are not yours: they were trained in another browser. The numbers are "
              "this server’s; guess and sentence are what the link says."))  # fmt: skip
    cookie_caption()
    st.button(t("Do the exercise yourself"), key="task_begin", type="primary", on_click=_begin)
    with st.container(width=900):
        card(task)


def _begin() -> None:
    """Nothing of the card is the learner's."""
    EDITED.set(NETWORK.value)
    GUESS.set(GUESS.default)
    forget_compared()
    forget_sentence()
