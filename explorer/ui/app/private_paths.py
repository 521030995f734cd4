"""What Streamlit would tell anybody, and is nobody's affair but the owner's."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.responses import PlainTextResponse

from explorer.components.files import route_path

# How many are here, what their sessions hold; each time it is asked for, the server counts all of it.
_PRIVATE = "_stcore/metrics"

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]


class PrivatePaths:
    """ASGI middleware: Streamlit's own figures are not found here."""

    def __init__(self, app: Callable[[Message, Receive, Send], Awaitable[None]]) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "http" and scope["path"].rstrip("/") == route_path(_PRIVATE):
            await PlainTextResponse("not found", status_code=404)(scope, receive, send)
        else:
            await self._app(scope, receive, send)
