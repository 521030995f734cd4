"""Several servers on one folder: each run has one of them, and is seen and steered from all."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from explorer.core import limits
from explorer.core.errors import SettingError
from explorer.exchange.run_folder import read_run
from explorer.exchange.run_lock import UNFINISHED
from explorer.runs import archive, asked, claims, elsewhere
from explorer.runs.run import Run
from explorer.runs.runs import Runs
from explorer.runs.unfinished import Unfinished
from tests.operating.server_process import leave
from tests.runs.following import ME, SOMEBODY, end_like_a_kill
from tests.runs.no_workers import CONFIG, STARTED, begin, begun, end, install, record, save, saved, steps, tick, told

Servers = tuple[Runs, Runs]


@pytest.fixture
def servers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Servers:
    """Two of them, which look at the folder whenever they are asked, and not once a second."""
    install(monkeypatch)
    for module, seconds in ((claims, "LOOK_SECONDS"), (archive, "LOOK_SECONDS"), (elsewhere, "READ_SECONDS")):
        monkeypatch.setattr(module, seconds, -1.0)
    return Runs(tmp_path), Runs(tmp_path)


def test_a_waiting_run_is_found_on_the_other_server(servers: Servers) -> None:
    """With its settings, its learner, its name; nobody else's list has it."""
    here, there = servers
    run = here.start(CONFIG, ME)
    here.rename(run, "mine", ME)
    tick(here, there)
    found = there.find(run.id)
    assert (CONFIG, ME, "mine", "queued") == (found.config, found.owner, found.name, found.state)
    assert [run.id] == [one.id for one in there.of(ME)]
    assert [] == there.of(SOMEBODY)
    assert begun(there) == []


def test_a_run_under_way_is_seen_from_the_other_server(servers: Servers) -> None:
    """Its curves grow there too, and its end is seen; it is one run, whatever it is doing."""
    here, there = servers
    run = here.start(CONFIG, ME)
    begin(here, run)
    record(here, run, steps(2))
    save(here, run)
    tick(here)
    found = there.find(run.id)
    assert ("running", 2, STARTED) == (found.state, found.step, found.started)
    assert "Another server" in found.notices[0].text
    record(here, run, steps(4))
    save(here, run)
    assert [1, 2, 3, 4] == there.find(run.id).losses.points()[0]
    assert found is there.find(run.id)
    end(here, run)
    assert ("finished", 4) == (there.find(run.id).state, there.find(run.id).step)
    assert [run.id] == [one.id for one in there.of(ME)] == [one.id for one in here.of(ME)]


def test_pages_that_draw_two_runs_do_not_wait_for_one_another(servers: Servers) -> None:
    """Who draws a run may look for others, though another page draws one of them meanwhile."""
    here, there = servers
    runs = [here.start(CONFIG, ME) for _ in range(2)]
    found = [there.find(run.id) for run in runs]
    drawing = threading.Barrier(2)

    def draw(mine: Run) -> list[str]:
        with mine.changed:
            drawing.wait()
            return [there.find(run.id).state for run in runs] + [one.state for one in there.of(ME)]

    assert [["queued"] * 4] * 2 == at_once(*(lambda run=run: draw(run) for run in found))


def test_a_run_that_goes_back_is_followed_back(servers: Servers) -> None:
    """A worker died: what it had told after the last saved state is not told twice."""
    here, there = servers
    run = here.start(CONFIG, ME)
    begin(here, run)
    record(here, run, steps(2))
    save(here, run)
    record(here, run, steps(4))
    here._scheduler._active[run.id].writer._flush()
    tick(here)
    assert 4 == there.find(run.id).step
    begin(here, run, replace(STARTED, step=2))
    assert ([1, 2], [2.0, 1.5]) == there.find(run.id).losses.points()


def test_a_run_hears_what_is_pressed_on_the_other_server(servers: Servers) -> None:
    """In the order in which it was pressed; a page that shows it there keeps it alive here."""
    here, there = servers
    run = here.start(CONFIG, ME)
    begin(here, run)
    tick(here)
    found = there.find(run.id)
    there.steer(found, "change", ME, lr=0.5)
    there.steer(found, "pause", ME)
    there.rename(found, "from there", ME)
    there.watch(found)
    tick(here)
    assert [("change", {"lr": 0.5}), ("pause", {}), ("watch", {})] == told(here)
    assert "from there" == run.name
    there.steer(found, "stop", ME)
    tick(here)
    assert ("stop", {}) == told(here)[-1]
    assert [] == list((here.folder / UNFINISHED).glob("*.asked"))


