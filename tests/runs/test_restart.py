"""What a server finds on disk when it starts again."""

import json
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from explorer.core import limits
from explorer.core.run.records import Epoch, Started, Steps
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.json_text import json_text
from explorer.exchange.run_folder import DESCRIPTION, METRICS, PROBE, STATE, read_run
from explorer.runs.archive import RunArchive
from explorer.runs.run import Run
from explorer.runs.run_writer import RunWriter
from explorer.runs.runs import Runs
from tests.runs.following import LONGER, ME, SOMEBODY, ended, outcome, stop, wait

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def broken_off(runs: Runs, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """A folder as it is when the server is killed within a run: copied while the run was under way."""
    run = runs.start(LONGER, ME)
    wait(run, lambda: run.step > 100 and run.resumable)
    root = tmp_path_factory.mktemp("killed")
    with run.changed:  # reports wait meanwhile
        shutil.copytree(run.folder, root / run.folder.name)
    stop(runs, run)
    return Run(run.id, run.config, run.owner, folder=root / run.folder.name)


def test_a_killed_servers_run_goes_on_in_the_next_one(broken_off: Run, twin: Run, tmp_path: Path) -> None:
    """It is interrupted, with its curves; resumed, it ends in the weights and figures of the run never interrupted."""
    shutil.copytree(broken_off.folder, tmp_path / broken_off.folder.name)
    assert read_run(broken_off.folder)["state"] == "running"
    runs = Runs(tmp_path)
    run = runs.find(broken_off.id)
    assert (run.state, run.resumable, run.owner, run.config) == ("interrupted", True, ME, LONGER)
    assert run.step >= 96  # the third epoch, saved; later steps may not have been written yet
    assert len(run.losses.points()[0]) == run.step
    assert run.epochs[0].test_accuracy == twin.epochs[0].test_accuracy
    assert [one.id for one in runs.of(ME)] == [run.id]
    assert runs.of(SOMEBODY) == []
    runs.resume(run, ME)
    assert ended(run) == "finished"
    assert outcome(run.folder) == outcome(twin.folder)
    runs.close()


STARTED = Started("cpu", 1, 8490, 640, 10, 20, {"torch": "2"})


def keep(root: Path, number: int, owner: str = ME, size: int = 100) -> Run:
    """A run that has ended after two steps, with a state of ``size`` bytes."""
    run = Run(f"id{number}", TrainConfig(), owner)
    writer = RunWriter(run, root)
    writer.start(STARTED)
    steps = Steps(2, [2.0, 1.5], 1.0, 128.0, accuracies=[0.1, 0.2])
    for record in (steps, Epoch(0.2, 2, 1.75, 0.15, 0.5, 1.0, 128.0, "cpu")):
        run.add_record(record)
        writer.add(record)
    run.probe = b"ten digits"
    writer.save(1, b"s" * size, b"w" * 10, b"p" * 10)
    writer.end("stopped")
    run.show(state="stopped")
    ordered = root / f"20260101-0000{number:02}-mnist-abcdef"
    run.folder.rename(ordered)
    run.folder = ordered
    return run


def test_a_run_is_found_again_with_all_that_was_seen_of_it(tmp_path: Path) -> None:
    """Curves, figures, digits, and that it can be resumed."""
    keep(tmp_path, 1)
    run = RunArchive(tmp_path).find("id1")
    assert (run.state, run.step, run.seconds, run.resumable, run.probe) == ("stopped", 2, 1.0, True, b"ten digits")
    assert run.losses.points() == ([1, 2], [2.0, 1.5])
    assert run.epochs[0].test_accuracy == 0.5


def test_a_learners_list_needs_no_curves(tmp_path: Path) -> None:
    """Settings and figures come from run.json alone."""
    run = keep(tmp_path, 1)
    (run.folder / METRICS).unlink()
    (listed,) = RunArchive(tmp_path).runs_of(ME)
    assert (listed.step, listed.seconds, listed.epochs[0].test_accuracy) == (2, 1.0, 0.5)
    assert listed.losses.points() == ([], [])


def test_what_is_no_run_of_the_app_is_passed_over(tmp_path: Path) -> None:
    """A command line's run is nobody's; a broken description breaks nothing."""
    nobodys, broken, good = (keep(tmp_path, number) for number in range(3))
    values = {name: value for name, value in read_run(nobodys.folder).items() if name != "id"}
    (nobodys.folder / DESCRIPTION).write_text(json_text(values))
    (broken.folder / DESCRIPTION).write_text("{")
    (tmp_path / "notes").mkdir()
    assert [run.id for run in RunArchive(tmp_path).runs_of(ME)] == [good.id]


JUNK = (None, [], {}, "x", "../..", -1, 1e400, 10**30, [[1]], {"kind": "epoch"}, True)


def fields(values: object, path: tuple = ()) -> Iterator[tuple]:
    """The way to each of its values, down to the settings'."""
    if path:
        yield path
    if isinstance(values, dict):
        for name, value in values.items():
            yield from fields(value, (*path, name))


@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_a_run_that_was_tampered_with_harms_no_other(tmp_path: Path, junk: object) -> None:
    """Any value of its description replaced: it is passed over, or is as good as a run; nothing else is touched."""
    good, spoiled = keep(tmp_path, 1), keep(tmp_path, 2)
    values, text = read_run(spoiled.folder), (spoiled.folder / DESCRIPTION).read_text()
    for path in fields(values):
        inner = described = json.loads(text)
        for name in path[:-1]:
            inner = inner[name]
        inner[path[-1]] = junk
        (spoiled.folder / DESCRIPTION).write_text(json.dumps(described))
        archive = RunArchive(tmp_path)
        runs = archive.runs_of(ME)
        assert good.id in {run.id for run in runs}, path
        for run in runs:
            found = archive.find(run.id)
            assert (type(found.id), type(found.owner), type(found.step), type(found.seconds)) == (
                str,
                str,
                int,
                float,
            ), path
            assert isinstance(found.state, str)
            assert all(isinstance(epoch.test_accuracy, float) for epoch in found.epochs), path
            assert found.folder.parent == tmp_path
        archive.tidy(ME, [])
        assert good.folder.is_dir()


def test_memory_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond so many opened runs the one opened first lets go of its curves; opened again, it has them again."""
    monkeypatch.setattr(limits, "MAX_RUNS_KEPT", 2)
    for number in range(3):
        keep(tmp_path, number)
    archive = RunArchive(tmp_path)
    for number in range(3):
        archive.find(f"id{number}")
    assert [len(run.losses.points()[0]) for run in archive.runs_of(ME)] == [0, 2, 2]
    assert len(archive.find("id0").losses.points()[0]) == 2


def test_a_learners_oldest_runs_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond their bytes on disk; other learners' stay, and so does whatever is under way."""
    theirs, under_way, *mine = (keep(tmp_path, number, SOMEBODY if number == 0 else ME, 10_000) for number in range(5))
    monkeypatch.setattr(limits, "MAX_LEARNER_BYTES", 30_000)  # two, with what lies beside the state
    archive = RunArchive(tmp_path)
    archive.withdraw(under_way)
    archive.tidy(ME, [under_way])
    assert [run.folder.is_dir() for run in (theirs, under_way, *mine)] == [True, True, False, False, True]
    assert [run.id for run in archive.runs_of(ME)] == [under_way.id, "id4"]  # a look at the folders finds both


def test_the_servers_oldest_runs_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond so many folders; never one that is under way."""
    under_way, *ended_runs = (keep(tmp_path, number) for number in range(4))
    monkeypatch.setattr(limits, "MAX_CHECKPOINTS", 2)
    archive = RunArchive(tmp_path)
    archive.withdraw(under_way)
    archive.tidy(ME, [under_way])
    assert [run.folder.is_dir() for run in (under_way, *ended_runs)] == [True, False, True, True]


def test_a_run_goes_back_to_its_saved_state(tmp_path: Path) -> None:
    """What was told of later steps is forgotten, on screen and on disk; the state and the digits stay."""
    run = keep(tmp_path, 1)
    writer = RunWriter(run, tmp_path)
    writer.start(Started("cpu", 1, 8490, 640, 10, 20, {"torch": "2"}, step=2, evaluated=0))
    assert (run.losses.points(), run.epochs) == (([1, 2], [2.0, 1.5]), [])
    assert (run.folder / STATE).read_bytes() == writer.state() == b"s" * 100
    assert (run.folder / PROBE).is_file()


class Watched(threading.Condition):
    """Notes where ``run`` stands whenever another thread may look at it."""

    def __init__(self, run: Run) -> None:
        super().__init__()
        self.run, self.depth, self.seen = run, 0, []

    def __enter__(self) -> bool:
        self.depth += 1
        return super().__enter__()

    def __exit__(self, *error: object) -> None:
        self.depth -= 1
        if not self.depth:
            self.seen.append((self.run.state, self.run.started.step, self.run.step))
        super().__exit__(*error)


def test_no_page_sees_a_run_that_goes_on_at_its_beginning(tmp_path: Path) -> None:
    """What is read again from disk, its first beginning too, is there at once with the step that it goes on from."""
    run = keep(tmp_path, 1)
    run.show(state="queued")
    run.changed = Watched(run)
    RunWriter(run, tmp_path).start(replace(STARTED, step=2))
    assert [("running", 2, 2)] == run.changed.seen


def test_what_a_kill_left_half_written_goes_when_the_run_goes_on(tmp_path: Path) -> None:
    """It would lie there for ever, and count as the learner's; whole files stay, and what others have put there."""
    run = keep(tmp_path, 1)
    whole = sorted(path for path in run.folder.rglob("*") if path.is_file())
    parts = [
        f".{STATE}.0a1b2c",
        "snapshots/.epoch-0001.safetensors.abcdef",
        "predictions/.epoch-0001.safetensors.012345",
    ]
    others = [".notes", "studies/.noise.json.abcdef"]  # a measurement may be written just now
    for name in (*parts, *others):
        (run.folder / name).parent.mkdir(exist_ok=True)
        (run.folder / name).write_bytes(b"half")
    RunWriter(run, tmp_path).start(Started("cpu", 1, 8490, 640, 10, 20, {"torch": "2"}, step=2, evaluated=0))
    kept = sorted(path for path in run.folder.rglob("*") if path.is_file())
    assert sorted([*whole, *(run.folder / name for name in others)]) == kept
