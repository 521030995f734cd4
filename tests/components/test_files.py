"""The browser's one script: what a message says instead of it, and what the server gives for its address."""

import pytest
import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from explorer.components.bundle import bundled
from explorer.components.files import address, early_script, files_route, read_files, script
from tests.pages.app import at_page


def ask(path: str) -> Response:
    """What the server answers to a path."""
    route = files_route()
    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    matched, found = route.matches(scope)
    assert matched is Match.FULL
    return route.endpoint(Request(scope | found))


def test_the_script_is_given_to_be_kept_for_ever() -> None:
    """With a type that a browser runs, under the address that messages and pages name."""
    answer = ask(f"/{address()}")
    assert (200, bundled(read_files())) == (answer.status_code, answer.body.decode())
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/javascript")


def test_another_versions_script_is_not_kept() -> None:
    """A tab that was open while the server was renewed asks for what was."""
    answer = ask("/components/0123456789abcdef.js")
    assert (200, "no-cache") == (answer.status_code, answer.headers["cache-control"])


def test_a_base_path_stands_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """As before all of Streamlit's own addresses; pages name the script relative to their own."""
    monkeypatch.setattr(st, "get_option", {"server.baseUrlPath": "some/where/"}.get)
    assert ask(f"/some/where/{address()}").status_code == 200
    assert f'src="./{address()}"' in early_script()
    assert f'"{address()}",document.baseURI' in script("inside/inside.js")


PAGES = ("home", "convolution", "channels", "pooling", "network", "train", "inside", "compare")


@pytest.mark.parametrize("page", PAGES)
def test_no_page_sends_code(page: str) -> None:
    """A component's message has a few words of it, and no style."""
    at = at_page(page).run()
    drawn = at.get("bidi_component")
    assert drawn
    for component in drawn:
        assert 0 < len(component.proto.js_content) < 200
        assert component.proto.css_content == component.proto.html_content == ""
