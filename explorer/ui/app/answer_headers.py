"""What every answer tells the browser of how to keep the page's learner safe."""

import base64
import re
from hashlib import sha256
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from explorer.core.environment import environment

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


class AnswerHeaders:
    """ASGI middleware: adds ``answer_headers()`` to every answer to a request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers = answer_headers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def answer_headers() -> dict[str, str]:
    """Name -> value; what a page may load, and who may hold it in a frame, by CNN_EXPLORER_FRAMES."""
    return {
        "content-security-policy": "; ".join(f"{what} {where}" for what, where in _sources().items()),
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",  # an address names the learner's run: whoever has it may watch
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }


def _sources() -> dict[str, str]:
    frames = environment().frames
    return {
        "default-src": "'self'",
        # Streamlit makes a component's script, which it is sent as text, a module of the kind blob:.
        "script-src": " ".join(("'self'", "blob:", *_streamlits_own())),
        "style-src": "'self' 'unsafe-inline'",  # Streamlit and plotly write styles while they draw
        "img-src": "'self' blob: data:",
        "font-src": "'self' data:",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": " ".join(frames if frames in ((), ("*",)) else ("'self'", *frames)) or "'none'",
    }


def _streamlits_own() -> list[str]:
    """The sums of the scripts that stand in Streamlit's page itself."""
    page = Path(st.__file__).parent / "static" / "index.html"
    scripts = _INLINE.findall(page.read_text("utf-8"))
    return [f"'sha256-{base64.b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts]
