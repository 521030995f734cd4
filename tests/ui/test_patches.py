"""The patches that excite a network's maps most, at an address of their own."""

import json
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Match

from explorer.exchange.folders import SHIPPED
from explorer.exchange.run_folder import read_run
from explorer.ui.patches import patches_address, patches_route


def ask(path: str) -> Response:
    """What the server answers to a path of this route."""
    route = patches_route()
    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    matched, found = route.matches(scope)
    assert matched is Match.FULL
    return route.endpoint(Request(scope | found))


def test_those_of_what_ships_are_sent() -> None:
    """With the step of the weights that they are of; no more than 100 kB."""
    for name, folder in SHIPPED.items():
        step = read_run(folder)["step"]
        answer = ask("/" + patches_address(name, step))
        assert isinstance(answer, FileResponse)
        content = Path(answer.path).read_bytes()
        assert json.loads(content)["step"] == step
        assert len(content) <= 100_000


def test_nothing_else_is_sent() -> None:
    """No run that is not known here, and no other file."""
    for path in ("/patches/nobody/step-1", "/patches/simple/epoch-0001", "/patches/simple/rotate"):
        assert ask(path).status_code == 404
