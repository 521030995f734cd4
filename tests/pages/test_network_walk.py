"""The Network page under any hand: from any link, whatever is pressed, the controls stay."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from explorer.core.network.ledger import trace
from explorer.core.network.link import decode, encode
from explorer.core.network.repair import diagnose
from explorer.ui.network.controls import ADDABLE
from tests.hypothesis_profiles import examples
from tests.pages.app import at_page, sent, widget
from tests.stacks import stack_links

KINDS_ADDED = st.sampled_from(ADDABLE)
ACTIONS = st.sampled_from(
    [*["repair", "add", "add"] * 3, "choose", "choose", "field", "field", "up", "down", "remove", "undo", "button"]
)


def open_network(link: str) -> AppTest:
    return at_page("network", network_stack=link).run()


def repair(at: AppTest) -> None:
    """As the ledger's button does: AppTest knows no component's triggers."""
    diagnosis = diagnose(trace(decode(at.session_state["network_stack"])))
    if diagnosis and diagnosis.repaired:
        at.session_state["network_stack"] = encode(diagnosis.repaired)


def click(button: Button) -> None:
    if not button.disabled:
        button.click()


def act(at: AppTest, action: str, data: st.DataObject) -> None:
    """Presses one thing, with a number drawn where one is to be typed."""
    if action == "repair":
        repair(at)
    elif action == "choose":
        box = widget(at.selectbox, "network_layer")
        box.select(data.draw(st.integers(-1, len(box.options) - 2)))
    elif action == "add":
        at.selectbox(key="network_add").select(data.draw(KINDS_ADDED)).run()
        click(at.run().button(key="network_add_button"))
    elif action == "field" and at.text_input:
        field = data.draw(st.sampled_from(list(at.text_input)))
        field.set_value(data.draw(st.sampled_from(["", "0", "0,45", "1", "2", "32", "224", "1024", "1000000", "two"])))
    elif action == "button":
        pressable = [one for one in at.button if re.match("network_(preset|lesson)", one.key or "")]
        click(data.draw(st.sampled_from(pressable)))
    elif action in ("up", "down", "remove", "undo"):
        click(at.button(key=f"network_{action}"))
    at.run()


@examples(20)
@given(stack_links(), st.lists(ACTIONS, min_size=3, max_size=6), st.data())
def test_nothing_that_is_pressed_takes_the_controls_away(link: str, actions: list[str], data: st.DataObject) -> None:
    """Any network at the limits, or beyond; each press leaves a picture, a ledger and every button."""
    at = open_network(link)
    for action in ("look", *actions):
        act(at, action, data)
        assert not at.exception, (link, action, at.exception[0].message)
        assert sent(at.run())["rows"]
        assert {"network_add_button", "network_undo", "network_train"} <= {button.key for button in at.button}


@pytest.mark.parametrize(
    ("link", "kind", "reason"),
    [
        ("1_1x28x28_c1-2-1_f", "Conv2d", "in_channels 1568, outside 1 … 1024"),
        ("1_1x28x28_c1-2-1_f", "BatchNorm2d", "num_features 1568, outside 1 … 1024"),
        ("1_3x224x224_c3-64-3p1", "Linear", "in_features 3,211,264, outside 1 … 1,000,000"),
    ],
)
def test_a_layer_beyond_the_limits_is_not_added(link: str, kind: str, reason: str) -> None:
    """The button is off and says which number is too large; another layer can be added still."""
    at = open_network(link)
    last = len(link.split("_")) - 3
    widget(at.selectbox, "network_layer").select(last).run().run()
    at.selectbox(key="network_add").select(kind).run()
    button = at.run().button(key="network_add_button")
    assert button.disabled
    assert reason in button.help
    at.selectbox(key="network_add").select("ReLU").run()
    assert not at.run().button(key="network_add_button").disabled


def test_a_repair_that_a_limit_forbids_is_told_not_offered() -> None:
    """Flatten makes 3,211,264 numbers, which no linear layer of this server may take: no button, a sentence."""
    at = open_network("1_3x224x224_c3-64-3p1_f_l784-10")
    failing = next(row for row in sent(at)["rows"] if row["state"] == "fails")
    assert failing["repair"] == ""
    assert "in_features 3,211,264, outside 1 … 1,000,000" in failing["advice"]
    assert not at.exception
