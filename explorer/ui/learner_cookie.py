"""A cookie by which a browser is known again: a random token and nothing else, so that a learner's runs stay theirs."""

import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import SimpleCookie
from typing import Any

COOKIE = "cnn_explorer_learner"
SECONDS = 365 * 24 * 3600

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]


class LearnerCookie:
    """ASGI middleware: a page that is asked for without the cookie comes with one; scripts on the page can't read it.

    Only pages: their requests say that they accept text/html. Files, and the page's own connection, pass as they are.
    """

    def __init__(self, app: Callable[[Message, Receive, Send], Awaitable[None]]) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or not _wants_a_cookie(headers := dict(scope["headers"])):
            await self._app(scope, receive, send)
            return
        secure = scope.get("scheme") == "https" or headers.get(b"x-forwarded-proto") == b"https"

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), (b"set-cookie", _cookie(secure))]
            await send(message)

        await self._app(scope, receive, send_with_cookie)


def _wants_a_cookie(headers: dict[bytes, bytes]) -> bool:
    known = COOKIE.encode() + b"="
    return b"text/html" in headers.get(b"accept", b"") and known not in headers.get(b"cookie", b"")


def _cookie(secure: bool) -> bytes:
    cookie = SimpleCookie({COOKIE: secrets.token_urlsafe(24)})
    cookie[COOKIE].update({"path": "/", "max-age": SECONDS, "samesite": "Lax", "httponly": True, "secure": secure})
    return cookie[COOKIE].OutputString().encode()
