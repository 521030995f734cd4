"""Only browsers that ask for the app by a name of its own, and for its connection from a page of its own, get it.

A page of evil.example whose name has been turned to this machine's address (DNS rebinding) would else be one of the
app's own to the browser: it could drive a laptop's app and read all its answers. Streamlit's ``server.allowedHosts``
looks at the page's connection alone, not at pages and files.
"""

import re
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from explorer.components.files import route_path
from explorer.core.environment import environment
from explorer.core.errors import mark
from explorer.lessons.catalogues import languages, translate

LOOPBACK = ("localhost", "*.localhost", "127.0.0.1", "[::1]")
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(:\d{1,5})?", re.ASCII)
# Load balancers ask for these by whatever address they know; they say "ok" or not, and nothing else.
_ANY_NAME = ("_stcore/health", "ready")
_SENTENCE = mark(
    "This app does not go by the name {name}. Its owner can allow it: CNN_EXPLORER_HOSTS={name}, set before it starts."
)


class OwnHosts:
    """ASGI middleware: names of this machine, and those of CNN_EXPLORER_HOSTS, pass; others get a sentence (403)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._names = (*LOOPBACK, *environment().hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or one connection."""
        if scope["type"] not in ("http", "websocket") or scope["path"] in map(route_path, _ANY_NAME):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        name = _name(headers.get("host", ""))
        if not self._is_own(name):
            await _refuse(name)(scope, receive, send)
        elif scope["type"] == "websocket" and not _is_own_page(headers):
            await send({"type": "websocket.close", "code": 1008})
        else:
            await self._app(scope, receive, send)

    def _is_own(self, name: str) -> bool:
        return any(
            pattern in ("*", name) or (pattern.startswith("*.") and name.endswith(pattern[1:]))
            for pattern in self._names
        )


def _name(host: str) -> str:
    """The name or address in a request's ``host``, in small letters and without its port; "" for what is none."""
    found = _HOST.fullmatch(host.lower())
    return found[1].rstrip(".") if found else ""


def _refuse(name: str) -> PlainTextResponse:
    said = name[:253] or "?"  # the longest name that there can be
    lines = [translate(language, _SENTENCE, {}).format(name=said) for language in languages()]
    return PlainTextResponse("\n\n".join(lines), status_code=403, headers={"x-content-type-options": "nosniff"})


def _is_own_page(headers: Headers) -> bool:
    """Whether a connection is opened by a page of ours, or by no browser, which would say where from.

    Streamlit alone lets pages of every other app on this machine in, and looks a stranger's address up on the web
    first: five seconds for which it answers nobody.
    """
    origin = headers.get("origin")
    if origin is None or not st.get_option("server.enableCORS") or origin in st.get_option("server.corsAllowedOrigins"):
        return True
    return urlsplit(origin).netloc.lower() == headers.get("host", "").lower()
