"""The style sheet in each page's head."""

import asyncio
import gzip
from pathlib import Path
from typing import Any

import streamlit

from explorer.components.files import early_script
from explorer.ui.app.page_style import PageStyle, style_sheet

PAGE = b"<html><head><title>t</title></head><body></body></html>"


def answer(
    kind: str, *parts: bytes, accept: bytes = b"text/html,*/*;q=0.8", accept_encoding: bytes = b"br"
) -> list[dict[str, Any]]:
    """What a browser gets where the app sends these parts of a body of that content type."""
    sent: list[dict[str, Any]] = []

    async def app(scope, receive, send) -> None:
        length = str(sum(map(len, parts))).encode()
        headers = [(b"content-type", kind.encode()), (b"content-length", length), (b"etag", b"1")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for number, part in enumerate(parts, 1):
            await send({"type": "http.response.body", "body": part, "more_body": number < len(parts)})

    async def send(message) -> None:
        sent.append(message)

    headers = [(b"accept", accept), (b"accept-encoding", accept_encoding), (b"range", b"bytes=0-3")]
    scope = {"type": "http", "method": "GET", "headers": headers}
    asyncio.run(PageStyle(app)(scope, None, send))
    return sent


def test_a_page_has_it_before_its_first_element() -> None:
    """However many parts the page comes in; its length is the new one, and no browser keeps the old page."""
    start, body = answer("text/html; charset=utf-8", PAGE[:20], PAGE[20:])
    assert PAGE.replace(b"</head>", f"<style>{style_sheet()}</style>{early_script()}</head>".encode()) == body["body"]
    assert str(len(body["body"])).encode() == dict(start["headers"])[b"content-length"]
    assert b"etag" not in dict(start["headers"])


def test_a_file_that_is_saved_passes_as_it_is() -> None:
    """A browser asks for it as for a page: part after part, nothing is added, however much it looks like a page."""
    start, *bodies = answer("application/octet-stream", PAGE[:20], PAGE[20:])
    assert [PAGE[:20], PAGE[20:]] == [body["body"] for body in bodies]
    assert b"1" == dict(start["headers"])[b"etag"]


def test_what_is_no_page_is_not_touched() -> None:
    """A script's request accepts anything, which is not a page's."""
    assert PAGE == answer("text/html", PAGE, accept=b"*/*")[1]["body"]


def test_who_can_unpack_it_gets_it_packed() -> None:
    """The same page, by its length and its headers too."""
    plain = answer("text/html", PAGE)[1]["body"]
    start, packed = answer("text/html", PAGE, accept_encoding=b"br, gzip")
    headers = dict(start["headers"])
    assert plain == gzip.decompress(packed["body"])
    assert (b"gzip", str(len(packed["body"])).encode()) == (headers[b"content-encoding"], headers[b"content-length"])


def test_streamlits_own_font_is_not_fetched_in_advance() -> None:
    """As the page of the Streamlit that is installed asks for it."""
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes()
    assert b'as="font"' in page
    assert b'as="font"' not in answer("text/html", page)[1]["body"]
