"""Streamlit's figures are for no visitor."""

import pytest
import streamlit as st

from explorer.ui.app.private_paths import PrivatePaths
from tests.ui.app.asking import ask


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/metrics/", "/_stcore/metrics//"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST"])
def test_the_servers_figures_are_not_found(path: str, method: str) -> None:
    """By no method."""
    answer = ask(PrivatePaths, path, {"method": method})
    assert (404, "not found", False) == (answer.status, answer.text, answer.reached)


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/_stcore/metricsx", "/metrics"])
def test_all_others_pass(path: str) -> None:
    """They are pages, or nothing."""
    assert ask(PrivatePaths, path).reached


def test_at_a_proxys_path_they_are_not_found_either(monkeypatch: pytest.MonkeyPatch) -> None:
    """There Streamlit has them below it."""
    monkeypatch.setattr(st, "get_option", {"server.baseUrlPath": "some/where/"}.get)
    assert not ask(PrivatePaths, "/some/where/_stcore/metrics").reached
