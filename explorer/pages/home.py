"""Home: the whole network on a digit; why convolution; the way through the lecture."""

import streamlit as st

from explorer.core.exercises.home import FlatteningState
from explorer.ui.address import show_address
from explorer.ui.exercises.attempt import Asked
from explorer.ui.exercises.hidden import is_hidden
from explorer.ui.exercises.panel import ExercisePage
from explorer.ui.home.formulas import parameter_formulas
from explorer.ui.home.lecture_index import lecture_index
from explorer.ui.home.road_map import road_map
from explorer.ui.home.shuffled import shuffled_pixels
from explorer.ui.home.whole_network import whole_network
from explorer.ui.language import t

PICTURE, COSTS = "home_picture", "home_costs"  # the fragments that an exercise changes
EXERCISE = ExercisePage("home", redraw=lambda: st.rerun([PICTURE, COSTS]))


def asked() -> Asked | None:
    """The open exercise: about this page's formulas, or made-up numbers."""
    return EXERCISE.asked(FlatteningState())


def picture() -> None:
    """The network, the digit as a vector; a stroke redraws this, not what stands beneath."""
    exercise = asked()
    whole_network(hides_places=exercise is not None and exercise.hides == "cell")


def costs() -> None:
    """The exercises and what they may be about."""
    exercise = asked()
    EXERCISE.panel(exercise, FlatteningState())
    if not is_hidden(exercise, "answer"):
        parameter_formulas()
    show_address()


st.markdown(t("Draw a digit and see a convolutional network read it, layer by layer: every number here can be opened, "
              "down to the products it is made of."))  # fmt: skip
st.fragment(picture, key=PICTURE)()
st.fragment(costs, key=COSTS)()
shuffled_pixels()
road_map()
lecture_index()
