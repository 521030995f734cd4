"""A run on disk, written without torch: weights are bytes here."""

import json
import math
from pathlib import Path

import pytest

from explorer.core.explained import DataError
from explorer.core.run_folder import (
    FORMAT,
    NAME,
    describe,
    ensure_writable,
    json_text,
    prune,
    read_run,
    write_run,
)
from explorer.core.train_config import Epoch, Started, TrainConfig

CONFIG = TrainConfig(epochs=2)
STARTED = Started("cpu", 1, 8490, 128, 2, 4, {"torch": "2"})
EPOCH = Epoch(1, 2, math.nan, 0.5, 0.25, 1.0, 128.0, "cpu")


def test_a_run_is_its_weights_and_a_readable_description(tmp_path: Path) -> None:
    """The folder holds two files and nothing else; run.json has every setting, the layers included."""
    folder = write_run(tmp_path, b"weights", describe(CONFIG, STARTED, [EPOCH], 4))
    assert ["run.json", "weights.safetensors"] == sorted(path.name for path in folder.iterdir())
    assert (folder / "weights.safetensors").read_bytes() == b"weights"
    description = read_run(folder)
    assert CONFIG == TrainConfig.from_dict(description["settings"])
    assert (8490, 0.25) == (description["started"]["num_params"], description["epochs"][0]["test_accuracy"])


def test_the_state_follows_from_the_steps() -> None:
    """A run that reached its last step has finished; one step short of it was stopped."""
    assert describe(CONFIG, STARTED, [], 4)["state"] == "finished"
    assert describe(CONFIG, STARTED, [], 3)["state"] == "stopped"


def test_names_sort_by_time_and_differ(tmp_path: Path) -> None:
    """Two runs of the same second have two folders, named by time, data set and chance."""
    folders = [write_run(tmp_path, b"", describe(CONFIG, STARTED, [], 4)) for _ in range(2)]
    assert folders[0] != folders[1]
    for folder in folders:
        assert NAME.fullmatch(folder.name)
        assert "-mnist-" in folder.name


def test_a_loss_that_is_no_number_becomes_null(tmp_path: Path) -> None:
    """A run that diverged is still readable by every JSON reader, at any depth."""
    folder = write_run(tmp_path, b"", describe(CONFIG, STARTED, [EPOCH], 2))
    text = (folder / "run.json").read_text("utf-8")
    assert "NaN" not in text
    assert json.loads(text)["epochs"][0]["train_loss"] is None
    assert json_text({"losses": (1.5, math.inf)}) == '{"losses": [1.5, null]}'


def test_a_run_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    """Weights that are no bytes break the writing half-way; neither a folder nor a hidden rest stays."""
    with pytest.raises(TypeError):
        write_run(tmp_path, None, describe(CONFIG, STARTED, [], 4))
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_refuses_is_explained(tmp_path: Path) -> None:
    """The sentence names the folder; before training as well as after."""
    file = tmp_path / "file"
    file.write_text("in the way")
    for attempt in (
        lambda: ensure_writable(file),
        lambda: write_run(file, b"", describe(CONFIG, STARTED, [], 4)),
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
    new = write_run(tmp_path, b"", describe(CONFIG, STARTED, [], 4), kept=2)
    assert {old[0], new} == set(tmp_path.iterdir())


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
