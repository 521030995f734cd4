"""The three codes are the network on screen, and run."""

import io
import os
import re
import subprocess
import sys
import sysconfig
from contextlib import redirect_stdout
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings

from explorer.core.layers import Stack, layer, numbered
from explorer.core.ledger import trace
from explorer.core.network_code import class_code, layer_code, sequential_code, train_code
from explorer.core.networks import BROKEN, PRESETS, SIMPLE_CNN
from explorer.core.train_config import TrainConfig
from explorer.training.data import DataSet, normalised
from explorer.training.loop import Training
from tests.stacks import BATCH, ask_torch, stacks


def run(code: str) -> tuple[dict[str, object], str]:
    """The names that the code leaves and what it printed; raises what it raises."""
    names: dict[str, object] = {}
    with redirect_stdout(io.StringIO()) as printed:
        exec(code, names)
    return names, printed.getvalue()


@settings(max_examples=200, deadline=None)
@given(stacks())
def test_class_and_sequential_do_what_the_ledger_says(stack: Stack) -> None:
    """Same parameters, same output shape; and a stack that torch refuses is refused with the same words.

    A convolution whose groups do not divide its channels is refused before the first image comes.
    """
    ledger = trace(stack, BATCH)
    if ledger.problem and ledger.problem.index < len(stack.layers):
        words = f"{re.escape(ledger.problem.message)}|must be divisible by groups"
        with pytest.raises((RuntimeError, ValueError, IndexError), match=words):
            run(class_code(ledger))
        return
    names, printed = run(class_code(ledger))
    modules = [names["Net"](), run(sequential_code(ledger))[0]["net"]]
    assert str(list(ledger.output)) in printed
    assert {ledger.num_params} == {sum(p.numel() for p in module.parameters()) for module in modules}
    assert modules[0].state_dict().keys() == modules[1].state_dict().keys()


@pytest.mark.parametrize("name", PRESETS)
def test_both_ways_compute_the_same(name: str) -> None:
    """With the same weights class and Sequential give the same logits: functions and layers are one network."""
    ledger = trace(Stack(PRESETS[name]))
    net, sequential = run(class_code(ledger))[0]["Net"](), run(sequential_code(ledger))[0]["net"]
    sequential.load_state_dict(net.state_dict())
    images = torch.rand(8, 1, 28, 28)
    assert torch.equal(net(images), sequential(images))


def test_the_failing_line_says_so() -> None:
    """The shapes stand beside the lines up to the one that fails."""
    text = class_code(trace(Stack(BROKEN["in_features"])))
    assert re.search(r"torch.flatten\(x, 1\) +# \(64, 320\)\n +x = self.fc\(x\) +# fails\n", text)


@pytest.mark.parametrize(
    ("kind", "options", "text"),
    [
        ("Conv2d", {"in_channels": 1, "out_channels": 10, "kernel_size": 5}, "Conv2d(1, 10, kernel_size=5)"),
        ("MaxPool2d", {"kernel_size": 2, "stride": 2}, "MaxPool2d(2)"),
        ("MaxPool2d", {"kernel_size": 3, "stride": 2}, "MaxPool2d(kernel_size=3, stride=2)"),
        ("Linear", {"in_features": 320, "out_features": 10}, "Linear(320, 10)"),
        ("Dropout", {"p": 0.25}, "Dropout(0.25)"),
        ("Dropout", {"p": 0.5}, "Dropout()"),
        ("Softmax", {"dim": 1}, "Softmax(dim=1)"),
        ("View", {"size": 160}, "view(-1, 160)"),
    ],
)
def test_layers_read_as_pytorch_writes_them(kind: str, options: dict[str, float], text: str) -> None:
    """Plain where everybody writes it so, by name where it needs one, nothing where it is the default."""
    assert text == layer_code(layer("a", kind, **options))


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
