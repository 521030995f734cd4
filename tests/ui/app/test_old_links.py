"""Links from when the Convolution page stood at the app's own address."""

import asyncio
from typing import Any

import pytest
import streamlit as st

from explorer.ui.app.old_links import OldLinks


def answer(path: str, query: str) -> tuple[int, str]:
    """The status and where the browser is sent on to; the app itself answers 200."""
    sent: list[dict[str, Any]] = []

    async def app(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": query.encode()}
    asyncio.run(OldLinks(app)(scope, None, send))
    return sent[0]["status"], dict(sent[0]["headers"]).get(b"location", b"").decode()


def test_a_convolutions_link_is_sent_on_with_all_it_says() -> None:
    """The language and the run too, as they were written, wherever the parameter stands; an empty one is one too."""
    link = "lang=zh&conv_input_edits=0_0_5~1_1_2&run=x%20y"
    assert (307, f"convolution?{link}") == answer("/", link)
    assert (307, "convolution?conv_padding=") == answer("/", "conv_padding=")


@pytest.mark.parametrize(
    ("path", "query"),
    [("/", ""), ("/", "lang=zh"), ("/", "run=conv_x"), ("/convolution", "conv_padding=2"), ("/channels", "conv_x=1")],
)
def test_all_others_pass(path: str, query: str) -> None:
    """Home with a language or a run, the page itself, other pages."""
    assert (200, "") == answer(path, query)


def test_at_a_proxys_path_the_link_stays_below_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The address it is sent on to is relative."""
    monkeypatch.setattr(st, "get_option", {"server.baseUrlPath": "some/where/"}.get)
    assert (307, "convolution?conv_stride=2") == answer("/some/where/", "conv_stride=2")
    assert (200, "") == answer("/", "conv_stride=2")
