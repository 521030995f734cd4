"""Uploads reach the server from a frame, too: the cookie that Streamlit wants with them is kept there.

It tells the server that a file comes from a page of the app (XSRF): a script of the page reads it and says it again.
Over https it is Partitioned, whether in a frame or not (what sets it is not told): another site's page has a partition
of its own, without it. Over http browsers would keep no such cookie, and Streamlit's own is left as it is.
"""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from explorer.ui.learner_cookie import IN_A_FRAME, is_https

COOKIE = b"_streamlit_xsrf="


class UploadCookie:
    """ASGI middleware: over https Streamlit's cookie for uploads is one that browsers keep in frames."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or not is_https(scope):
            await self._app(scope, receive, send)
            return

        async def send_for_frames(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [(name, _for_frames(name, value)) for name, value in message.get("headers", ())]
            await send(message)

        await self._app(scope, receive, send_for_frames)


def _for_frames(header: bytes, value: bytes) -> bytes:
    if header.lower() != b"set-cookie" or not value.startswith(COOKIE):
        return value
    return value.partition(b";")[0] + b"; Path=/" + IN_A_FRAME.encode()