def test_a_server_counts_its_own_runs(servers: Servers) -> None:
    """What Prometheus adds up over all servers has each run once."""
    here, there = servers
    run = here.start(CONFIG, ME)
    assert ([run.id], []) == tuple([one.id for one in server.here()] for server in (here, there))


def test_the_owner_sees_and_ends_all_servers_runs(servers: Servers) -> None:
    """From any of them, each run once."""
    here, there = servers
    runs = [one.start(CONFIG, owner) for one, owner in ((here, ME), (there, SOMEBODY))]
    for one, order in ((here, (0, 1)), (there, (1, 0))):
        assert [runs[number].id for number in order] == [run.id for run in one.under_way()]
    for run in here.under_way():
        here.steer(run, "stop", run.owner)
    tick(here, there)
    assert [[], []] == [one.under_way() for one in servers]


def test_only_its_learner_steers_a_run_from_there(servers: Servers) -> None:
    """And only within the bounds."""
    here, there = servers
    run = here.start(CONFIG, ME)
    found = there.find(run.id)
    for forbidden in (
        lambda: there.steer(found, "stop", SOMEBODY),
        lambda: there.rename(found, "theirs", SOMEBODY),
        lambda: there.delete(found, SOMEBODY),
    ):
        with pytest.raises(PermissionError):
            forbidden()
    with pytest.raises(SettingError):
        there.steer(found, "change", ME, lr=-1.0)
    tick(here)
    assert [("queued", "")] == [(one.state, one.name) for one in here.of(ME)]


def test_a_run_that_is_deleted_there_is_gone_at_once(servers: Servers) -> None:
    """From the list of who deleted it, and from this one a moment later; its folder too."""
    here, there = servers
    run = here.start(CONFIG, ME)
    begin(here, run)
    record(here, run, steps(2))
    save(here, run)
    tick(here)
    there.delete(there.find(run.id), ME)
    assert (None, []) == (there.find(run.id), there.of(ME))
    tick(here)
    assert [None, None, [], []] == [here.find(run.id), there.find(run.id), here.of(ME), there.of(ME)]
    end(here, run, "stopped")
    assert [None, None, [], []] == [here.find(run.id), there.find(run.id), here.of(ME), there.of(ME)]
    assert [UNFINISHED] == [path.name for path in here.folder.iterdir()]
    assert [] == list((here.folder / UNFINISHED).iterdir())


