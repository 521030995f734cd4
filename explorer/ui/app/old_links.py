"""Links to the Convolution page from when it stood at the app's own address lead to where it stands now.

The browser is told so before the page: the old address makes no entry in its history that Back would come to.
"""

from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Receive, Scope, Send

from explorer.components.files import route_path

_PAGE, _ITS_PARAMETERS = b"convolution", b"conv_"


class OldLinks:
    """ASGI middleware: a request for ``/?conv_…`` is sent on to ``/convolution?conv_…``; all others pass."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or scope["path"] != route_path("") or not _is_convolutions(scope["query_string"]):
            await self._app(scope, receive, send)
            return
        # Relative: the path before it, at a proxy, is the browser's affair.
        headers = [(b"location", _PAGE + b"?" + scope["query_string"]), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 307, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


def _is_convolutions(query: bytes) -> bool:
    return any(name.startswith(_ITS_PARAMETERS) for name, _ in parse_qsl(query, keep_blank_values=True))
