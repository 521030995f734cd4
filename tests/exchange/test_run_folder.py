"""A run on disk, written without torch: weights and states are bytes here."""

import json
import math
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.errors import DataError
from explorer.core.run.records import Change, Epoch, Record, Started, Steps
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.json_text import json_text
from explorer.exchange.run_folder import (
    FORMAT,
    NAME,
    append,
    cut,
    describe,
    ensure_writable,
    new_folder,
    prune,
    read_records,
    read_run,
    write,
)

CONFIG = TrainConfig(epochs=2)
STARTED = Started("cpu", 1, 8490, 128, 2, 4, {"torch": "2"})
EPOCH = Epoch(1, 2, math.nan, 0.5, 0.25, 1.0, 128.0, "cpu")
NO_ANSWER = Epoch(1, 2, math.nan, 0.5, math.nan, 1.0, 128.0, "cpu")


def described(step: int = 4, state: str = "finished") -> dict:
    return describe(CONFIG, STARTED, [EPOCH], step, state)


def test_a_run_is_its_files_and_a_readable_description(tmp_path: Path) -> None:
    """run.json has every setting, the layers and the command included; a second writing replaces the first."""
    folder = new_folder(tmp_path, CONFIG)
    write(folder, described(2, "running"), {"weights.safetensors": b"old", "state.safetensors": b"state"})
    write(folder, described(), {"weights.safetensors": b"weights"})
    assert ["run.json", "state.safetensors", "weights.safetensors"] == sorted(path.name for path in folder.iterdir())
    assert b"weights" == (folder / "weights.safetensors").read_bytes()
    description = read_run(folder)
    assert CONFIG == TrainConfig.from_dict(description["settings"])
    assert ("finished", 4, CONFIG.command()) == tuple(description[name] for name in ("state", "step", "command"))
    assert (8490, 0.25) == (description["started"]["num_params"], description["epochs"][0]["test_accuracy"])


def test_names_sort_by_time_and_differ(tmp_path: Path) -> None:
    """Two runs of the same second have two folders, named by time, data set and chance."""
    folders = [new_folder(tmp_path, CONFIG) for _ in range(2)]
    assert folders[0] != folders[1]
    for folder in folders:
        assert NAME.fullmatch(folder.name)
        assert "-mnist-" in folder.name


def test_a_loss_that_is_no_number_becomes_null(tmp_path: Path) -> None:
    """A run that diverged is still readable by every JSON reader, at any depth, and NaN again when it is read here."""
    folder = new_folder(tmp_path, CONFIG)
    write(folder, described(2), {})
    append(folder, [EPOCH, Steps(1, [math.nan], 1.0, 64.0, [math.nan], 0.1, {"fc": 1.0}), NO_ANSWER])
    for text in ((folder / "run.json").read_text("utf-8"), (folder / "metrics.jsonl").read_text("utf-8")):
        assert "NaN" not in text
    assert json.loads((folder / "run.json").read_text("utf-8"))["epochs"][0]["train_loss"] is None
    assert json_text({"losses": (1.5, math.inf)}) == '{"losses": [1.5, null]}'
    epoch, steps, no_answer = read_records(folder)
    assert [0.25, True] == [epoch.test_accuracy, math.isnan(no_answer.test_accuracy)]
    for value in (epoch.train_loss, steps.losses[0], steps.accuracies[0]):
        assert math.isnan(value)


FLOATS = st.floats(-1e6, 1e6)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """A record of any kind."""
    step = draw(st.integers(0, 100))
    return draw(
        st.sampled_from(
            [
                Started("cpu", 1, 10, 20, 5, 100, {"torch": "2"}, step=step),
                Steps(step, draw(st.lists(FLOATS, min_size=1)), 1.5, 2.5, [0.5], 0.01, {"conv1": draw(FLOATS)}),
                Epoch(step / 5, step, draw(FLOATS), 0.5, 0.25, 1.0, 128.0, "cpu"),
                Change(step, lr=draw(FLOATS)),
            ]
        )
    )


@given(st.lists(records(), max_size=8), st.integers(0, 200))
def test_records_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, found: list, lost: int
) -> None:
    """A line each; where a kill cut the file off anywhere, all the whole lines before."""
    folder = tmp_path_factory.mktemp("run")
    append(folder, found)
    assert found == list(read_records(folder))
    path = folder / "metrics.jsonl"
    content = path.read_bytes()
    path.write_bytes(content[: max(0, len(content) - lost)])
    left = list(read_records(folder))
    assert found[: len(left)] == left
    assert path.read_bytes().count(b"\n") <= len(left) <= path.read_bytes().count(b"\n") + 1