def test_a_server_that_does_not_look_is_not_asked_for_ever(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its learner hears so; pages that show the run fail at nothing."""
    monkeypatch.setattr(asked, "MOST_WAITING", 2)
    here, there = servers
    found = there.find(here.start(CONFIG, ME).id)
    for _ in range(2):
        there.steer(found, "pause", ME)
    with pytest.raises(SettingError, match="does not answer"):
        there.steer(found, "pause", ME)
    there.watch(found)
    assert 2 == len(list((here.folder / UNFINISHED).glob("*.asked")))


@pytest.mark.parametrize(
    "text", ["", "{", "7", '{"command": "format"}', '{"command": "change", "values": {"lr": -1}}', '{"values": {}}']
)
def test_what_cannot_be_asked_is_not_obeyed(servers: Servers, text: str) -> None:
    """Whoever wrote it; what was asked of a run that is no more goes too."""
    here, _ = servers
    run = here.start(CONFIG, ME)
    begin(here, run)
    for run_id in (run.id, "gone"):
        (here.folder / UNFINISHED / f"{run_id}.1.asked").write_text(text)
    tick(here)
    assert [] == told(here)
    assert [] == list((here.folder / UNFINISHED).glob("*.asked"))


def test_of_two_servers_that_resume_a_run_at_once_one_does(servers: Servers) -> None:
    """The other one says so, and shows the run as it goes on."""
    here, there = servers
    run = saved(here.folder, "run", ME, "stopped")
    results = at_once(lambda: here.resume(here.find(run.id), ME), lambda: there.resume(there.find(run.id), ME))
    assert 1 == len(begun(here)) + len(begun(there))
    refused = [result for result in results if isinstance(result, SettingError)]
    assert all("somewhere else" in str(error) for error in refused)  # or it was seen there already
    assert ["queued", "queued"] == [here.find(run.id).state, there.find(run.id).state]


def test_what_a_killed_server_left_goes_on_on_the_others_once(tmp_path: Path, servers: Servers) -> None:
    """Without a start: whoever lives looks once a second. Of those that look at once, one has each run."""
    killed = Runs(tmp_path)
    runs = [killed.start(CONFIG, owner) for owner in "abcd"]
    tick(*servers)
    assert [[], []] == [begun(one) for one in servers]
    end_like_a_kill(killed)
    at_once(*(lambda one=one: tick(one) for one in servers))
    have = [sorted(one._scheduler._active) for one in servers]
    assert sorted(run.id for run in runs) == sorted([*have[0], *have[1]])
    assert all(one.find(run.id).state == "queued" for one in servers for run in runs)


def test_a_server_takes_up_no_more_than_it_has_room_for(
    tmp_path: Path, servers: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The oldest first; the others wait for a server that has."""
    monkeypatch.setattr(limits, "MAX_RUNS_KEPT", 2)
    here, there = servers
    mine = here.start(CONFIG, ME)
    leave(tmp_path, *(Unfinished(f"run{number}", CONFIG, SOMEBODY, queued_at=-number) for number in range(3)))
    tick(here)
    assert [mine.id, "run2"] == list(here._scheduler._active)
    tick(there)
    assert ["run1", "run0"] == list(there._scheduler._active)


def test_a_server_that_ends_leaves_its_runs_to_the_others(tmp_path: Path, servers: Servers) -> None:
    """At once, with the number of steps that was saved; a run that was to be deleted goes."""
    here, there = servers
    run, unwanted = here.start(CONFIG, ME), here.start(CONFIG, ME)
    begin(here, run)
    record(here, run, steps(2))
    save(here, run)
    here._scheduler._active[unwanted.id].submission = "x"  # a worker has it
    here.delete(unwanted, ME)
    tick(here, there)
    assert [] == begun(there)
    end_like_a_kill(here)
    tick(there)
    found = there.find(run.id)
    assert [run.id] == begun(there)
    assert ("queued", 2, {"step": 2}) == (found.state, found.step, found.notices[0].numbers)
    assert there.find(unwanted.id) is None
    assert 1 == len(list(tmp_path.glob("*-offline-*")))


def test_making_room_spares_what_other_servers_have(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what a killed one left that nobody has taken up yet; what has ended goes, wherever it did."""
    here, there = servers
    killed, ended = (
        saved(here.folder, name, ME, state) for name, state in (("killed", "running"), ("ended", "stopped"))
    )
    going, last = (saved(here.folder, name, ME, "stopped") for name in ("going", "last"))
    here.resume(here.find(going.id), ME)
    leave(here.folder, Unfinished(killed.id, CONFIG, ME, folder=killed.folder.name))
    monkeypatch.setattr(limits, "MAX_LEARNER_BYTES", 0)
    there._archive.tidy(ME, [])
    assert [True, False, True, False] == [run.folder.is_dir() for run in (killed, ended, going, last)]
    monkeypatch.setattr(limits, "MAX_CHECKPOINTS", 0)
    there._archive.tidy(SOMEBODY, [])
    assert [True, True] == [run.folder.is_dir() for run in (killed, going)]
    assert here.of(ME)[0].id == going.id


def test_what_another_server_writes_or_removes_is_seen(servers: Servers) -> None:
    """A run that has ended is renamed, resumed to another end, and deleted there."""
    here, there = servers
    run = saved(here.folder, "run", ME, "stopped")
    assert ("", "stopped") == (here.find("run").name, here.find("run").state)
    there.rename(there.find("run"), "anew", ME)
    assert "anew" == here.find("run").name == read_run(run.folder)["name"]
    again = there.resume(there.find("run"), ME)
    begin(there, again, replace(STARTED, step=2))
    record(there, again, steps(4))
    end(there, again)
    assert ("finished", 4) == (here.find("run").state, here.of(ME)[0].step)
    there.delete(there.find("run"), ME)
    assert (None, []) == (here.find("run"), here.of(ME))


def test_a_learner_has_no_more_runs_on_two_servers_than_on_one(
    servers: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Waiting or under way."""
    monkeypatch.setattr(limits, "MAX_LEARNER_RUNS", 2)
    for one in servers:
        one.start(CONFIG, ME)
    for one in servers:
        with pytest.raises(SettingError, match="2 of your runs"):
            one.start(CONFIG, ME)
        one.start(CONFIG, SOMEBODY)


def test_one_server_goes_on_where_the_disk_knows_no_locks(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it did before there were locks."""
    monkeypatch.setattr("explorer.exchange.run_lock.FileLock.acquire", _without_locks)
    here, _ = servers
    run = here.start(CONFIG, ME)
    begin(here, run)
    record(here, run, steps(2))
    save(here, run)
    end(here, run, "stopped")
    assert "queued" == here.resume(run, ME).state


def _without_locks(lock: object) -> None:
    raise OSError(38, "Function not implemented")


def at_once(*actions: Callable[[], object]) -> list:
    """What each returns, or its SettingError; they begin together."""
    barrier = threading.Barrier(len(actions))

    def act(action: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return action()
        except SettingError as error:
            return error

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(act, actions))
