"""What Streamlit would tell anybody, and is nobody's affair but the owner's."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from explorer.components.files import route_path

# How many are here, what their sessions hold; each time it is asked for, the server counts all of it.
_PRIVATE = "_stcore/metrics"


class PrivatePaths:
    """ASGI middleware: Streamlit's own figures are not found here."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "http" and scope["path"].rstrip("/") == route_path(_PRIVATE):
            await PlainTextResponse("not found", status_code=404)(scope, receive, send)
        else:
            await self._app(scope, receive, send)
