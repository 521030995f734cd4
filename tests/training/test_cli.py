"""``python -m explorer.training`` as a learner runs it: in a process of its own."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.core.layers import LayerSpec, Stack, layer, numbered
from explorer.core.networks import BROKEN, DENSE
from explorer.core.run_folder import read_run
from explorer.core.stack_link import encode
from explorer.training.checkpoint import load_run

ROOT = Path(__file__).parents[2]


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "explorer.training", "--threads", "1", *arguments]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A small set of offline digits and a cache of its own."""
    cache = str(tmp_path / "cache")
    return {
        **os.environ,
        "CNN_EXPLORER_OFFLINE_DIGITS": "300",
        "XDG_CACHE_HOME": cache,
        "LOCALAPPDATA": cache,
    }


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments),
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_json_lines_are_all_that_standard_output_holds(environment: dict[str, str], tmp_path: Path) -> None:
    """One object an epoch with these names, and a folder that loads; the saved path goes to standard error."""
    done = run(environment, "--data", "offline", "--epochs", "2", "--json", "--out", str(tmp_path / "runs"))
    assert done.returncode == 0, done.stderr
    first, second = map(json.loads, done.stdout.splitlines())
    names = "epoch train_loss train_accuracy test_accuracy seconds images_per_second device"
    assert set(names.split()) == set(first)
    assert [1, 2] == [first["epoch"], second["epoch"]]
    assert second["train_loss"] < first["train_loss"]
    (folder,) = (tmp_path / "runs").iterdir()
    assert str(folder) in done.stderr
    description = read_run(folder)
    assert ("finished", 10) == (description["state"], description["step"])
    assert "-offline-" in folder.name
    config, _ = load_run(folder)
    assert ("offline", 2, 1) == (config.data, config.epochs, config.threads)


@pytest.mark.parametrize(
    ("text", "network"),
    [
        ("dense", DENSE),
        ("1_1x28x28_m4_b1_f_d_l49-10", numbered([
            layer("a", "MaxPool2d", kernel_size=4), layer("b", "BatchNorm2d", num_features=1), layer("c", "Flatten"),
            layer("d", "Dropout"), layer("e", "Linear", in_features=49, out_features=10),
        ])),
    ],
)  # fmt: skip
def test_another_network_trains_by_its_name_or_its_text(
    environment: dict[str, str], tmp_path: Path, text: str, network: tuple[LayerSpec, ...]
) -> None:
    """The saved settings hold its layers, and the command that they print names it in the same way."""
    done = run(environment, "--network", text, "--data", "offline", "--epochs", "1", "--out", str(tmp_path / "runs"))
    assert done.returncode == 0, done.stderr
    (folder,) = (tmp_path / "runs").iterdir()
    config, _ = load_run(folder)
    assert network == config.network
    assert f" --network {text} --data offline" in config.command()


def test_ctrl_c_stops_and_saves(environment: dict[str, str], tmp_path: Path) -> None:
    """After the first epoch's line, Ctrl-C: the weights are saved, the state is "stopped", the status the shell's."""
    arguments = command("--data", "offline", "--epochs", "50", "--json", "--out", str(tmp_path))
    environment["CNN_EXPLORER_OFFLINE_DIGITS"] = "2000"
    with subprocess.Popen(
        arguments, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline().startswith('{"epoch": 1')
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in errors
    folder = Path(errors.split("saved ")[1].strip())
    description = read_run(folder)
    assert description["state"] == "stopped"
    assert 32 <= description["step"] < 50 * 32
    load_run(folder)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--epochs", "0"), "The epochs is 0, outside 1 … 50. Choose a number in between."),
        (("--data", "no/such/folder"), "There is no folder no/such/folder."),
        (("--data", "offline", "--out", "README.md/runs"), "Runs cannot be saved in README.md/runs"),
        (("--device", "tpu"), "invalid choice: 'tpu'"),
        (("--network", "vgg"), "The network vgg is unknown. Choose one of simple, intro, exercise, dense, lenet."),
        (("--network", "1_1x28x28_q5"), "network 1_1x28x28_q5 cannot be read"),
        (("--network", encode(Stack(BROKEN["in_features"]))), "The network breaks at fc: mat1 and mat2 shapes"),
        (("--network", "1_3x28x28_f_l2352-10"), "The network takes images of 3×28×28, and MNIST's are 1×28×28."),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    environment: dict[str, str], tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    """On standard error, with exit status 2 and without a traceback."""
    (tmp_path / "README.md").write_text("a file, not a folder")
    done = subprocess.run(
        command(*arguments), cwd=tmp_path, env={**environment, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
