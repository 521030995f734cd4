"""What is late in a message does not reach Streamlit; everything else does, to the last byte."""

import asyncio

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests

from explorer.ui.app.late_states import WithoutLateStates

END = {"type": "websocket.disconnect"}


def passed_on(*messages: dict, scope: str = "websocket", first: bool = False) -> list[dict]:
    """What the server gets of a connection's messages, its end apart; where they are not the ``first``, of a page's."""
    page = {"type": "websocket.receive", "bytes": BackMsg(rerun_script=gone("")).SerializeToString()}
    begin = [] if first or scope != "websocket" else [page]
    got, said = [], iter([*begin, *messages, END])

    async def server(scope, receive, send) -> None:
        while (message := await receive()) != END:
            got.append(message)

    async def receive() -> dict:
        return next(said)

    asyncio.run(WithoutLateStates(server)({"type": scope}, receive, None))
    assert begin == got[: len(begin)]
    return got[len(begin) :]


def passed_requests(*requests: ClientState, first: bool = False) -> list[ClientState]:
    """The same of what a browser asks."""
    said = ({"type": "websocket.receive", "bytes": BackMsg(rerun_script=one).SerializeToString()} for one in requests)
    return [BackMsg.FromString(message["bytes"]).rerun_script for message in passed_on(*said, first=first)]


def moved(page: str, value: int = 1, **more: bool) -> ClientState:
    """A slider of that page, in a fragment of it."""
    request = ClientState(page_script_hash=page, fragment_id=f"{page}'s", query_string=f"of={page}", **more)
    request.widget_states.widgets.add(id=f"{page}'s slider", int_value=value)
    request.cached_message_hashes.append(f"{page} {value}")
    return request


def gone(page: str, **more: bool) -> ClientState:
    """A link to that page, or back to it."""
    return ClientState(page_script_hash=page, query_string=f"of={page}", widget_states=WidgetStates(), **more)


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
    (passed,) = passed_on({"type": "websocket.receive", "bytes": told(poll=True)})
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
    assert text == passed_on({"type": "websocket.receive", "bytes": text})[0]["bytes"]


def test_other_connections_and_their_ends_pass() -> None:
    """A request has a body, the end of a connection has no bytes."""
    assert told(poll=True) == passed_on({"type": "http.request", "bytes": told(poll=True)}, scope="http")[0]["bytes"]
    assert [{"type": "websocket.receive"}] == passed_on({"type": "websocket.receive"})


def test_back_and_forward_tell_an_address_and_nothing_else() -> None:
    """The widgets are those of what the learner leaves: a callback of theirs would change what is restored."""
    request = BackMsg.FromString(told(poll=False)).rerun_script
    request.is_history_navigation = True
    request.query_string = "conv_padding=2"
    (passed,) = passed_requests(request)
    del request.widget_states.widgets[:]
    assert request == passed


def test_a_link_leads_to_its_page_though_the_page_left_says_more() -> None:
    """On a server that has had no time for the link yet: Streamlit makes one request of all, with what was set."""
    requests = ScriptRequests()
    for request in passed_requests(moved("left"), gone("train"), moved("left", 2)):
        states = request.widget_states
        requests.request_rerun(
            RerunData(request.query_string, states, request.page_script_hash, fragment_id=request.fragment_id or None)
        )
    made = requests.on_scriptrunner_ready().rerun_data
    assert ("train", "of=train", []) == (made.page_script_hash, made.query_string, made.fragment_id_queue)
    assert [("left's slider", 2)] == [(state.id, state.int_value) for state in made.widget_states.widgets]


def test_what_goes_along_says_which_messages_the_browser_keeps() -> None:
    """They are its own of this moment, or the server would name one that it has thrown away."""
    (_, along) = passed_requests(gone("train"), moved("left"))
    assert ["left 1"] == list(along.cached_message_hashes)


@pytest.mark.parametrize(
    ("asked", "late"),
    [(gone("train"), moved("left", is_auto_rerun=True)), (gone("train", is_history_navigation=True), moved("left"))],
    ids=["a poll", "after Back"],
)
def test_what_is_late_altogether_is_left_out(asked: ClientState, late: ClientState) -> None:
    """The page that polls is gone; and the address that Back goes to says all."""
    assert [asked, moved("train")] == passed_requests(asked, late, moved("train"))


def test_what_a_page_says_of_itself_passes() -> None:
    """Before any link, when the server alone knows the page's name; after one, and after the way back."""
    said = [gone(""), moved("home"), gone("train"), moved("train"), gone("home"), moved("home"), gone("home")]
    assert said == passed_requests(*said)


@pytest.mark.parametrize("is_poll", [False, True], ids=["a move", "a poll"])
def test_who_comes_back_after_long_gets_the_whole_page(is_poll: bool) -> None:
    """The server knows no part of it any more, and would drop without a word what is said of one."""
    request = moved("train", 2, is_auto_rerun=is_poll)
    request.widget_states.widgets.add(id="button", trigger_value=True)
    back, then = passed_requests(request, moved("train", 3), first=True)
    assert ("train", "of=train", "", False) == (
        back.page_script_hash, back.query_string, back.fragment_id, back.is_auto_rerun
    )  # fmt: skip
    clicks = [] if is_poll else ["button"]  # its own message comes right behind the poll
    assert ["train's slider", *clicks] == [state.id for state in back.widget_states.widgets]
    assert moved("train", 3) == then
