"""What is heard on a page's connection, and what is told."""

import asyncio

import pytest
import streamlit as st
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from explorer.ui.app.page_messages import PageMessages

END = {"type": "websocket.disconnect", "code": 1000}


def heard(*texts: bytes) -> list[bytes]:
    """Those that the server gets, of messages that are followed by the connection's end."""
    coming = [*({"type": "websocket.receive", "bytes": text} for text in texts), END]
    got = []

    async def server(scope, receive, send) -> None:
        while (message := await receive()) != END:
            got.append(message["bytes"])

    async def receive() -> dict:
        return coming.pop(0)

    asyncio.run(PageMessages(server)({"type": "websocket"}, receive, None))
    return got


def told(text: bytes) -> bytes:
    """What the browser gets of a message."""
    sent = []

    async def server(scope, receive, send) -> None:
        await send({"type": "websocket.send", "bytes": text})

    async def send(message) -> None:
        sent.append(message["bytes"])

    asyncio.run(PageMessages(server)({"type": "websocket"}, None, send))
    return sent[0]


def install() -> BackMsg:
    """The request to write files beside the app."""
    message = BackMsg()
    message.backend_operation_request.install_skills.SetInParent()
    return message


NOT_HEARD = {
    "clear the caches, the server's runs among them": BackMsg(clear_cache=True),
    "run again at each saved file": BackMsg(set_run_on_save=True),
    "tell the folder's git": BackMsg(load_git_info=True),
    "end the server": BackMsg(debug_shutdown_runtime=True),
    "write into the app's folder": install(),
    "nothing": BackMsg(),
}


@pytest.mark.parametrize("wish", NOT_HEARD)
def test_a_visitor_cannot_have_the_server(wish: str) -> None:
    """What comes behind it is heard all the same."""
    after = BackMsg(stop_script=True).SerializeToString()
    assert [after] == heard(NOT_HEARD[wish].SerializeToString(), after)


def page_asks() -> list[BackMsg]:
    """One of each kind that pages send."""
    run, files, rows = BackMsg(), BackMsg(), BackMsg()
    run.rerun_script.query_string = "lang=zh"
    files.file_urls_request.file_names.append("digit.png")
    rows.backend_operation_request.dataframe_chunk.SetInParent()
    return [run, files, rows, BackMsg(stop_script=True), BackMsg(app_heartbeat=True)]


def test_what_pages_send_is_heard_to_the_last_byte() -> None:
    """And so is what is no message: Streamlit closes the connection then."""
    texts = [*(message.SerializeToString() for message in page_asks()), b"\xff no message"]
    assert texts == heard(*texts)


def test_the_browser_is_not_told_where_and_on_what_the_server_runs() -> None:
    """Streamlit tells each its script's path, machine and versions; the rest of the message stays."""
    message = ForwardMsg()
    page = message.new_session
    page.name, page.main_script_path = "app", "/home/lecturer/app.py"
    page.initialize.session_id = "mine"
    page.initialize.user_info.installation_id = page.initialize.user_info.installation_id_v3 = "machine"
    page.initialize.environment_info.streamlit_version = st.__version__
    page.initialize.environment_info.python_version = "3.11.7"
    page.initialize.environment_info.server_os = "Linux"
    text = told(message.SerializeToString())
    for secret in (b"lecturer", b"machine", b"3.11.7", b"Linux", st.__version__.encode()):
        assert secret not in text
    page = ForwardMsg.FromString(text).new_session
    assert ("app", "mine") == (page.name, page.initialize.session_id)
    assert page.initialize.HasField("user_info")  # without it the browser refuses the message
    assert page.initialize.HasField("environment_info")


def test_all_else_is_told_to_the_last_byte() -> None:
    """A text that names the version is no first message."""
    message = ForwardMsg()
    message.delta.new_element.markdown.body = f"Streamlit {st.__version__}"
    assert message.SerializeToString() == told(message.SerializeToString())
