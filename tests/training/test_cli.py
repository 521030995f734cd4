"""``python -m explorer.training``: in a process of its own where a process is the matter, else as a function."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import safetensors.torch
import torch

from explorer.core import limits
from explorer.core.network.layers import LayerSpec, NetworkSpec, layer, numbered
from explorer.core.network.link import encode
from explorer.core.network.networks import BROKEN, DENSE
from explorer.core.run.records import Epoch, Steps
from explorer.exchange.folders import SHIPPED
from explorer.exchange.run_folder import read_records, read_run
from explorer.training.__main__ import main
from explorer.training.checkpoint import load_run

pytestmark = pytest.mark.processes

ROOT = Path(__file__).parents[2]
ONE_THREAD = ("--threads", "1")


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


Done = subprocess.CompletedProcess[str]


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "explorer.training", *arguments]


def run(environment: dict[str, str], *arguments: str) -> Done:
    return subprocess.run(
        command(*arguments), cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def started(environment: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command(*arguments), cwd=ROOT, env=environment, text=True, **pipes)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Runs the same in this process, which has imported torch already: that takes seconds."""
    monkeypatch.setattr(limits, "OFFLINE_DIGITS", 300)

    def run_here(*arguments: str) -> Done:
        try:
            status = main(arguments)
        except SystemExit as refused:  # argparse's
            status = refused.code
        return Done(arguments, status, *capsys.readouterr())

    return run_here


def test_json_lines_are_all_that_standard_output_holds(environment: dict[str, str], tmp_path: Path) -> None:
    """One object an epoch with these names, and a folder that loads; the saved path goes to standard error."""
    done = run(
        environment, *ONE_THREAD, "--data", "offline", "--epochs", "2", "--json", "--out", str(tmp_path / "runs")
    )
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
    here: Callable[..., Done], tmp_path: Path, text: str, network: tuple[LayerSpec, ...]
) -> None:
    """The saved settings hold its layers, and the command that they print names it in the same way."""
    done = here("--network", text, "--data", "offline", "--epochs", "1", "--out", str(tmp_path / "runs"))
    assert done.returncode == 0, done.stderr
    (folder,) = (tmp_path / "runs").iterdir()
    config, _ = load_run(folder)
    assert network == config.network
    assert f" --network {text} --data offline" in config.command()


def test_ctrl_c_stops_and_saves(environment: dict[str, str], tmp_path: Path) -> None:
    """After the first epoch's line, Ctrl-C: the weights are saved, the state is "stopped", the status the shell's."""
    arguments = (*ONE_THREAD, "--data", "offline", "--epochs", "50", "--json", "--out", str(tmp_path))
    environment["CNN_EXPLORER_OFFLINE_DIGITS"] = "2000"
    with started(environment, *arguments) as process:
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
        (("--epochs", "0"), "The number of epochs is 0.0, outside 0.01 … 50. Choose a number in between."),
        (("--data", "no/such/folder"), "There is no folder no/such/folder."),
        (("--data", "offline", "--out", "README.md/runs"), "Runs cannot be saved in README.md/runs"),
        (("--device", "tpu"), "invalid choice: 'tpu'"),
        (("--optimizer", "lion"), "invalid choice: 'lion'"),
        (("--stop-after", "0"), "--stop-after takes a number of steps, 1 at least, not 0"),
        (("--change", "soon"), "The change soon cannot be read. Write it as 500:lr=0.1,momentum=0.9."),
        (("--resume", "no/run"), "--resume goes on with the run's own settings; leave out threads"),
        (("--network", "vgg"), "The network vgg is unknown. Choose one of simple, intro, exercise, dense, lenet."),
        (("--network", "1_1x28x28_q5"), "network 1_1x28x28_q5 cannot be read"),
        (("--network", encode(NetworkSpec(BROKEN["in_features"]))), "The network breaks at fc: mat1 and mat2 shapes"),
        (("--network", "1_1x28x28_c1-10-28_b10_f_l10-10", "--images", "65"), "Choose a batch size of 63."),
        (("--network", "1_3x28x28_f_l2352-10"), "takes images of 3×28×28, and every data set's are 1×28×28."),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    here: Callable[..., Done],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    sentence: str,
) -> None:
    """On standard error, with exit status 2 and without a traceback."""
    (tmp_path / "README.md").write_text("a file, not a folder")
    monkeypatch.chdir(tmp_path)
    done = here(*ONE_THREAD, *arguments)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def folder_of(done: Done) -> Path:
    assert done.returncode == 0, done.stderr
    return Path(done.stderr.split("saved ")[1].strip())


def steps_and_epochs(folder: Path) -> list:
    """What is reported without how long it took: every loss of every step, every evaluation's figures."""
    records = list(read_records(folder))
    losses = [loss for record in records if isinstance(record, Steps) for loss in record.losses]
    epochs = [(r.step, r.train_loss, r.test_accuracy) for r in records if isinstance(r, Epoch)]
    return [losses, epochs]


RECIPE = ("--data", "offline", "--optimizer", "adamw", "--schedule", "cosine", "--epochs", "6", "--seed", "3")


