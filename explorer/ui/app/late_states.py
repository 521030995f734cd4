"""What the browser's messages say of widgets is left out where it is late.

A poll's message tells the server nothing of a click: the click's own message, right behind it, does.
Streamlit 1.67's browser side keeps a click until it has told the server, in a task after the click's. A fragment that
polls in between sends all widgets' states too, the click among them, and the click is done twice: two steps, two runs.

Back's and Forward's message tells the server an address and nothing else: the widgets' states are those of what the
learner leaves, and after two quick presses of what the server has left already.

A link to another page tells the server at once; until its answer is there, the browser sends what the old page still
has to say as the old page's. Streamlit makes one request of both, for the page named last: the click would be lost.
What was set there goes along to the page that the learner has asked for.

A browser that was away for long comes back to a server that knows nothing of it, and speaks first of the part of the
page in which something is moved. Streamlit drops what is said of a part that it has not drawn, without a word, and the
page would be dead: the first request of a connection is for the whole page.
"""

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState

CLICKS = {"trigger_value", "string_trigger_value", "json_trigger_value", "chat_input_value"}


class WithoutLateStates:
    """ASGI middleware on the page's own connection, a websocket; what is not late passes as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection."""
        visit = _Visit()

        async def receive_without_late() -> Message:
            message = await receive()
            while text := message.get("bytes"):
                if passed := visit.without_late(text):
                    message["bytes"] = passed
                    break
                message = await receive()
            return message

        await self._app(scope, receive_without_late if scope["type"] == "websocket" else receive, send)


class _Visit:
    """What one browser tells the server, page after page."""

    def __init__(self) -> None:
        self._page: ClientState | None = None  # the newest request for a whole page

    def without_late(self, text: bytes) -> bytes:
        """What of a message is passed on; nothing where all of it is late."""
        try:
            message = BackMsg.FromString(text)
        except DecodeError:  # Streamlit's own affair
            return text
        if message.WhichOneof("type") != "rerun_script":
            return text
        request = message.rerun_script
        if is_back_again := self._page is None and bool(request.fragment_id):
            request.fragment_id = ""
        if self._page is None or not request.fragment_id:
            self._page = _without_states(request)
        elif self._page.page_script_hash not in ("", request.page_script_hash):  # "" before the first link
            late = request.is_auto_rerun or self._page.is_history_navigation
            return b"" if late else _taken_along(request, self._page)
        if request.is_history_navigation:
            del request.widget_states.widgets[:]
        elif request.is_auto_rerun:
            kept = [state for state in request.widget_states.widgets if state.WhichOneof("value") not in CLICKS]
            del request.widget_states.widgets[:]
            request.widget_states.widgets.extend(kept)
            request.is_auto_rerun = not is_back_again
        elif not is_back_again:
            return text
        return message.SerializeToString()


def _without_states(request: ClientState) -> ClientState:
    page = ClientState()
    page.CopyFrom(request)
    page.ClearField("widget_states")
    page.ClearField("cached_message_hashes")
    return page


def _taken_along(request: ClientState, page: ClientState) -> bytes:
    message = BackMsg(rerun_script=page)
    message.rerun_script.widget_states.CopyFrom(request.widget_states)
    message.rerun_script.cached_message_hashes.extend(request.cached_message_hashes)
    return message.SerializeToString()
