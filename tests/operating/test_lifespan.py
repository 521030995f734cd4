"""A server is asked to end in the middle of a training, by a signal as a service or a terminal sends it."""

import asyncio
import signal
import socket
from pathlib import Path
from types import SimpleNamespace

import pytest

from explorer.operating import lifespan
from explorer.runs.unfinished import Unfinished
from tests.operating.server_process import ServerProcess, leave, left_by
from tests.runs.following import LONG, LONGER

pytestmark = pytest.mark.processes

# A browser opens the page's connection, and then answers nothing: a laptop that was closed.
HANDSHAKE = (
    "GET /_stcore/stream HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    "Sec-WebSocket-Protocol: streamlit\r\n\r\n"
)


@pytest.mark.parametrize(
    ("number", "all_of_it"),
    [(signal.SIGTERM, False), (signal.SIGTERM, True), (signal.SIGINT, True)],
    ids=["a container", "a service", "Ctrl-C"],
)
def test_runs_are_saved_and_the_next_server_takes_them_up(
    tmp_path: Path, number: signal.Signals, all_of_it: bool
) -> None:
    """Nothing of the end is in the log that would frighten its owner, and no process is left."""
    leave(tmp_path / "checkpoints", Unfinished("one", LONG, "a"), Unfinished("two", LONGER, "b"))
    with ServerProcess(tmp_path) as server:
        server.wait(lambda: any(run["step"] > 60 for run in server.runs()))
        server.end(number, all_of_it=all_of_it)
        assert 0 == server.left()
    (saved,) = server.runs()
    assert ("one", "interrupted") == (saved["id"], saved["state"])
    assert ["one", "two"] == left_by(server.checkpoints)
    for word in ("Traceback", "leaked", "warn", "error", "cannot", "Stream is closed"):
        assert word not in server.log()
    with ServerProcess(tmp_path) as after:
        after.wait(lambda: ["finished"] * 2 == [run["state"] for run in after.runs()])
        assert saved["step"] == after.runs()[0]["started"]["step"]
        after.wait(lambda: [] == left_by(after.checkpoints))  # a run is given up after its end has been written
        after.end(signal.SIGTERM)


def test_a_browser_that_does_not_answer_keeps_no_run_from_being_saved(tmp_path: Path) -> None:
    """The server waits for it before it ends, longer than whoever asked for the end may wait."""
    leave(tmp_path / "checkpoints", Unfinished("one", LONG, "a"))
    with ServerProcess(tmp_path) as server:
        server.wait(lambda: any(run["step"] > 60 for run in server.runs()))
        host = server.url.removeprefix("http://")
        name, _, port = host.partition(":")
        with socket.create_connection((name, int(port)), timeout=60) as silent:
            silent.sendall(HANDSHAKE.format(host=host).encode())
            assert b"101" in silent.recv(100)
            server.process.send_signal(signal.SIGTERM)
            server.wait(lambda: "interrupted" == server.runs()[0]["state"])  # while it is still there


def test_a_server_whose_runs_cannot_be_saved_says_so_at_the_start(tmp_path: Path, monkeypatch) -> None:
    """The project's own folder, which no setting names, may be another user's: learners can look, and not train."""
    (tmp_path / "file").touch()
    told: list[str] = []
    runs = SimpleNamespace(folder=tmp_path / "file" / "runs", take_up=lambda: None, close=lambda: None)
    monkeypatch.setattr(lifespan, "server_runs", lambda: runs)
    monkeypatch.setattr(lifespan, "start_log", lambda: None)
    monkeypatch.setattr(lifespan, "tell", lambda event, **values: told.append(f"{event} {values.get('reason', '')}"))

    async def begin_and_end() -> None:
        async with lifespan.lifespan(None):
            pass

    asyncio.run(begin_and_end())
    assert "server_started " == told[0]
    assert told[1].startswith("runs_not_saved the folder of runs is ")
    assert "is a file. Name a folder." in told[1]
    runs.folder = tmp_path / "runs"
    told.clear()
    asyncio.run(begin_and_end())
    assert ["server_started ", "server_ending ", "server_ended "] == told
