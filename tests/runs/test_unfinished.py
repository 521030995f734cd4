"""What the next server is told of the runs that wait or are under way, and what it makes of that."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from explorer.core import limits
from explorer.core.run.records import Started, Steps
from explorer.core.run.train_config import TrainConfig
from explorer.runs import scheduler
from explorer.runs.run import Run
from explorer.runs.run_writer import RunWriter
from explorer.runs.runs import Runs
from explorer.runs.unfinished import FILE, Unfinished, read_unfinished

CONFIG = TrainConfig(data="offline", epochs=3, seed=7)
STARTED = Started("cpu", 1, 8490, 640, 10, 20, {"torch": "2"})


class NoWorkers:
    """In the place of the cluster: nothing begins, and the server may be killed at any moment."""

    slots, begun = 1, ()

    def __init__(self, *hearers: object) -> None:
        self.begun = []

    def submit(self, run_id: str, *assignment: object) -> None:
        self.begun.append(run_id)

    def command(self, *command: object) -> None:
        """Nobody hears it."""

    cancel = forget = close = command


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Runs]:
    """Call it for the next server of the same folder; the one before was killed, unless it was closed."""
    monkeypatch.setattr(scheduler, "Cluster", NoWorkers)
    return lambda: Runs(tmp_path)


def begun(runs: Runs) -> list[str]:
    return runs._scheduler._cluster.begun


def saved(root: Path, run_id: str, owner: str, state: str) -> Run:
    """A run in its folder after two steps, in that state."""
    run = Run(run_id, CONFIG, owner)
    writer = RunWriter(run, root)
    writer.start(STARTED)
    steps = Steps(2, [2.0, 1.5], 1.0, 128.0, accuracies=[0.1, 0.2])
    run.add_record(steps)
    writer.add(steps)
    writer.save(None, b"state", b"weights", None)
    if state != "running":
        writer.end(state)
    return run


def test_runs_go_on_in_the_order_in_which_they_were(server) -> None:
    """A killed server's: each with its settings, its learner and its name; the next one to train first."""
    first = server()
    runs = [first.start(CONFIG, owner) for owner in ("a", "a", "b")]
    first.rename(runs[2], "mine", "b")
    first._scheduler._look_after_runs()  # as it does about once a second
    second = server()
    second.take_up()
    assert [runs[0].id] == begun(second)
    assert [runs[2].id, runs[1].id] == [run.id for run in second._scheduler.waiting()]
    again = second.find(runs[2].id)
    assert (CONFIG, "b", "mine", "queued") == (again.config, again.owner, again.name, again.state)


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
    left = [Unfinished(run.id, CONFIG, run.owner, paused=run.id == "two") for run in runs]
    (tmp_path / FILE).write_text(json.dumps([one.as_dict() for one in left]))
    now = server()
    now.take_up()
    one, two = (now.find(run.id) for run in runs)
    assert ("queued", 2, 2) == (one.state, one.step, len(one.losses.points()[0]))
    assert "started anew" in one.notices[0].text
    assert ("paused", []) == (two.state, two.notices)
    assert ["one"] == begun(now)
    now.steer(two, "resume", "two")
    assert "queued" == two.state


def test_a_run_that_ends_every_server_is_not_taken_up_for_ever(server, monkeypatch: pytest.MonkeyPatch) -> None:
    """After so many it is its learner's to resume, or to leave."""
    monkeypatch.setattr(limits, "MAX_DEATHS", 2)
    run = server().start(CONFIG, "a")
    found = []
    for _ in range(3):
        (now := server()).take_up()
        found.append(now.find(run.id) is not None)
    assert [True, True, False] == found


@pytest.mark.parametrize("text", ["", "{", "null", "7", '[7, null, {}, {"id": "x"}]', '[{"id": []}]'])
def test_a_broken_list_breaks_no_server(server, tmp_path: Path, text: str) -> None:
    """Whoever wrote it; what can be read of it is taken up."""
    (tmp_path / FILE).write_text(text)
    assert [] == read_unfinished(tmp_path)
    server().take_up()
    good = Unfinished("good", CONFIG, "a")
    worse = good.as_dict() | {"config": good.config.as_dict() | {"epochs": 10**9}}
    (tmp_path / FILE).write_text(json.dumps([worse, good.as_dict()]))
    assert [good] == read_unfinished(tmp_path)


def test_a_full_disk_harms_no_run(server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list is for the next server; this one's runs begin all the same."""
    monkeypatch.setattr("explorer.runs.unfinished.replace_file", _no_room)
    now = server()
    run = now.start(CONFIG, "a")
    assert [run.id] == begun(now)
    assert [] == list(tmp_path.iterdir())


def _no_room(*file: object) -> None:
    raise OSError(28, "No space left on device")
