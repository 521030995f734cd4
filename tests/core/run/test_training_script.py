"""The training script trains alone as the app does, whatever is set."""

import ast
import gzip
import io
import os
import re
import subprocess
import sys
import sysconfig
import warnings
from contextlib import redirect_stdout
from dataclasses import replace
from importlib.metadata import distribution
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st

from explorer.core import limits
from explorer.core.data.data_sets import SOURCES
from explorer.core.data.offline_file import offline_file
from explorer.core.errors import SettingError
from explorer.core.network.layers import NetworkSpec
from explorer.core.network.trainable import require_batches
from explorer.core.run.recipes import OPTIMIZERS, RECIPES
from explorer.core.run.records import Change, Epoch
from explorer.core.run.schedule import SCHEDULES
from explorer.core.run.script_words import docstring, notes
from explorer.core.run.train_config import TrainConfig
from explorer.core.run.training_script import train_code
from explorer.training.data import DataSet, normalised, shuffled
from explorer.training.device import use_threads
from explorer.training.loop import Training
from tests.configs import configs
from tests.hypothesis_profiles import examples
from tests.stacks import trainable_networks
from tests.training.digits import NOISY

COUNTS = 130, 1040  # train and test: of both the last part is a smaller one
Arrays = dict[str, tuple[torch.Tensor, torch.Tensor]]  # "train", "t10k" -> images uint8 (N, 28, 28), labels (N,)


class Trained(NamedTuple):
    """What came out: the weights, and the test accuracy after each evaluation, as it is printed."""

    weights: dict[str, torch.Tensor]
    accuracies: list[str]
    ended: str = "finished"


@pytest.fixture(scope="module")
def arrays() -> Arrays:
    """Each class is a pattern under noise: it can be learned, so that accuracies differ."""
    random = np.random.default_rng(0)
    patterns, found = random.integers(0, 256, (10, 28, 28)), {}
    for name, count in zip(("train", "t10k"), COUNTS, strict=True):
        labels = random.integers(0, 10, count, np.uint8)
        images = (patterns[labels] + random.integers(0, 256, (count, 28, 28))) // 2
        found[name] = torch.from_numpy(images.astype(np.uint8)), torch.from_numpy(labels).long()
    return found


