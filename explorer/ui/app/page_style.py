"""The pages' own style sheet, in the page before its first element: nothing is drawn without its place and moved later.

The style sheet is the files beside this one, and what each component takes of a page before its script has drawn it.
An element of the page, as st.html makes one, would come too late: the browser fetches what draws it while others stand
already. Streamlit's own font, which no page is written in, is not fetched in advance.
"""

import gzip
import re
from collections.abc import Iterable
from pathlib import Path

import streamlit as st
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from explorer.components.files import early_script
from explorer.ui.app.packed_files import takes_packed

_HERE = Path(__file__).parent
_FILES = [_HERE / f"{name}.css" for name in ("page", "touch", "workbench", "terms")]
_FILES += sorted((_HERE.parents[1] / "components").glob("*/place.css"))
_HEAD_ENDS = b"</head>"
_FONT = re.compile(rb'<link\s+rel="preload"[^>]*\sas="font"[^>]*>')  # 170 kB
# A page from the browser's memory, a packed one or a part of one could not be added to.
_NOT_ASKED = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}
_NOT_TRUE = {b"content-length", b"etag", b"last-modified", b"accept-ranges"}


def style_sheet() -> str:
    """The whole of it, each rule one step stronger than Streamlit's, which come later; ``--page`` is the background."""
    light, dark = (st.get_option(f"theme.{theme}.backgroundColor") for theme in ("light", "dark"))
    rules = "\n".join(file.read_text("utf-8") for file in _FILES)
    return f":root {{ --page: light-dark({light}, {dark});\n{rules}}}"


class PageStyle:
    """ASGI middleware: puts the style sheet, and the components' scripts, into each page's head.

    Files, and a page's connection, pass as they are.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._head = f"<style>{style_sheet()}</style>{early_script()}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or scope["method"] != "GET" or not _is_page(scope["headers"]):
            await self._app(scope, receive, send)
            return
        headers = [(name, value) for name, value in scope["headers"] if name not in _NOT_ASKED]
        body, start = b"", {}

        async def send_styled(message: Message) -> None:
            nonlocal body, start
            if message["type"] == "http.response.start" and _is_html(message.get("headers", ())):
                start = message
            elif not start:  # a file that the browser saves: it asks for it as for a page
                await send(message)
            else:
                body += message.get("body", b"")
                if not message.get("more_body"):
                    await self._send(send, start, body, is_packed=takes_packed(scope))

        await self._app({**scope, "headers": headers}, receive, send_styled)

    async def _send(self, send: Send, start: Message, body: bytes, *, is_packed: bool) -> None:
        body = _FONT.sub(b"", body.replace(_HEAD_ENDS, self._head + _HEAD_ENDS, 1))
        kept = [(name, value) for name, value in start.get("headers", ()) if name.lower() not in _NOT_TRUE]
        if is_packed:
            body = gzip.compress(body)
            kept += [(b"content-encoding", b"gzip"), (b"vary", b"Accept-Encoding")]
        await send({**start, "headers": [*kept, (b"content-length", str(len(body)).encode())]})
        await send({"type": "http.response.body", "body": body})


def _is_html(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    return any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in headers)


def _is_page(headers: list[tuple[bytes, bytes]]) -> bool:
    """Pages' requests say that they accept text/html."""
    return any(name == b"accept" and b"text/html" in value for name, value in headers)
