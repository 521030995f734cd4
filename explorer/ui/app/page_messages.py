"""Of what may come on a page's connection only what our pages send is heard, and of what goes what a learner needs.

Streamlit obeys anybody's request to clear the caches: the server's runs are kept in one, and would all end. And it
tells every browser where the script lies on the server, and which machine and versions it runs on.
"""

import streamlit as st
from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

HEARD = {"rerun_script", "stop_script", "app_heartbeat", "file_urls_request", "backend_operation_request"}
OPERATIONS = {"deferred_file", "dataframe_chunk"}  # those that answer with data of the page; others write to the disk
_VERSION = st.__version__.encode()  # of all messages only the first of a page's run says it, and is worth reading


class PageMessages:
    """ASGI middleware on the page's own connection, a websocket."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return

        async def receive_heard() -> Message:
            while not _is_heard((message := await receive()).get("bytes")):
                pass
            return message

        async def send_what_is_needed(message: Message) -> None:
            if _VERSION in (text := message.get("bytes") or b""):
                message = {**message, "bytes": _without_server(text)}
            await send(message)

        await self._app(scope, receive_heard, send_what_is_needed)


def _is_heard(text: bytes | None) -> bool:
    if text is None:  # the connection's end
        return True
    try:
        message = BackMsg.FromString(text)
    except DecodeError:  # Streamlit closes the connection
        return True
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        return message.backend_operation_request.WhichOneof("payload") in OPERATIONS
    return kind in HEARD


def _without_server(text: bytes) -> bytes:
    message = ForwardMsg.FromString(text)
    if message.WhichOneof("type") != "new_session":
        return text
    page = message.new_session
    page.main_script_path = ""
    for told in (page.initialize.user_info, page.initialize.environment_info):
        told.Clear()
        told.SetInParent()  # the browser looks for it, empty or not
    return message.SerializeToString()
