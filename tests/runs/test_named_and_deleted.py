"""A run's name is kept in its folder, and a deleted run is gone: in a real worker, in the queue, on disk."""

from pathlib import Path

import pytest

from explorer.exchange.run_folder import read_run
from explorer.runs.archive import RunArchive
from explorer.runs.run import Run
from explorer.runs.runs import Runs
from tests.runs.following import LONG, ME, SHORT, SOMEBODY, ended, finish, over, stop, wait

pytestmark = pytest.mark.processes


def known(runs: Runs, run: Run) -> bool:
    return runs.find(run.id) is not None or run.id in [one.id for one in runs.of(run.owner)]


def test_a_name_given_as_a_run_ends_is_kept(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    """After its last words were written, and before anybody else may write there."""
    release = runs._claims.release

    def name_it_first(run_id: str) -> None:
        runs.rename(run, "at the last moment", ME)
        release(run_id)

    monkeypatch.setattr(runs._claims, "release", name_it_first)
    run = runs.start(SHORT, ME)
    assert over(runs, run) == "finished"
    assert read_run(run.folder)["name"] == "at the last moment"


def test_a_name_is_kept_with_the_run(runs: Runs, tmp_path: Path) -> None:
    """Given while it trains, and changed afterwards: the next server finds it; the figures stay as they are."""
    run = runs.start(SHORT, ME)
    runs.rename(run, "  first\ntry ", ME)
    assert over(runs, run) == "finished"
    before = read_run(run.folder)
    assert ("first try", "first try") == (run.name, before["name"])
    runs.rename(run, "第二次 🎉", ME)
    assert before | {"name": "第二次 🎉"} == read_run(run.folder)
    assert "第二次 🎉" == RunArchive(runs.folder).find(run.id).name
    runs.rename(run, "", ME)
    assert "" == RunArchive(runs.folder).find(run.id).name


def test_a_paused_runs_name_is_on_disk_too(runs: Runs) -> None:
    """Nothing is saved while it waits, and a server may be killed meanwhile."""
    run = runs.start(LONG, ME)
    wait(run, lambda: run.step > 0)
    runs.steer(run, "pause", ME)
    wait(run, lambda: run.state == "paused")
    runs.rename(run, "waits", ME)
    runs._scheduler._look_after_runs()  # as it does about once a second
    assert "waits" == read_run(run.folder)["name"]
    stop(runs, run)


def test_a_deleted_run_is_gone_whatever_it_did(runs: Runs) -> None:
    """Ended, under way, waiting: it is found no more at once, its folder goes, and the worker takes the next one."""
    old, running, waiting = finish(runs, SHORT), runs.start(LONG, ME), runs.start(LONG, ME)
    wait(running, lambda: running.resumable)
    folder = running.folder
    for run in (old, waiting, running):
        runs.delete(run, ME)
        assert not known(runs, run)
    ended(running)
    with runs._scheduler._lock:  # its books are closed in one go
        assert not old.folder.exists()
        assert not folder.exists()
    finish(runs, SHORT)
    runs.delete(running, ME)  # once more, from another tab
    again = RunArchive(runs.folder)
    assert [None] * 3 == [again.find(run.id) for run in (old, running, waiting)]


def test_only_its_learner_names_or_deletes_a_run(runs: Runs) -> None:
    """Whoever has its link may watch."""
    run = finish(runs, SHORT)
    with pytest.raises(PermissionError):
        runs.rename(run, "mine", SOMEBODY)
    with pytest.raises(PermissionError):
        runs.delete(run, SOMEBODY)
    assert ("", True) == (run.name, run.folder.is_dir())
    assert known(runs, run)
