"""Streamlit's scripts and style sheets, packed: a first visit fetches 0.7 MB of them, not 2.8.

Streamlit sends them as they are, because packing them costs time at each visit. They never change: each is packed once
a server, when it is asked for first.
"""

import asyncio
import gzip
from functools import cache
from pathlib import Path

import streamlit
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from explorer.components.files import FOR_EVER, route_path

_FOLDER = Path(streamlit.__file__).parent / "static"
_TYPES = {".js": "text/javascript", ".css": "text/css"}
_HEADERS = {
    "content-encoding": "gzip",
    "vary": "Accept-Encoding",
    "cache-control": FOR_EVER,
    "x-content-type-options": "nosniff",
}


def takes_packed(scope: Scope) -> bool:
    """Whether who asks can unpack the answer."""
    return "gzip" in Headers(scope=scope).get("accept-encoding", "")


class PackedFiles:
    """ASGI middleware: answers for Streamlit's own files, 7 MB when all are packed, by names that are known at start.

    They are everybody's, and no documents: none of the pages' headers, 0.5 kB for each of 80 files, are needed.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        files = [path for path in (_FOLDER / "static").rglob("*") if path.suffix in _TYPES]
        self._files = {route_path(path.relative_to(_FOLDER).as_posix()): path for path in files}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        file = self._files.get(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        if file is None or not takes_packed(scope):
            await self._app(scope, receive, send)
            return
        body = await asyncio.to_thread(_packed, file)
        await Response(body, headers=_HEADERS, media_type=_TYPES[file.suffix])(scope, receive, send)


@cache
def _packed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes())
