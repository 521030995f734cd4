"""How many pages are open, and how long the server takes to answer what a browser tells it of them."""

import time

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from explorer.operating.metrics import PAGE_RUN, SESSIONS

END_BYTES = 200  # the message that a page's run has ended is shorter; longer ones are not looked into


class MeasuredVisits:
    """ASGI middleware on the page's own connection, a websocket: some 0.05 ms a message. All else passes as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        visit = _Visit()

        async def receive_measured() -> Message:
            message = await receive()
            if told := message.get("bytes"):
                visit.ask(told)
            return message

        async def send_measured(message: Message) -> None:
            if message["type"] == "websocket.accept":
                visit.begin()
            elif (said := message.get("bytes")) and len(said) <= END_BYTES:
                visit.answer(said)
            await send(message)

        try:
            await self._app(scope, receive_measured, send_measured)
        finally:
            visit.end()


class _Visit:
    """One page. What a browser tells in the middle of a run counts to that run, or to the one that takes its place."""

    def __init__(self) -> None:
        self._open = False
        self._asked: tuple[float, str] | None = None  # when, and what for

    def begin(self) -> None:
        self._open = True
        SESSIONS.inc()

    def ask(self, told: bytes) -> None:
        try:
            message = BackMsg.FromString(told)
        except DecodeError:  # Streamlit's own affair
            return
        if message.WhichOneof("type") == "rerun_script" and self._asked is None:
            request = message.rerun_script
            kind = "poll" if request.is_auto_rerun else "fragment" if request.fragment_id else "page"
            self._asked = time.perf_counter(), kind

    def answer(self, said: bytes) -> None:
        try:
            message = ForwardMsg.FromString(said)
        except DecodeError:
            return
        ended = message.WhichOneof("type") == "script_finished"
        if ended and self._asked and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            began, kind = self._asked
            PAGE_RUN.labels(kind).observe(time.perf_counter() - began)
            self._asked = None

    def end(self) -> None:
        if self._open:
            SESSIONS.dec()
