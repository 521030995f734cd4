"""What a poll's message tells of a click does not reach Streamlit; everything else does, to the last byte."""

import asyncio

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from explorer.ui.app.late_states import WithoutLateStates


def passed_on(message: dict, scope: str = "websocket") -> dict:
    """What the server gets of one message."""
    got = []

    async def server(scope, receive, send) -> None:
        got.append(await receive())

    async def receive() -> dict:
        return message

    asyncio.run(WithoutLateStates(server)({"type": scope}, receive, None))
    return got[0]


def told(*, poll: bool, clicked: bool = True, written: bool = True) -> bytes:
    """A message with a slider's value and, perhaps, two clicks: a button's, and one in a component."""
    message = BackMsg()
    request = message.rerun_script
    request.is_auto_rerun, request.fragment_id = poll, "run"
    if written:
        request.widget_states.widgets.add(id="slider", int_value=3)
    if clicked:
        request.widget_states.widgets.add(id="button", trigger_value=True)
        request.widget_states.widgets.add(id="component", json_trigger_value="[1]")
    return message.SerializeToString()


def test_a_poll_loses_its_clicks_and_keeps_the_values() -> None:
    """The fragment is drawn with what the learner has set."""
    passed = passed_on({"type": "websocket.receive", "bytes": told(poll=True)})
    assert told(poll=True, clicked=False) == passed["bytes"]


@pytest.mark.parametrize(
    "text",
    [
        told(poll=False),
        told(poll=True, clicked=False),
        b"",
        b"\xff no message",
        BackMsg(clear_cache=True).SerializeToString(),
    ],
)
def test_all_else_passes_as_it_is(text: bytes) -> None:
    """The click's own message, a poll beside no click, another kind, what cannot be read."""
    assert text == passed_on({"type": "websocket.receive", "bytes": text})["bytes"]


def test_other_connections_and_their_ends_pass() -> None:
    """A request has a body, the end of a connection has no bytes."""
    assert told(poll=True) == passed_on({"type": "http.request", "bytes": told(poll=True)}, "http")["bytes"]
    assert {"type": "websocket.disconnect"} == passed_on({"type": "websocket.disconnect"})


def test_back_and_forward_tell_an_address_and_nothing_else() -> None:
    """The widgets are those of what the learner leaves: a callback of theirs would change what is restored."""
    message = BackMsg.FromString(told(poll=False))
    message.rerun_script.is_history_navigation = True
    message.rerun_script.query_string = "conv_padding=2"
    passed = passed_on({"type": "websocket.receive", "bytes": message.SerializeToString()})
    del message.rerun_script.widget_states.widgets[:]
    assert message == BackMsg.FromString(passed["bytes"])
