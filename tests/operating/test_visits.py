"""How many pages are open, and how long the server takes to answer, told by the messages that pass."""

import asyncio
from collections import Counter

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from explorer.operating.metrics import REGISTRY
from explorer.operating.visits import END_BYTES, MeasuredVisits

EARLY = ForwardMsg.FINISHED_EARLY_FOR_RERUN


def asks(*, fragment: str = "", poll: bool = False) -> tuple[str, bytes]:
    """The browser has the page run again, or a fragment of it."""
    message = BackMsg()
    message.rerun_script.fragment_id, message.rerun_script.is_auto_rerun = fragment, poll
    return "asks", message.SerializeToString()


def ends(how: int = ForwardMsg.FINISHED_SUCCESSFULLY) -> tuple[str, bytes]:
    """The server says that the run has ended."""
    message = ForwardMsg(hash="a" * 64, script_finished=how).SerializeToString()
    assert len(message) <= END_BYTES
    return "says", message


def sessions() -> float:
    return REGISTRY.get_sample_value("cnn_explorer_sessions")


def counts() -> Counter[str]:
    name = "cnn_explorer_page_run_seconds_count"
    return Counter(
        {kind: REGISTRY.get_sample_value(name, {"kind": kind}) or 0 for kind in ("page", "fragment", "poll")}
    )


def visit(*messages: tuple[str, bytes], kind: str = "websocket") -> tuple[dict[str, float], float]:
    """What was counted while these passed, each as it was; and how many pages were open more meanwhile."""
    passed, before, open_before = [], counts(), sessions()

    async def app(scope, receive, send) -> None:
        await send({"type": f"{kind}.accept"})
        for who, message in messages:
            if who == "asks":
                assert message == (await receive())["bytes"]
            else:
                await send({"type": f"{kind}.send", "bytes": message})
        passed.append(sessions() - open_before)

    asked = iter([message for who, message in messages if who == "asks"])

    async def receive() -> dict:
        return {"type": f"{kind}.receive", "bytes": next(asked)}

    async def send(message) -> None:
        passed.append(message.get("bytes"))

    asyncio.run(MeasuredVisits(app)({"type": kind}, receive, send))
    assert [None, *(message for who, message in messages if who == "says")] == passed[:-1]
    assert open_before == sessions()
    return dict(counts() - before), passed[-1]


def test_a_page_is_open_as_long_as_its_connection() -> None:
    """A file's request is none."""
    assert ({}, 1) == visit()
    assert ({}, 0) == visit(kind="http")


def test_runs_are_counted_by_what_they_draw() -> None:
    """The whole page, a fragment, a live page's poll; what the page draws is no end."""
    drawn = "says", ForwardMsg(hash="a" * 64, delta={"new_element": {"text": {"body": "x" * 500}}}).SerializeToString()
    assert {"page": 1, "fragment": 2, "poll": 1} == visit(
        asks(),
        drawn,
        ends(),
        *(asks(fragment="a"), drawn, ends()),
        *(asks(fragment="a"), ends(ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)),
        *(asks(fragment="a", poll=True), ends()),
    )[0]


def test_a_run_that_another_took_the_place_of_is_one_with_it() -> None:
    """The learner waits from the first message to the last end."""
    assert {"page": 1} == visit(asks(), asks(), ends(EARLY), ends(), ends())[0]


def test_what_is_no_message_passes() -> None:
    """It is Streamlit's to refuse."""
    assert ({}, 1) == visit(("asks", b"\xff\xff"), ("says", b"\xff\xff"), ends())
