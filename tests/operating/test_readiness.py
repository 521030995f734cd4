"""Ready is another thing than alive."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.operating import readiness
from explorer.runs import scheduler
from explorer.runs.runs import Runs
from tests.operating.server_process import ServerProcess


class LateWorkers:
    """In the place of the cluster: there are no workers yet, and how often they were wanted is counted."""

    def __init__(self, *hearers: object) -> None:
        self.slots, self.workers_there, self.wanted = 1, 0, 0

    def want_workers(self) -> None:
        self.wanted += 1

    def close(self) -> None:
        self.workers_there = 0


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Runs]:
    """The server's."""
    monkeypatch.setattr(scheduler, "Cluster", LateWorkers)
    runs = Runs(tmp_path)
    monkeypatch.setattr(readiness, "server_runs", lambda: runs)
    yield runs
    runs.close()


def asked() -> tuple[int, str]:
    answer = readiness.ready_route().endpoint(None)
    assert "no-store" == answer.headers["cache-control"]
    return answer.status_code, answer.body.decode()


def test_ready_is_where_there_is_a_worker(runs: Runs) -> None:
    """Asking has one looked for; where it is lost, again; a server that ends is not asked to."""
    workers = runs._scheduler._cluster
    assert (503, "starting") == asked()
    assert 1 == workers.wanted
    workers.workers_there = 1
    assert (200, "ready") == asked()
    assert 1 == workers.wanted
    workers.workers_there = 0
    assert (503, "starting") == asked()
    runs.close()
    assert (503, "ending") == asked()
    assert 2 == workers.wanted


@pytest.mark.processes
def test_a_server_lives_before_it_is_ready(tmp_path: Path) -> None:
    """Nobody has opened a page; once there is a worker, it is ready. A scheduler elsewhere that is not there: never."""
    with ServerProcess(tmp_path) as server:
        server.wait(lambda: server.get("/_stcore/health")[0] == 200)
        server.wait(lambda: server.get("/ready") == (200, "ready"))
        server.wait(lambda: "event=workers_found count=1" in server.log())
    nowhere = "tcp://127.0.0.1:9"  # the discard port: nothing listens
    with ServerProcess(tmp_path, CNN_EXPLORER_SCHEDULER=nowhere) as server:
        server.wait(lambda: server.log().count("event=workers_lost") > 1 or server.get("/ready")[0] not in (0, 503))
        server.wait(lambda: server.get("/ready") == (503, "starting"))  # a busy machine may not answer at once
        server.wait(lambda: server.get("/_stcore/health")[0] == 200)
