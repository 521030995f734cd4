"""What a component told: the state without its number, and nothing where there is none or it is malformed."""

from typing import Any

import pytest
import streamlit as st

from explorer.ui.component_state import told_state


@pytest.mark.parametrize(
    ("session", "told"),
    [
        ({}, None),
        ({"view": {}}, None),
        ({"view": {"open": [["Output", 0, 1], 7]}}, ["Output", 0, 1]),
        ({"view": {"open": ["Output", 0, 1]}}, None),
        ({"view": {"open": "Output"}}, None),
    ],
)
def test_a_state_is_told_without_its_number(
    monkeypatch: pytest.MonkeyPatch, session: dict[str, Any], told: object
) -> None:
    monkeypatch.setattr(st, "session_state", session)
    assert told == told_state("view", "open")
