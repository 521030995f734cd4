"""One of two servers is killed: a real one, by kill -9, while it trains."""

from pathlib import Path

import pytest

from explorer.core.run.records import Steps
from explorer.core.run.series import Series
from explorer.exchange.run_folder import read_records
from explorer.runs.run import Run
from explorer.runs.runs import Runs
from explorer.runs.unfinished import Unfinished
from tests.operating.server_process import ServerProcess, leave
from tests.runs.following import LONG, LONGER, ME, ended, finish, outcome

pytestmark = pytest.mark.processes


def test_the_other_server_takes_its_runs_up(runs: Runs, twin: Run, tmp_path: Path) -> None:
    """Both the one that trained and the one that waited; until then it shows them, and has a worker for its own.

    Each ends as a run that nothing disturbed.
    """
    killed, waiting = Unfinished("killed", LONG, ME), Unfinished("waiting", LONGER, ME, queued_at=1.0)
    leave(tmp_path / "checkpoints", killed, waiting)
    with ServerProcess(tmp_path) as server:
        server.wait(lambda: server.get("/_stcore/health")[0] == 200)  # it has taken them up
        other = Runs(server.checkpoints)
        server.wait(lambda: (run := other.find("killed")) and run.state == "running" and run.step > 16)
        other.take_up()  # there is nothing to be taken up
        assert "queued" == other.find("waiting").state
        assert [] == other._scheduler.listed()
        server.process.kill()
        server.process.wait()
    other.take_up()
    taken = other._scheduler.listed()
    assert ["killed", "waiting"] == [run.id for run in taken]
    assert ["finished", "finished"] == [ended(run) for run in taken]
    assert [outcome(finish(runs, LONG).folder), outcome(twin.folder)] == [outcome(run.folder) for run in taken]
    other.close()


def test_a_run_is_steered_from_another_server(tmp_path: Path) -> None:
    """It pauses, goes on and stops as it is told there, and its curves are seen there."""
    leave(tmp_path / "checkpoints", Unfinished("run", LONG, ME))
    with ServerProcess(tmp_path) as server:
        server.wait(lambda: server.get("/_stcore/health")[0] == 200)  # it has taken the run up
        runs = Runs(server.checkpoints)
        server.wait(lambda: any(one["step"] > 16 for one in server.runs()))
        for command, state in (("pause", "paused"), ("resume", "running"), ("stop", "stopped")):
            runs.steer(runs.find("run"), command, ME)
            server.wait(lambda state=state: runs.find("run").state in (state, "finished"))
        run = runs.find("run")
        losses = [loss for record in read_records(run.folder) if isinstance(record, Steps) for loss in record.losses]
        (whole := Series()).extend(losses)
        assert len(losses) == run.step > 16
        assert whole.points() == run.losses.points()
        assert {run.folder} == {path for path in server.checkpoints.glob("*-*") if path.is_dir()}
        runs.close()
