"""What a browser gets of Streamlit's own files."""

import gzip
from pathlib import Path

import pytest
import streamlit
import streamlit as st

from explorer.ui.app.packed_files import PackedFiles
from tests.ui.app.asking import ask

FOLDER = Path(streamlit.__file__).parent / "static"
SCRIPT = next((FOLDER / "static" / "js").glob("index.*.js"))


def body(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


@pytest.mark.parametrize("kind", ["js", "css"])
def test_every_file_is_what_streamlit_has(kind: str) -> None:
    """Unpacked; kept for ever, because its name changes with it."""
    for file in sorted((FOLDER / "static" / kind).iterdir()):
        answer = ask(PackedFiles, f"/static/{kind}/{file.name}", accept_encoding="gzip, deflate, br")
        assert (200, False) == (answer.status, answer.reached)
        assert file.read_bytes() == gzip.decompress(body(answer.text))
        assert str(len(body(answer.text))) == answer.header("content-length")
        assert "immutable" in answer.header("cache-control")
        assert answer.header("content-type").startswith({"js": "text/javascript", "css": "text/css"}[kind])


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        (f"/static/js/{SCRIPT.name}", {}),  # who cannot unpack it
        (f"/static/js/{SCRIPT.name}", {"accept_encoding": "br"}),
        ("/static/js/none.js", {"accept_encoding": "gzip"}),
        ("/static/js/../index.html", {"accept_encoding": "gzip"}),
        (f"/static/../static/js/{SCRIPT.name}", {"accept_encoding": "gzip"}),
        ("/", {"accept_encoding": "gzip"}),
    ],
)
def test_all_else_is_streamlits_to_answer(path: str, asked: dict[str, str]) -> None:
    """Names are looked up among those that are there, and lead nowhere else."""
    assert ask(PackedFiles, path, **asked).reached


def test_at_a_proxys_path_they_are_below_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Streamlit has them."""
    monkeypatch.setattr(st, "get_option", {"server.baseUrlPath": "some/where/"}.get)
    path = f"static/js/{SCRIPT.name}"
    assert not ask(PackedFiles, f"/some/where/{path}", accept_encoding="gzip").reached
    assert ask(PackedFiles, f"/{path}", accept_encoding="gzip").reached