def test_a_stopped_run_resumed_equals_the_run_never_stopped(here: Callable[..., Done], tmp_path: Path) -> None:
    """In the midst of an epoch: weights to the last byte, and in metrics.jsonl no step missing, none twice."""
    whole = folder_of(here(*RECIPE, "--out", str(tmp_path / "whole")))
    stopped = folder_of(here(*RECIPE, "--out", str(tmp_path / "parts"), "--stop-after", "13"))
    assert ("stopped", 13) == (read_run(stopped)["state"], read_run(stopped)["step"])
    assert stopped == folder_of(here("--resume", str(stopped)))
    assert ("finished", 30) == (read_run(stopped)["state"], read_run(stopped)["step"])
    names = ("weights", "snapshots/epoch-0006", "predictions", "predictions/epoch-0006")
    for name in (f"{name}.safetensors" for name in names):
        assert (whole / name).read_bytes() == (stopped / name).read_bytes()
    assert steps_and_epochs(whole) == steps_and_epochs(stopped)
    assert 6 == len(read_run(stopped)["epochs"])


def test_a_killed_run_goes_on_from_its_last_state(environment: dict[str, str], tmp_path: Path) -> None:
    """Killed twice, each time after some step that was reported: the weights of the undisturbed run all the same."""
    environment["CNN_EXPLORER_OFFLINE_DIGITS"] = "2000"
    recipe = (*ONE_THREAD, "--data", "offline", "--epochs", "30", "--json")
    whole = folder_of(run(environment, *recipe, "--out", str(tmp_path / "whole")))
    arguments = (*recipe, "--out", str(tmp_path / "killed"))
    for _ in range(2):
        with started(environment, *arguments) as process:
            assert process.stdout.readline()  # an epoch was evaluated, and more is under way
            process.kill()
        (killed,) = (tmp_path / "killed").iterdir()
        assert "running" == read_run(killed)["state"]
        arguments = ("--resume", str(killed), "--json")
    folder_of(run(environment, "--resume", str(killed)))
    assert (whole / "weights.safetensors").read_bytes() == (killed / "weights.safetensors").read_bytes()
    assert steps_and_epochs(whole) == steps_and_epochs(killed)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_command_of_a_network_that_ships_makes_its_folder(
    here: Callable[..., Done], tmp_path: Path, name: str
) -> None:
    """Shortened, and on drawn digits: the same settings otherwise, and the files that ship, of the same form."""
    shipped = read_run(SHIPPED[name])
    short = ("--data", "offline", "--epochs", "2", "--batch-size", "96", "--out", str(tmp_path))
    made = folder_of(here(*shipped["command"].split()[3:], *short))
    changed = {"data": "offline", "epochs": 2.0}
    assert read_run(made)["settings"] == shipped["settings"] | changed
    for file in ("weights", "snapshots/epoch-0001", "snapshots/epoch-0002"):
        ours, theirs = (safetensors.torch.load_file(root / f"{file}.safetensors") for root in (made, SHIPPED[name]))
        assert {part: tensor.shape for part, tensor in ours.items()} == {
            part: tensor.shape for part, tensor in theirs.items()
        }
    untrained = "snapshots/epoch-0000.safetensors"  # of the same seed, whatever it is trained on
    assert (made / untrained).read_bytes() == (SHIPPED[name] / untrained).read_bytes()
    for file in ("predictions", "predictions/epoch-0001", "predictions/epoch-0002"):
        ours, theirs = (safetensors.torch.load_file(root / f"{file}.safetensors") for root in (made, SHIPPED[name]))
        assert [{part: tensor.dtype for part, tensor in ours.items()}] == [dict.fromkeys(theirs, torch.uint8)]
        assert (30, 10_000) == (len(ours["pair"]), len(theirs["pair"]))


def test_a_folder_without_a_run_is_not_resumed(here: Callable[..., Done], tmp_path: Path) -> None:
    """Status 2 and a sentence."""
    done = here("--resume", str(tmp_path))
    assert 2 == done.returncode
    assert f"{tmp_path} holds no saved run" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_preset_gives_what_is_not_said(here: Callable[..., Done], tmp_path: Path) -> None:
    """The recipe's numbers but for those that are given; 0.3 of an epoch of it are two of five steps."""
    done = here("--preset", "fast", "--data", "offline", "--batch-size", "64", "--out", str(tmp_path))
    config, _ = load_run(folder_of(done))
    assert (0.3, 64, "onecycle", 0.0715) == (config.epochs, config.batch_size, config.schedule, config.lr)
    assert 2 == read_run(folder_of(done))["step"]


def test_a_run_that_only_guesses_is_said_with_the_way_out(here: Callable[..., Done], tmp_path: Path) -> None:
    """The page's sentence, after the last line; of a run that learns nothing is said, also when it is resumed."""
    arguments = ("--data", "offline", "--epochs", "10", "--out", str(tmp_path))
    done = here(*arguments, "--lr", "3")
    assert 0 == done.returncode
    assert "it reads no more images than guessing would" in done.stderr
    assert "Try a learning rate of 0.01 instead of 3." in done.stderr
    assert "guessing" not in here(*arguments, "--lr", "0.1").stderr
    stopped = here(*arguments, "--lr", "3", "--stop-after", "30")
    assert "Try a learning rate of 0.01 instead of 3." in here("--resume", str(folder_of(stopped))).stderr


def test_a_loss_that_explodes_is_said_with_the_way_out(here: Callable[..., Done], tmp_path: Path) -> None:
    """Exit status 1, a sentence, and the folder holds no weight that is no number."""
    done = here("--data", "offline", "--lr", "10", "--network", "exercise", "--out", str(tmp_path))
    assert 1 == done.returncode
    assert "the learning rate 10 is too high for this network. Try 0.01." in done.stderr
    (folder,) = tmp_path.glob("*-offline-*")
    assert "diverged" == read_run(folder)["state"]
