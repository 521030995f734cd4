"""What the browser's messages say of widgets is left out where it is late.

A poll's message tells the server nothing of a click: the click's own message, right behind it, does.
Streamlit 1.67's browser side keeps a click until it has told the server, in a task after the click's. A fragment that
polls in between sends all widgets' states too, the click among them, and the click is done twice: two steps, two runs.

Back's and Forward's message tells the server an address and nothing else: the widgets' states are those of what the
learner leaves, and after two quick presses of what the server has left already.
"""

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

CLICKS = {"trigger_value", "string_trigger_value", "json_trigger_value", "chat_input_value"}


class WithoutLateStates:
    """ASGI middleware on the page's own connection, a websocket; what is no poll passes as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection."""

        async def receive_without_late() -> Message:
            message = await receive()
            if text := message.get("bytes"):
                message["bytes"] = _without_late(text)
            return message

        await self._app(scope, receive_without_late if scope["type"] == "websocket" else receive, send)


def _without_late(text: bytes) -> bytes:
    try:
        message = BackMsg.FromString(text)
    except DecodeError:  # Streamlit's own affair
        return text
    request = message.rerun_script
    if message.WhichOneof("type") != "rerun_script" or not (request.is_auto_rerun or request.is_history_navigation):
        return text
    everything = request.is_history_navigation
    kept = [s for s in request.widget_states.widgets if not everything and s.WhichOneof("value") not in CLICKS]
    if len(kept) == len(request.widget_states.widgets):
        return text
    del request.widget_states.widgets[:]
    request.widget_states.widgets.extend(kept)
    return message.SerializeToString()