@pytest.fixture(scope="module")
def folder(arrays: Arrays, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """They as torchvision keeps its data sets, and as the app keeps its offline digits."""
    folder = tmp_path_factory.mktemp("data")
    for source in SOURCES.values():
        if source.published:
            write_idx(folder / source.published / "raw", arrays)
    kept = [part.numpy() for name in ("train", "t10k") for part in arrays[name]]
    np.savez(folder / offline_file(limits.OFFLINE_DIGITS), *kept)
    return folder


def write_idx(raw: Path, arrays: Arrays) -> None:
    raw.mkdir(parents=True)
    for name, (images, labels) in arrays.items():
        sizes = np.array(images.shape, ">i4").tobytes()
        (raw / f"{name}-images-idx3-ubyte").write_bytes(bytes([0, 0, 8, 3]) + sizes + images.numpy().tobytes())
        (raw / f"{name}-labels-idx1-ubyte").write_bytes(bytes([0, 0, 8, 1]) + sizes[:4] + bytes(labels.tolist()))


def argument(config: TrainConfig, folder: Path) -> Path:
    """What the script is given."""
    return folder if SOURCES[config.data].published else folder / offline_file(limits.OFFLINE_DIGITS)


def by_script(config: TrainConfig, folder: Path) -> Trained:
    """The text as it is handed over, run."""
    code = train_code(NetworkSpec(config.network), config)
    names: dict[str, Any] = {}
    with patch.object(sys, "argv", ["train.py", str(argument(config, folder))]), redirect_stdout(io.StringIO()) as said:
        exec(compile(code, "train.py", "exec"), names)
    return Trained(names["net"].state_dict(), re.findall(r"test accuracy (\S+)", said.getvalue()))


def engine(config: TrainConfig, arrays: Arrays) -> Training:
    """The app's, on the same images, with as many threads as there are now."""
    (train_images, train_labels), (test_images, test_labels) = arrays["train"], arrays["t10k"]
    if config.images:
        train_images, train_labels = train_images[: config.images], train_labels[: config.images]
    if config.shuffled_pixels:
        train_images, test_images = shuffled(train_images), shuffled(test_images)
    images = [normalised(part, torch.device("cpu"), config.data) for part in (train_images, test_images)]
    return Training(config, DataSet(images[0], train_labels, images[1], test_labels))


def by_app(config: TrainConfig, arrays: Arrays) -> Trained:
    """Its training to the end."""
    training = engine(config, arrays)
    epochs = [record for record in training.records() if isinstance(record, Epoch)]
    accuracies = [f"{epoch.test_accuracy:.2%}" for epoch in epochs]
    return Trained(training.network.state_dict(), accuracies, training.ended)


def assert_equal(expected: Trained, found: Trained) -> None:
    assert expected.accuracies == found.accuracies
    assert expected.weights.keys() == found.weights.keys()
    assert [name for name in expected.weights if not torch.equal(expected.weights[name], found.weights[name])] == []


@pytest.fixture(autouse=True)
def _same_threads() -> Any:
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


@pytest.mark.parametrize(("recipe", "optimizer", "schedule"), [*product(RECIPES, OPTIMIZERS, SCHEDULES)])
def test_every_recipe_optimizer_and_schedule(
    recipe: str, optimizer: str, schedule: str, folder: Path, arrays: Arrays
) -> None:
    """The same weights to the last bit, and the same accuracies, after the app's and the script's training."""
    settings = {**RECIPES[recipe], **OPTIMIZERS[optimizer], "optimizer": optimizer, "schedule": schedule}
    settings["nesterov"] = settings.get("nesterov", False) and optimizer == "sgd"
    config = TrainConfig(**settings | {"epochs": settings.get("epochs", 2), "batch_size": 16, "device": "cpu"})
    found = by_script(config, folder)
    assert found.accuracies
    assert_equal(by_app(config, arrays), found)


@examples(60)
@given(configs(), trainable_networks(), st.data())
def test_random_settings_and_networks(
    folder: Path, arrays: Arrays, config: TrainConfig, network: Any, data: Any
) -> None:
    """Whatever Train offers: subset, shuffled pixels, batch size, target, changes in mid-run, precision, dropout …"""
    config = replace(
        config,
        network=network,
        device="cpu",
        data_folder=None,
        threads=data.draw(st.integers(0, 2)),
        images=data.draw(st.sampled_from([0, 1, 17, 65, 130, 200])),
        batch_size=data.draw(st.sampled_from([1, 7, 16, 32, 64, 200])),
        epochs=data.draw(st.sampled_from([0.01, 0.3, 0.77, 1, 1.5, 2, 2.5])),
        evaluate_every=data.draw(st.sampled_from([0, 0, 1, 4])),
        max_seconds=data.draw(st.sampled_from([0.0, 3600.0])),
        target_accuracy=data.draw(st.sampled_from([0.0, 0.15, 0.9])),
        changes=tuple(replace(change, step=change.step % 20) for change in config.changes),
    )
    try:
        require_batches(network, min(config.images or COUNTS[0], COUNTS[0]), config.batch_size)
    except SettingError:
        assume(False)  # one image alone: neither of the two trains
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of torch, that autocast does nothing on this processor
        found, expected = by_script(config, folder), by_app(config, arrays)
    assume(expected.ended != "diverged")  # which ends within a report, at no certain step
    assert_equal(expected, found)


@pytest.mark.parametrize("data", SOURCES)
def test_every_data_set(data: str, folder: Path, arrays: Arrays) -> None:
    """Its own name, mean and deviation; the offline digits from the file in which the app keeps them."""
    config = TrainConfig(data=data, epochs=1, device="cpu", network=NOISY)
    assert_equal(by_app(config, arrays), by_script(config, folder))


def test_the_offline_digits_are_found_in_the_folder_that_holds_them(folder: Path, arrays: Arrays) -> None:
    """The app's cache folder is named as well as the file in it."""
    config = TrainConfig(data="offline", epochs=1, device="cpu", network=NOISY)
    with patch(f"{__name__}.argument", lambda config, folder: folder):
        assert_equal(by_app(config, arrays), by_script(config, folder))


@pytest.mark.parametrize("steps", [1, 9, 12])
def test_a_stopped_run_is_repeated_to_where_it_was_stopped(steps: int, folder: Path, arrays: Arrays) -> None:
    """As the command line's --stop-after: the weights after so many steps, whatever was planned."""
    config = TrainConfig(epochs=3, batch_size=16, schedule="cosine", device="cpu", network=NOISY)
    training, found = engine(config, arrays), {}
    training.most_steps = steps
    for _ in training.records():
        training.most_steps = steps - training.step
        if not training.most_steps:
            break
    code = train_code(NetworkSpec(config.network), config, steps)
    with patch.object(sys, "argv", ["train.py", str(folder)]), redirect_stdout(io.StringIO()):
        exec(code, found)
    assert training.step == steps
    expected = training.network.state_dict()
    assert all(torch.equal(found["net"].state_dict()[name], part) for name, part in expected.items())


LAYOUTS = {
    "as torchvision keeps them, beside other sets": lambda name: f"{{published}}/raw/{name}-ubyte",
    "side by side": lambda name: f"{name}-ubyte",
    "with dots, packed": lambda name: f"{name.replace('-idx', '.idx')}-ubyte.gz",
    "each in a folder of its own name": lambda name: f"{name}-ubyte/{name}-ubyte",
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("data", ["mnist", "fashion"])
def test_ones_own_files_are_found(layout: str, data: str, folder: Path, arrays: Arrays, tmp_path: Path) -> None:
    """Their folder stands in the script, which reads what the app reads, and writes nothing there."""
    published = SOURCES[data].published
    own = tmp_path / "own"
    for path in (folder / published / "raw").iterdir():
        name = path.name.removesuffix("-ubyte")
        target = own / LAYOUTS[layout](name).format(published=published)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(gzip.compress(path.read_bytes()) if target.suffix == ".gz" else path.read_bytes())
        if "other" in layout:  # noise, under the other set's name
            other = own / ("MNIST" if data == "fashion" else "FashionMNIST") / "raw" / path.name
            other.parent.mkdir(parents=True, exist_ok=True)
            other.write_bytes(bytes(path.stat().st_size))
    before = sorted(own.rglob("*"))
    config = TrainConfig(data=data, data_folder=str(own), epochs=1, device="cpu", batch_size=32)
    code, names = train_code(NetworkSpec(config.network), config), {}
    with patch.object(sys, "argv", ["train.py"]), redirect_stdout(io.StringIO()):
        exec(code, names)
    expected, found = by_app(config, arrays).weights, names["net"].state_dict()
    assert all(torch.equal(found[name], part) for name, part in expected.items())
    assert before == sorted(own.rglob("*"))


@pytest.mark.parametrize("name", ["own", "C:\\own", 'two "words"', "two\nlines", "\u2028"])
def test_any_folders_name_is_a_line_of_the_script(name: str) -> None:
    """Whatever is in it, it is one string and nothing else."""
    config = TrainConfig(data_folder=name)
    line = next(
        line for line in train_code(NetworkSpec(config.network), config).split("\n") if line.startswith("FOLDER")
    )
    assert name == ast.literal_eval(line.partition(" else ")[2])


def test_as_many_threads_as_the_app(folder: Path) -> None:
    """0 leaves a core free here as there; another number is that number."""
    for threads in (0, 1, 2):
        by_script(TrainConfig(epochs=0.01, device="cpu", threads=threads), folder)
        found = torch.get_num_threads()
        assert found == use_threads(threads)


def test_the_lectures_script_is_the_plainest() -> None:
    """It has no word of what its settings do not ask for, and a loop of eight lines."""
    code = train_code(NetworkSpec(TrainConfig().network), TrainConfig())
    for word in ("factor", "step,", "autocast", "nesterov", "weight_decay", "smoothing", "shuffled", "perf_counter"):
        assert word not in code
    assert len(code[code.index("for epoch") :].splitlines()) == 8
    assert max(map(len, code.splitlines())) <= 90


@pytest.mark.parametrize(
    ("settings", "word"),
    [({"max_seconds": 5.0}, "depends on the machine"), ({"data": "offline"}, offline_file(limits.OFFLINE_DIGITS))],
)
def test_what_no_script_can_do_is_said(settings: dict[str, Any], word: str) -> None:
    """In the script's first lines, and in the sentences beside it."""
    config = TrainConfig(**settings)
    assert word in " ".join(docstring(config).split())
    assert any(word in str(sentence) for sentence in notes(config))


def needed(name: str, found: set[str]) -> set[str]:
    """The distribution and all that it requires where no extra is asked for."""
    if name not in found:
        found.add(name)
        for line in distribution(name).requires or []:
            requirement, _, condition = line.partition(";")
            if "extra" not in condition and (there := installed(re.match(r"[\w.-]+", requirement)[0])):
                needed(there, found)
    return found


def installed(name: str) -> str | None:
    try:
        return distribution(name).name
    except ImportError:
        return None


def clean_site(folder: Path) -> Path:
    """A folder with torch and torchvision, and what these require, and nothing else of this environment."""
    folder.mkdir()
    site = Path(sysconfig.get_path("purelib"))
    tops = {file.parts[0] for name in needed("torch", set()) | needed("torchvision", set())
            for file in distribution(name).files or [] if file.parts[0] not in ("..", "__pycache__")}  # fmt: skip
    for top in tops:
        (folder / top).symlink_to(site / top)
    return folder


CHANGED = {"lr": 0.05, "changes": (Change(2, lr=0.01), Change(5, momentum=0.9)), "network": NOISY}


@pytest.mark.parametrize("settings", [RECIPES["fast"], CHANGED], ids=["first", "changed"])
def test_the_file_runs_with_torch_and_torchvision_alone(
    tmp_path: Path, folder: Path, arrays: Arrays, settings: dict[str, Any]
) -> None:
    """Written, called as its first line says, in an environment that has nothing else: the app's weights."""
    config = TrainConfig(**{"epochs": 2, **settings, "seed": 3, "device": "cpu", "threads": 1})
    save = "\ntorch.save(net.state_dict(), sys.argv[2])\n"
    (tmp_path / "train.py").write_text(train_code(NetworkSpec(config.network), config) + save, "utf-8")
    done = subprocess.run(
        [sys.executable, "-S", "train.py", str(folder), "net.pt"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(clean_site(tmp_path / "site")), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    torch.set_num_threads(1)
    weights = torch.load(tmp_path / "net.pt", weights_only=True)
    assert_equal(by_app(config, arrays), Trained(weights, re.findall(r"test accuracy (\S+)", done.stdout)))
