"""The whole network on the learner's drawing: Home's picture, and the way from any number to the Inside page."""

import re

import streamlit as st

from explorer.components.followed_link import follow_link
from explorer.components.home import home_view
from explorer.core.data.data_sets import SOURCES
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.ledger import trace
from explorer.exchange.folders import SHIPPED
from explorer.ui.address import link_with, show_address
from explorer.ui.browsers_text import DRAWING, STEPS, UNIT, BrowsersText
from explorer.ui.component_state import told_state
from explorer.ui.home.words import WITHOUT_PLACES, WORDS
from explorer.ui.language import say_all
from explorer.ui.sample_drawings import sample_drawings
from explorer.ui.test_digits import digits_address
from explorer.ui.weights import all_weights, shipped_config

NETWORK, FIRST = "simple", 7  # the network that ships, and the digit that stands there at first, as on Inside
VIEW = "home_view"
LINK = {
    "drawing": BrowsersText("home_drawing", DRAWING, "first"),
    "steps": BrowsersText("home_steps_off", STEPS, ""),
}
_OPENED = "home_opened"  # in the session, once: what was clicked


def whole_network(*, hides_places: bool) -> None:
    """Draws it, without the pixels' places in the vector where an exercise asks for one; follows a click."""
    config = shipped_config(NETWORK)
    source = SOURCES[config.data]
    home_view(
        trace(NetworkSpec(config.network), 1),
        all_weights(NETWORK, SHIPPED[NETWORK], config.epochs, 0)[-1][1],
        (source.mean, source.std),
        sample_drawings(),
        digits_address(config.data),
        first=FIRST,
        link={name: setting.value for name, setting in LINK.items()},
        on_link=_keep_link,
        on_open=_keep_opened,
        words=say_all(WORDS | WITHOUT_PLACES if hides_places else WORDS),
        key=VIEW,
    )
    for setting in LINK.values():
        setting.write()
    show_address()
    if opened := st.session_state.pop(_OPENED, None):
        follow_link("explorer/pages/inside.py", link_with(**opened), key="home_to_inside")


def _keep_link() -> None:
    """The learner has drawn, or switched a step."""
    told = told_state(VIEW, "link")
    for name, setting in LINK.items():
        setting.take(told.get(name) if isinstance(told, dict) else None)


def _keep_opened() -> None:
    """The learner has clicked a number: what the link to the Inside page says of it."""
    told = st.session_state[VIEW].open
    said = {"at": UNIT, "drawing": DRAWING, "steps": STEPS}
    if not isinstance(told, dict) or not all(re.fullmatch(said[name], str(told.get(name))) for name in said):
        return
    drawing = told["drawing"] or "none"
    st.session_state[_OPENED] = {
        "inside_at": told["at"],
        "inside_drawing": drawing,
        "inside_steps_off": told["steps"],
    }
