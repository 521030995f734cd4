"""One request to a layer of the server, and what came of it."""

import asyncio
from collections.abc import Callable
from typing import Any, NamedTuple


class Answer(NamedTuple):
    """What was sent, and whether the app behind the layer was asked at all."""

    status: int
    headers: list[tuple[str, str]]
    text: str
    reached: bool

    def header(self, name: str) -> str:
        """The one of that name."""
        (value,) = [value for key, value in self.headers if key == name]
        return value


def ask(layer: Callable, path: str = "/", scope: dict[str, Any] | None = None, **headers: str) -> Answer:
    """The answer of ``layer`` around an app that says "a page" and sets what ``cookie`` in ``scope`` says."""
    reached, sent = [], []
    asked = {"host": "localhost:8501", **{name.replace("_", "-"): value for name, value in headers.items()}}
    whole = {"type": "http", "method": "GET", "scheme": "http", "path": path, "query_string": b"", **(scope or {})}
    whole["headers"] = [(name.encode(), value.encode("latin-1")) for name, value in asked.items()]

    async def app(scope, receive, send) -> None:
        reached.append(scope)
        if scope["type"] == "http":
            more = [(b"set-cookie", cookie.encode()) for cookie in scope.get("cookies", ())]
            await send({"type": "http.response.start", "status": 200, "headers": [(b"etag", b"1"), *more]})
            await send({"type": "http.response.body", "body": b"a page"})

    async def send(message) -> None:
        sent.append(message)

    asyncio.run(layer(app)(whole, None, send))
    start = sent[0] if sent else {}
    return Answer(
        start.get("status", start.get("code", 0)),
        [(name.decode(), value.decode()) for name, value in start.get("headers", ())],
        b"".join(message.get("body", b"") for message in sent).decode(errors="surrogateescape"),
        bool(reached),
    )
