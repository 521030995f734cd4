"""Trained weights at an address of their own: those that ship, a run's whose id one knows, and nothing else."""

from pathlib import Path

import pytest
import safetensors.numpy
import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Match

from explorer.core.network.layers import NetworkSpec
from explorer.core.network.ledger import trace
from explorer.core.network.networks import PRESETS
from explorer.exchange.folders import SHIPPED
from explorer.exchange.run_folder import read_run
from explorer.training.arguments import config_of, parse
from explorer.ui.weights import all_weights, shipped_config, weights_address, weights_route


def ask(path: str) -> Response | None:
    """What the server answers to a path; None where this route has nothing to do with it."""
    route = weights_route()
    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    matched, found = route.matches(scope)
    return route.endpoint(Request(scope | found)) if matched is Match.FULL else None


def file_sent(name: str, state: str) -> bytes:
    """What the server sends of a network."""
    answer = ask(f"/{weights_address(name, state)}")
    assert isinstance(answer, FileResponse)
    return Path(answer.path).read_bytes()


@pytest.mark.parametrize("name", SHIPPED)
def test_a_network_that_ships_fits_its_settings(name: str) -> None:
    """Its weights have the shapes of its layers, and are what the server sends."""
    tensors = safetensors.numpy.load(file_sent(name, "step-0"))
    ledger = trace(NetworkSpec(shipped_config(name).network))
    assert ledger.problem is None
    assert sum(tensor.size for tensor in tensors.values()) == ledger.num_params
    assert shipped_config(name).network == PRESETS[name]


@pytest.mark.parametrize("name", SHIPPED)
def test_its_command_is_its_settings(name: str) -> None:
    """Who runs it trains the same network the same way; and what it reached is with it."""
    run = read_run(SHIPPED[name])
    assert config_of(parse(run["command"].split()[3:])) == shipped_config(name)
    assert run["epochs"][-1]["test_accuracy"] >= 0.99
    assert len(list((SHIPPED[name] / "snapshots").iterdir())) == shipped_config(name).epochs + 1


def test_all_snapshots_are_sent() -> None:
    """All that the page names, each another file."""
    states = [address.split("/")[-1] for _, address in all_weights("simple", SHIPPED["simple"], 6.0, 0)]
    assert len({file_sent("simple", state) for state in states}) == len(states) == 7


NOWHERE = ("nobody/step-0", "..%2Fsimple/step-0", "simple/x", "simple/epoch-99", "simple/..%2Frun", "../step-0")


@pytest.mark.parametrize("path", NOWHERE)
def test_nothing_else_is_sent(path: str) -> None:
    """No other folder, and no run that is not known here."""
    answer = ask(f"/weights/{path}")
    assert answer is None or answer.status_code == 404


def test_a_base_path_stands_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """As before all addresses of the app."""
    monkeypatch.setattr(st, "get_option", {"server.baseUrlPath": "some/where/"}.get)
    assert ask("/some/where/" + weights_address("simple", "step-0")).status_code == 200
