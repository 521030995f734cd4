"""A cookie by which a browser is known again: a random token and nothing else, so that a learner's runs stay theirs.

In the frame of another site's page browsers keep a cookie only if it is Partitioned: that frame's on that site, and no
other's. So a course page's learner is known again there; a page that holds the app in a frame to have a learner click
on it unknowingly gets a stranger, whose runs are nobody's.
"""

import re
import secrets
from collections.abc import Mapping
from http.cookies import SimpleCookie

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "cnn_explorer_learner"
_BYTES = 24  # of chance in a token: nobody comes upon another's
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
SECONDS = 365 * 24 * 3600
# What follows a cookie's name and value where it is to be kept in another site's frame; browsers want all three.
IN_A_FRAME = "; Secure; SameSite=None; Partitioned"
_FRAMES = {"iframe", "frame", "embed", "object"}


class LearnerCookie:
    """ASGI middleware: a page that is asked for without the cookie comes with one; scripts on the page can't read it.

    Only pages: their requests say that they accept text/html. Files, and the page's own connection, pass as they are.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or not _wants_a_cookie(headers := Headers(scope=scope)):
            await self._app(scope, receive, send)
            return
        cookie = _cookie(is_https(scope), headers.get("sec-fetch-dest") in _FRAMES)

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), (b"set-cookie", cookie)]
            await send(message)

        await self._app(scope, receive, send_with_cookie)


def token_of(cookies: Mapping[str, object]) -> str | None:
    """The token in a browser's cookies; None without one, or where it is none of ours, which somebody could guess."""
    token = cookies.get(COOKIE)  # AppTest, which has no browser, gives a mock
    return token if isinstance(token, str) and _TOKEN.fullmatch(token) else None


def is_https(scope: Scope) -> bool:
    """Whether the browser asks over https: here, or at the proxy before us."""
    told = Headers(scope=scope).get("x-forwarded-proto", "")
    return scope.get("scheme") == "https" or told.partition(",")[0].strip() == "https"


def _wants_a_cookie(headers: Headers) -> bool:
    return "text/html" in headers.get("accept", "") and not token_of(cookie_parser(headers.get("cookie", "")))


def _cookie(secure: bool, framed: bool) -> bytes:
    cookie = SimpleCookie({COOKIE: secrets.token_urlsafe(_BYTES)})
    cookie[COOKIE].update({"path": "/", "max-age": SECONDS, "httponly": True})
    text = cookie[COOKIE].OutputString()
    if secure and framed:
        return (text + IN_A_FRAME).encode()  # Python 3.14 is the first whose SimpleCookie knows Partitioned
    return (text + ("; Secure" if secure else "") + "; SameSite=Lax").encode()
