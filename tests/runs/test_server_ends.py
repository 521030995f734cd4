"""A server ends as it should, and the next one takes its runs up: with real workers."""

from pathlib import Path

import pytest

from explorer.core.run.records import Steps
from explorer.exchange.run_folder import read_records, read_run
from explorer.runs import scheduler
from explorer.runs.run import Run
from explorer.runs.runs import Runs
from tests.runs.following import LONGER, ME, SECONDS, SHORT, SOMEBODY, ended, outcome, pause, stop, wait

pytestmark = pytest.mark.processes


def test_the_next_server_takes_up_what_trained_and_what_waited(twin: Run, tmp_path: Path) -> None:
    """The first ends in the weights of the run that nothing disturbed, and the other has its turn after it."""
    first = Runs(tmp_path)
    under_way, waiting = first.start(LONGER, ME), first.start(SHORT, SOMEBODY)
    wait(under_way, lambda: under_way.step > 40)
    first.close()
    assert ("interrupted", "interrupted") == (under_way.state, waiting.state)
    assert "interrupted" == read_run(under_way.folder)["state"]
    second = Runs(tmp_path)
    second.take_up()
    again, turn = second.find(under_way.id), second.find(waiting.id)
    assert under_way.step == again.step == again.notices[0].numbers["step"]
    assert ["finished", "finished"] == [ended(again), ended(turn)]
    assert 0 == again.deaths
    assert outcome(twin.folder) == outcome(again.folder)
    second.close()


def test_a_server_that_ends_loses_no_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that its worker has trained is saved, not what was saved last by itself: a resume repeats nothing."""
    monkeypatch.setattr(scheduler, "SAVE_SECONDS", SECONDS)  # this is not about who is slower than that
    first = Runs(tmp_path)
    run = first.start(LONGER, ME)
    wait(run, lambda: run.step > 40)
    first.close()
    told = [record.step for record in read_records(run.folder) if isinstance(record, Steps)]
    second = Runs(tmp_path)
    second.take_up()
    again = second.find(run.id)
    wait(again, lambda: again.state not in ("queued", "fetching"))
    assert told[-1] == run.step == again.started.step
    stop(second, again)
    second.close()


def test_a_paused_run_is_paused_in_the_next_server(twin: Run, tmp_path: Path) -> None:
    """It takes nobody's worker there; resumed, it ends as if nothing had happened."""
    first = Runs(tmp_path)
    run = first.start(LONGER, ME)
    pause(first, run, epochs=2)
    first.close()
    second = Runs(tmp_path)
    second.take_up()
    again, other = second.find(run.id), second.start(SHORT, SOMEBODY)
    assert ("paused", "finished") == (again.state, ended(other))
    second.steer(again, "resume", ME)
    assert "finished" == ended(again)
    assert outcome(twin.folder) == outcome(again.folder)
    second.close()
