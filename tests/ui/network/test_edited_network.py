"""The stack of a session: changed a step at a time, repaired, undone."""

import pytest
from streamlit.testing.v1 import AppTest

from explorer.core import limits
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.networks import BROKEN, SIMPLE_CNN


def in_session(script: object) -> AppTest:
    at = AppTest.from_function(script, default_timeout=60).run()
    assert not at.exception
    return at


@pytest.mark.parametrize("name", BROKEN)
def test_repairs_lead_to_a_network_that_works(name: str) -> None:
    """As often as the button is there; each repair can be undone."""

    def script() -> None:
        import streamlit as st

        from explorer.core.network.ledger import trace
        from explorer.core.network.repair import diagnose
        from explorer.ui.network import edited_network

        for _ in range(3):
            edited_network.repair_row()
        st.session_state["sound"] = diagnose(trace(edited_network.NETWORK.value)) is None
        edited_network.undo()
        st.session_state["undone"] = diagnose(trace(edited_network.NETWORK.value)) is not None

    from explorer.core.network.link import encode

    at = AppTest.from_function(script, default_timeout=60)
    at.session_state["network_stack"] = encode(NetworkSpec(BROKEN[name]))
    at.run()
    assert not at.exception
    assert at.session_state["sound"]
    assert at.session_state["undone"]


def test_a_repair_is_the_rows_own() -> None:
    """Of three remarks the button under the second does what it says, and nothing else; a late press does no harm."""

    def script() -> None:
        import streamlit as st

        from explorer.core.network.link import decode
        from explorer.ui.network import edited_network

        edited_network.load_network(decode("1_1x28x28_f_l784-100_l100-100_r_r_l100-10_d"))
        edited_network.repair_row(4)
        edited_network.repair_row(4)
        st.session_state["left"] = edited_network.layer_names()

    assert ("flatten", "fc1", "fc2", "relu", "fc3", "dropout") == in_session(script).session_state["left"]


def test_a_session_remembers_a_bounded_number_of_changes() -> None:
    """Moving a layer to and fro for hours costs no memory."""

    def script() -> None:
        from explorer.ui.network import edited_network

        edited_network.choose_unit(0)
        for _ in range(100):
            edited_network.move_layer(1)
            edited_network.move_layer(-1)

    assert len(in_session(script).session_state["network_past"]) == limits.MAX_UNDO


def test_what_is_clicked_in_the_picture_is_chosen() -> None:
    """A unit of a layer; the loss, the last row, has nothing to choose."""

    def script() -> None:
        import streamlit as st

        from explorer.ui.network import edited_network

        for number, click in enumerate(([3, 1, 2], [8, 0, 0])):
            st.session_state[edited_network.VIEW] = {"chosen": [click, number]}
            edited_network.choose_in_view()
        st.session_state["found"] = edited_network.chosen_unit()

    assert in_session(script).session_state["found"] == (3, 1, 2)
    assert len(SIMPLE_CNN) == 8


def test_a_button_pressed_twice_before_the_screen_follows_does_no_harm() -> None:
    """What is not there any more is neither removed, moved nor undone; the chosen layer is what a button means."""

    def script() -> None:
        import streamlit as st

        from explorer.ui.network import edited_network

        edited_network.undo()
        edited_network.choose_unit(1)
        edited_network.move_layer(-1)
        edited_network.move_layer(-1)
        st.session_state["first"] = edited_network.layer_names()[:2], edited_network.chosen_unit()[0]
        for _ in range(20):
            edited_network.remove_layer()
        st.session_state["left"] = edited_network.NETWORK.value.layers, edited_network.chosen_unit()[0]
        for _ in range(100):
            edited_network.add_layer("ReLU")

    at = in_session(script)
    assert (("pool1", "conv1"), 0) == at.session_state["first"]
    assert ((), -1) == at.session_state["left"]
    assert at.session_state["network_stack"].count("_r") == limits.MAX_LAYERS