def test_a_resume_forgets_what_came_after_the_saved_state(tmp_path: Path) -> None:
    """Steps beyond the state, and an evaluation that the state has not seen, even one of the same step."""
    early, late = Steps(2, [1.0, 0.5], 1.0, 64.0), Steps(3, [0.25], 2.0, 64.0)
    append(tmp_path, [STARTED, early, EPOCH, late])
    cut(tmp_path, 2, evaluated=2)
    assert [1.0, 0.5] == list(read_records(tmp_path))[1].losses
    assert 3 == len(list(read_records(tmp_path)))
    cut(tmp_path, 2, evaluated=0)
    assert [STARTED, early] == list(read_records(tmp_path))


def test_a_write_that_breaks_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights that are no bytes break it half-way: the file before is whole, and nothing hidden stays."""
    write(tmp_path, described(), {"weights.safetensors": b"whole"})
    with pytest.raises(TypeError):
        write(tmp_path, described(), {"weights.safetensors": None})
    assert ["run.json", "weights.safetensors"] == sorted(path.name for path in tmp_path.iterdir())
    assert b"whole" == (tmp_path / "weights.safetensors").read_bytes()


def test_a_disk_that_refuses_is_explained(tmp_path: Path) -> None:
    """The sentence names the folder; before training as well as after."""
    file = tmp_path / "file"
    file.write_text("in the way")
    for attempt in (
        lambda: ensure_writable(file),
        lambda: new_folder(file, CONFIG),
        lambda: write(file / "run", described(), {"weights.safetensors": b""}),
        lambda: append(file / "run", [EPOCH]),
    ):
        with pytest.raises(DataError, match=r"Runs cannot be saved in .*file"):
            attempt()


def old_run(root: Path, name: str, kind: str = FORMAT) -> Path:
    folder = root / name
    folder.mkdir()
    (folder / "run.json").write_text(json.dumps({"format": kind}))
    return folder


def test_the_oldest_runs_go_first(tmp_path: Path) -> None:
    """Beyond the bound, the earliest names are removed, and the new run stays."""
    old = [old_run(tmp_path, f"2025010{day}-000000-mnist-0000aa") for day in (3, 1, 2)]
    new = new_folder(tmp_path, CONFIG, kept=2)
    assert {old[0], new} == set(tmp_path.iterdir())


def test_runs_that_began_too_long_ago_go_too(tmp_path: Path) -> None:
    """However few they are, but for one under way."""
    old = [old_run(tmp_path, f"2025010{day}-000000-mnist-0000aa") for day in (1, 2, 3)]
    gone = prune(tmp_path, kept=10, in_use=old[:1], since=datetime(2025, 1, 3, tzinfo=UTC))
    assert gone == [old[1]]
    assert {old[0], old[2]} == set(tmp_path.iterdir())


def test_only_our_own_folders_are_removed(tmp_path: Path) -> None:
    """A renamed run, a shipped net, a stranger's run.json, a link and a plain file all stay."""
    old_run(tmp_path, "my-best-run")
    old_run(tmp_path, "20250101-000000-mnist-0000ab", kind="another program's")
    (tmp_path / "20250101-000000-mnist-0000ac").mkdir()
    (tmp_path / "README.md").write_text("words")
    elsewhere = old_run(tmp_path.parent, f"{tmp_path.name}-elsewhere")
    (tmp_path / "20250101-000000-mnist-0000ad").symlink_to(elsewhere)
    kept = set(tmp_path.iterdir())
    ours = old_run(tmp_path, "20250101-000000-mnist-0000ae")
    assert [ours] == prune(tmp_path, kept=0)
    assert kept == set(tmp_path.iterdir())


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}', "\udcff"])
def test_a_folder_without_our_description_is_no_run(tmp_path: Path, text: str) -> None:
    """Whatever else run.json may be, the answer is a sentence."""
    (tmp_path / "run.json").write_text(text, errors="surrogateescape")
    with pytest.raises(DataError, match="holds no saved run"):
        read_run(tmp_path)
