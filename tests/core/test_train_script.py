"""The training script trains alone as the app does."""

import os
import re
import subprocess
import sys
import sysconfig
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
import pytest
import torch

from explorer.core.layers import Stack, layer, numbered
from explorer.core.ledger import trace
from explorer.core.networks import SIMPLE_CNN
from explorer.core.train_config import TrainConfig
from explorer.core.train_script import train_code
from explorer.training.data import DataSet, normalised
from explorer.training.loop import Training
from tests.stacks import ask_torch


def write_mnist(folder: Path, count: int) -> DataSet:
    """Random digits as MNIST's four files, and as the app's data set."""
    random, arrays = np.random.default_rng(0), []
    raw = folder / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for name in ("train", "t10k"):
        images, labels = random.integers(0, 256, (count, 28, 28), np.uint8), random.integers(0, 10, count, np.uint8)
        sizes = np.array([count, 28, 28], ">i4").tobytes()
        (raw / f"{name}-images-idx3-ubyte").write_bytes(bytes([0, 0, 8, 3]) + sizes + images.tobytes())
        (raw / f"{name}-labels-idx1-ubyte").write_bytes(bytes([0, 0, 8, 1]) + sizes[:4] + labels.tobytes())
        arrays += [normalised(torch.from_numpy(images), torch.device("cpu")), torch.from_numpy(labels).long()]
    return DataSet(*arrays)


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


NOISY = numbered(
    [
        *(
            layer("c", "Conv2d", in_channels=1, out_channels=4, kernel_size=5),
            layer("b", "BatchNorm2d", num_features=4),
        ),
        *(layer("r", "ReLU"), layer("p", "MaxPool2d", kernel_size=4), layer("d", "Dropout"), layer("f", "Flatten")),
        layer("l", "Linear", in_features=144, out_features=10),
    ]
)


@pytest.mark.parametrize("layers", [SIMPLE_CNN, NOISY], ids=["simple", "noisy"])
def test_the_script_alone_trains_to_the_apps_weights(tmp_path: Path, layers: tuple) -> None:
    """With torch and torchvision alone, on MNIST's files in a folder: the same weights to the last bit, dropout too."""
    config = TrainConfig(epochs=2, seed=3, lr=0.05, network=layers)
    data = write_mnist(tmp_path / "data", 300)
    save = "\ntorch.save(net.state_dict(), sys.argv[2])\n"
    (tmp_path / "train.py").write_text(train_code(trace(Stack(layers)), config) + save, "utf-8")
    environment = {"PYTHONPATH": str(clean_site(tmp_path / "site")), "OMP_NUM_THREADS": "1", "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-S", "train.py", "data", "net.pt"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        training = Training(config, data)
        epochs = [record for record in training.records() if hasattr(record, "test_accuracy")]
    finally:
        torch.set_num_threads(threads)
    assert f"epoch 2: test accuracy {epochs[-1].test_accuracy:.2%}" in done.stdout
    weights = torch.load(tmp_path / "net.pt", weights_only=True)
    expected = training.network.state_dict()
    assert expected.keys() == weights.keys()
    assert all(torch.equal(expected[name], weights[name]) for name in expected)
    assert ask_torch(Stack(layers), batch=64).refusal is None
