"""What the components are sent has one definition: what pages send is of it, and the scripts are checked against it."""

import json

import pytest

from explorer.components.confusion.message import ConfusionMessage
from explorer.components.exercise.message import ExerciseMessage
from explorer.components.home.message import HomeMessage
from explorer.components.inside.message import InsideMessage
from explorer.components.inspector.message import InspectorMessage
from explorer.components.live_curves.message import CurvesMessage
from explorer.components.network_view.message import NetworkMessage
from explorer.components.probe_view.message import ProbeMessage
from explorer.components.run_table.message import TableMessage
from explorer.components.task_card.message import CardMessage
from tests.components.declarations import FILE, declarations, faults
from tests.pages.app import at_page

MESSAGES = {
    "confusion": ConfusionMessage,
    "cell_inspector": InspectorMessage,
    "exercise": ExerciseMessage,
    "home": HomeMessage,
    "inside": InsideMessage,
    "live_curves": CurvesMessage,
    "network_view": NetworkMessage,
    "probe_view": ProbeMessage,
    "run_table": TableMessage,
    "task_card": CardMessage,
}
LINKS = {
    "home": ({},),
    "convolution": ({}, {"conv_mode": "reflect", "conv_padding": "2"}, {"conv_input": "digit", "conv_height": "28"}),
    "channels": ({}, {"chan_in": "1"}),
    "pooling": ({}, {"pool_shift": "1"}, {"exercise": "pool_output_size"}, {"exercise": "pool_max_cell"}),
    "network": ({},),
    "train": ({},),
    "inside": ({}, {"inside_network": "exercise"}),
    "compare": ({},),
    "task": ({},),
}


def test_the_scripts_declarations_are_pythons() -> None:
    """`make messages` writes them."""
    assert declarations() == FILE.read_text("utf-8")


@pytest.mark.parametrize(("page", "link"), [(page, link) for page, links in LINKS.items() for link in links])
def test_what_a_page_sends_is_what_its_components_were_promised(page: str, link: dict[str, str]) -> None:
    """Each field, of its type, and no other."""
    at = at_page(page, **link).run()
    drawn = [component.proto for component in at.get("bidi_component") if component.proto.component_name in MESSAGES]
    assert drawn
    for component in drawn:
        (data,) = json.loads(component.json)
        assert [] == list(faults(data, MESSAGES[component.component_name]))


def test_a_value_of_another_type_is_a_fault() -> None:
    """A field that is missing, one too many, a number for a text."""
    good = {"text": "0.5", "value": 0.5}
    table = {"heads": ["run"], "rows": [], "file": "", "words": {"more": "more"}}
    look = {"color": "#000000", "dash": 0, "marker": "circle", "sign": "●"}
    assert [] == list(faults({**table, "rows": [{"look": look, "cells": [good]}]}, TableMessage))
    for wrong in ({"text": "0.5"}, {**good, "more": 1}, {**good, "text": 0.5}, {**good, "value": [1]}):
        assert list(faults({**table, "rows": [{"look": look, "cells": [wrong]}]}, TableMessage))
    assert list(faults({**table, "rows": [{"look": {**look, "dash": 8}, "cells": [good]}]}, TableMessage))
