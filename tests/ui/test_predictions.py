"""Predictions beside the weights that made them: of each epoch that is kept, and of the newest evaluation."""

import shutil
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Match

from explorer.exchange.folders import SHIPPED
from explorer.exchange.run_folder import read_run
from explorer.ui.predictions import all_predictions, newest_predictions, predictions_route
from explorer.ui.weights import all_weights

STEPS = 625  # of an epoch, of the networks that ship


def ask(path: str) -> Response | None:
    """What the server answers to a path; None where this route has nothing to do with it."""
    route = predictions_route()
    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    matched, found = route.matches(scope)
    return route.endpoint(Request(scope | found)) if matched is Match.FULL else None


def predictions_of(name: str, folder: Path) -> list[tuple[float, str]]:
    """Those of all weights of a network whose folder is like one that ships."""
    return all_predictions(name, folder, all_weights(name, folder, 6.0, 0), STEPS)


@pytest.mark.parametrize("name", SHIPPED)
def test_what_ships_has_the_predictions_of_its_weights(name: str) -> None:
    """Their share that is right is the accuracy that its run.json tells, at each epoch."""
    told = {epoch["epoch"]: epoch["test_accuracy"] for epoch in read_run(SHIPPED[name])["epochs"]}
    found = predictions_of(name, SHIPPED[name])
    assert [0, 1, 2, 3, 4, 5, 6] == [passes for passes, _ in found]
    assert "" == found[0][1]  # untrained, it was not tested
    for passes, address in found[1:]:
        answer = ask(f"/{address}")
        assert isinstance(answer, FileResponse)
        pair = safetensors.numpy.load(Path(answer.path).read_bytes())["pair"]
        assert told[passes] == np.mean(pair // 10 == pair % 10)


def test_a_run_without_predictions_has_no_addresses(tmp_path: Path) -> None:
    """One that was trained before there were any, or of which some went."""
    folder = tmp_path / "run"
    shutil.copytree(SHIPPED["simple"], folder)
    (folder / "predictions/epoch-0002.safetensors").unlink()
    assert ["", "predictions/me/epoch-0003"] == [address for _, address in predictions_of("me", folder)][2:4]
    for broken in (b"", b"x" * 100):
        (folder / "predictions.safetensors").write_bytes(broken)
        assert newest_predictions("me", folder) is None
    shutil.rmtree(folder / "predictions")
    (folder / "predictions.safetensors").unlink()
    assert [""] * 7 == [address for _, address in predictions_of("me", folder)]


def test_the_newest_are_those_of_the_last_evaluation(tmp_path: Path) -> None:
    """Which may lie before the weights: the page says so."""
    folder = tmp_path / "run"
    shutil.copytree(SHIPPED["simple"], folder)
    weights = all_weights("me", folder, 6.4, 4000)
    assert (6.0, "predictions/me/step-3750") == all_predictions("me", folder, weights, STEPS)[-1]
    assert len(weights) == len(all_predictions("me", folder, weights, STEPS)) == 8


@pytest.mark.parametrize("path", ["nobody/step-0", "simple/epoch-99", "simple/..%2Frun", "simple/x"])
def test_nothing_else_is_sent(path: str) -> None:
    """No other file, and no run that is not known here."""
    answer = ask(f"/predictions/{path}")
    assert answer is None or answer.status_code == 404
