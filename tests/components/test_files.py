"""The browser's files: what a message says instead of them, and what the server gives for an address."""

import re

import pytest
import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from explorer.components.files import address, early_script, files_route, read_files, script, version
from tests.pages.app import open_app

IMPORT = re.compile(r'(?:from|import) "(\.[^"]+\.js)"')


def ask(path: str) -> Response:
    """What the server answers to a path."""
    route = files_route()
    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    matched, found = route.matches(scope)
    assert matched is Match.FULL
    return route.endpoint(Request(scope | found))


@pytest.mark.parametrize("name", read_files())
def test_every_file_is_given_to_be_kept_for_ever(name: str) -> None:
    """With a type that a browser runs, under the address that messages and pages name."""
    answer = ask(f"/{address(name)}")
    assert (200, read_files()[name]) == (answer.status_code, answer.body)
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith(("text/javascript", "text/css"))


@pytest.mark.parametrize("name", [name for name in read_files() if name.endswith(".js")])
def test_every_import_is_there(name: str) -> None:
    """By an address relative to the file's own."""
    for target in IMPORT.findall(read_files()[name].decode()):
        folder = name.split("/")[:-1]
        for part in target.split("/"):
            folder = folder[:-1] if part == ".." else folder if part == "." else [*folder, part]
        assert "/".join(folder) in read_files()


def test_an_address_changes_with_any_file() -> None:
    """Content moved from one file to another is another version, too."""
    versions = {
        version(files) for files in ({"a.js": b"1"}, {"a.js": b"2"}, {"a.js": b"1", "b.js": b""}, {"b.js": b"1"})
    }
    assert len(versions) == 4


def test_another_versions_file_is_not_kept() -> None:
    """A tab that was open while the server was renewed asks for what was."""
    answer = ask("/components/0123456789abcdef/all.js")
    assert (200, "no-cache") == (answer.status_code, answer.headers["cache-control"])


@pytest.mark.parametrize("name", ["nothing.js", "files.py", "../limits.py", "inspector/place.css", ""])
def test_nothing_else_is_given(name: str) -> None:
    """Neither Python nor what lies elsewhere."""
    assert ask(f"/{address('x').removesuffix('x')}{name}").status_code == 404


def test_a_base_path_stands_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """As before all of Streamlit's own addresses; pages name files relative to their own."""
    monkeypatch.setattr(st, "get_option", {"server.baseUrlPath": "some/where/"}.get)
    assert ask(f"/some/where/{address('all.js')}").status_code == 200
    assert f'src="./{address("all.js")}"' in early_script()
    assert f'"{address("all.js")}",document.baseURI' in script("all.js")


@pytest.mark.parametrize("page", ["", "channels", "pooling", "network", "train", "compare"])
def test_no_page_sends_code(page: str) -> None:
    """A component's message has a few words of it, and no style."""
    at = open_app()
    if page:
        at = at.switch_page(f"explorer/pages/{page}.py").run()
    drawn = at.get("bidi_component")
    assert drawn
    for component in drawn:
        assert 0 < len(component.proto.js_content) < 200
        assert component.proto.css_content == component.proto.html_content == ""
