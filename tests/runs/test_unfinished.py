"""What the next server is told of the runs that wait or are under way, and what it makes of that."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from explorer.core import limits
from explorer.core.errors import SettingError
from explorer.exchange.run_lock import UNFINISHED
from explorer.runs.runs import Runs
from explorer.runs.unfinished import Unfinished
from tests.operating.server_process import leave
from tests.runs.following import end_like_a_kill
from tests.runs.no_workers import CONFIG, begun, install, saved, tick


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Runs]:
    """Call it for the next server of the same folder; the one before was killed, unless it was closed."""
    install(monkeypatch)
    started: list[Runs] = []

    def next_server() -> Runs:
        for before in started:
            end_like_a_kill(before)
        started.append(Runs(tmp_path))
        return started[-1]

    return next_server


def test_runs_go_on_in_the_order_in_which_they_were(server) -> None:
    """A killed server's: each with its settings, its learner and its name; the next one to train first."""
    first = server()
    runs = [first.start(CONFIG, owner) for owner in ("a", "a", "b")]
    first.rename(runs[2], "mine", "b")
    tick(first)
    second = server()
    second.take_up()
    assert [runs[0].id] == begun(second)
    assert [runs[2].id, runs[1].id] == [run.id for run in second._scheduler.waiting()]
    again = second.find(runs[2].id)
    assert (CONFIG, "b", "mine", "queued") == (again.config, again.owner, again.name, again.state)


def test_a_run_that_was_resumed_and_waits_goes_on_too(server, tmp_path: Path) -> None:
    """Its folder says how it had ended before."""
    saved(tmp_path, "stopped", "a", "stopped")
    first = server()
    first.start(CONFIG, "b")
    first.resume(first.find("stopped"), "a")
    second = server()
    second.take_up()
    assert ["stopped"] == [run.id for run in second._scheduler.waiting()]
    assert ("queued", 2) == (second.find("stopped").state, second.find("stopped").step)


def test_a_run_that_was_deleted_in_another_tab_does_not_go_on(server, tmp_path: Path) -> None:
    """There is nothing that it could go on from; it would begin anew, behind its old curve."""
    saved(tmp_path, "gone", "a", "stopped")
    runs = server()
    run = runs.find("gone")
    runs.delete(run, "a")
    with pytest.raises(SettingError, match="no saved state"):
        runs.resume(run, "a")


def test_a_server_that_ends_leaves_the_same(server) -> None:
    """Its runs end with it, but go on with the next one."""
    first = server()
    runs = [first.start(CONFIG, owner) for owner in ("a", "b")]
    first.close()
    late = first.start(CONFIG, "c")  # a page that has not heard of it yet
    second = server()
    second.take_up()
    assert [runs[0].id] == begun(second)
    assert ["queued", "queued"] == [second.find(run.id).state for run in runs]
    assert second.find(late.id) is None


def test_what_is_over_is_not_taken_up(server, tmp_path: Path) -> None:
    """Stopped, deleted; or ended on disk, where the server was killed before it could say so elsewhere."""
    first = server()
    stopped, deleted, ended, kept = (first.start(CONFIG, owner) for owner in "abcd")
    first.steer(stopped, "stop", "a")
    first.delete(deleted, "b")
    saved(tmp_path, ended.id, "c", "finished")
    second = server()
    second.take_up()
    assert [kept.id] == [run.id for run in second._scheduler.runs()]
    assert "finished" == second.find(ended.id).state


def test_a_run_that_has_saved_a_state_goes_on_from_it(server, tmp_path: Path) -> None:
    """With its curves, and a word about it; one that was paused stays so until its learner wants it to go on."""
    runs = [saved(tmp_path, name, name, "running") for name in ("one", "two")]
    leave(tmp_path, *(Unfinished(run.id, CONFIG, run.owner, paused=run.id == "two") for run in runs))
    now = server()
    now.take_up()
    one, two = (now.find(run.id) for run in runs)
    assert ("queued", 2, 2) == (one.state, one.step, len(one.losses.points()[0]))
    assert {"step": 2} == one.notices[0].numbers
    assert ("paused", []) == (two.state, two.notices)
    assert ["one"] == begun(now)
    now.steer(two, "resume", "two")
    assert "queued" == two.state


def test_a_run_that_ends_every_server_is_not_taken_up_for_ever(server, monkeypatch: pytest.MonkeyPatch) -> None:
    """After so many kills it is its learner's to resume, or to leave; not one that waits, nor after a normal end."""
    monkeypatch.setattr(limits, "MAX_DEATHS", 2)
    (now := server()).start(CONFIG, "a")
    waiting = now.start(CONFIG, "b")
    left = []
    for ends in (now.close, *[lambda: None] * 3):
        ends()
        (now := server()).take_up()
        left.append(len(now._scheduler._active))
    assert [2, 2, 2, 1] == left
    assert [waiting.id] == begun(now)


def test_lower_limits_lose_no_run(server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next server has another profile: what waits goes on, what was saved is there; new ones are its own size."""
    config = replace(CONFIG, epochs=limits.MAX_EPOCHS + 1, batch_size=limits.MAX_BATCH_SIZE + 1)
    stopped = saved(tmp_path, "stopped", "a", "stopped", config)
    leave(tmp_path, Unfinished("left", config, "b"))
    monkeypatch.setattr(limits, "MAX_PARAMETERS", 10)
    now = server()
    now.take_up()
    assert ["left"] == begun(now)
    assert config == now.find("left").config == now.find(stopped.id).config
    for asked in (lambda: now.resume(now.find(stopped.id), "a"), lambda: now.start(config, "a")):
        with pytest.raises(SettingError, match="outside"):
            asked()
    with pytest.raises(SettingError, match="This server allows 10"):
        now.start(CONFIG, "a")


@pytest.mark.parametrize("text", ["", "{", "null", "7", "[]", '{"id": []}', '{"id": "x", "state": "dead"}'])
def test_a_broken_file_breaks_no_server(server, tmp_path: Path, text: str) -> None:
    """Whoever wrote it; it goes, and the others are taken up."""
    leave(tmp_path, Unfinished("good", CONFIG, "a"))
    good = json.loads((tmp_path / UNFINISHED / "good.json").read_text())
    worse = {"epochs": good | {"config": good["config"] | {"epochs": 10**9}}, "folder": good | {"folder": "../.."}}
    for name, content in {"broken": text, **{name: json.dumps(values) for name, values in worse.items()}}.items():
        (tmp_path / UNFINISHED / f"{name}.json").write_text(content)
    now = server()
    now.take_up()
    assert ["good"] == begun(now)
    assert ["good.json", "good.lock"] == sorted(file.name for file in (tmp_path / UNFINISHED).iterdir())


def test_a_full_disk_harms_no_run(server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written of it is for other servers; this one's runs begin all the same."""
    monkeypatch.setattr("explorer.runs.claims.replace_file", _no_room)
    monkeypatch.setattr("explorer.runs.claims.RunLock.take", _no_room)
    now = server()
    run = now.start(CONFIG, "a")
    assert [run.id] == begun(now)
    now.steer(run, "stop", "a")
    assert "cancelled" == run.state


def _no_room(*file: object) -> None:
    raise OSError(28, "No space left on device")
