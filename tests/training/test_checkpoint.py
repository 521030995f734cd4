"""Weights on their way to disk and back."""

import json
import re
from pathlib import Path

import pytest
import safetensors.torch
import torch

from explorer.core.errors import DataError
from explorer.core.network.layers import layer
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.run_folder import describe, write
from explorer.training.checkpoint import load_run, load_weights, weights_bytes
from explorer.training.data import DataSet
from explorer.training.loop import Training
from explorer.training.network import build
from tests.training.digits import NOISY

IMAGES = torch.randn(130, 1, 28, 28, generator=torch.Generator().manual_seed(0))
DIGITS = DataSet(IMAGES, torch.arange(130) % 10, IMAGES[:20], torch.arange(20) % 10)
README = Path(__file__).parents[2] / "README.md"


@pytest.fixture
def stopped() -> Training:
    """A training that its caller broke off after the first step of six."""
    ticks = iter(range(1000))
    training = Training(TrainConfig(epochs=2), DIGITS, clock=lambda: next(ticks))
    records = training.records()
    next(records), next(records)
    assert training.step == 1
    return training


def save_stopped(root: Path, training: Training) -> Path:
    root.mkdir(exist_ok=True)
    description = describe(training.config, training.started(), [], training.step, "stopped")
    write(root, description, {"weights.safetensors": weights_bytes(training.network)})
    return root


def test_weights_saved_after_a_stop_give_the_same_logits(tmp_path: Path, stopped: Training) -> None:
    """Bit for bit, in a network built from run.json alone; untrained weights give others."""
    config, network = load_run(save_stopped(tmp_path, stopped))
    assert stopped.config == config
    with torch.no_grad():
        expected = stopped.network(IMAGES)
        assert torch.equal(expected, network(IMAGES))
        assert not torch.equal(expected, build(config.network, config.seed)(IMAGES))


@pytest.fixture
def noisy(tmp_path: Path) -> tuple[Path, torch.Tensor]:
    """The folder of a run with BatchNorm2d and Dropout, and the logits of its network, asked and not trained."""
    training = Training(TrainConfig(epochs=2, network=NOISY), DIGITS)
    for _ in training.records():
        pass
    with torch.no_grad():
        return save_stopped(tmp_path / "a folder", training), training.network(IMAGES)


def test_running_averages_are_saved_with_the_weights(noisy: tuple[Path, torch.Tensor]) -> None:
    """Loaded, the network is in eval mode and gives the same logits; six batches are counted, as a whole number."""
    folder, expected = noisy
    _, network = load_run(folder)
    with torch.no_grad():
        assert torch.equal(expected, network(IMAGES))
        assert not torch.equal(expected, network.train()(IMAGES))
    counted = safetensors.torch.load_file(folder / "weights.safetensors")["norm.num_batches_tracked"]
    assert (6, torch.int64) == (counted.item(), counted.dtype)


def test_the_readmes_lines_open_any_run(noisy: tuple[Path, torch.Tensor]) -> None:
    """Run as they stand but for the folder's name, with nothing of this project, they give the same logits."""
    folder, expected = noisy
    code = re.search(r"### Without the app.*?```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)[1]
    assert "explorer" not in code
    assert 1 == code.count('"checkpoints/<run>"')
    names: dict[str, torch.nn.Module] = {}
    exec(code.replace("checkpoints/<run>", folder.as_posix()), names)
    with torch.no_grad():
        torch.testing.assert_close(expected, names["net"](IMAGES))


def test_run_json_says_that_it_was_stopped(tmp_path: Path, stopped: Training) -> None:
    """After one step of six, with the device and the versions it ran on."""
    description = json.loads((save_stopped(tmp_path, stopped) / "run.json").read_text("utf-8"))
    assert ("stopped", 1, "cpu") == (
        description["state"],
        description["step"],
        description["started"]["device"],
    )
    assert description["started"]["versions"]["torch"] == torch.__version__
    assert len(description["settings"]["network"]) == 8


def test_the_file_is_plain_safetensors(stopped: Training) -> None:
    """Any safetensors reader finds the lecture's names and shapes; 34 kB for 8,490 floats."""
    content = weights_bytes(stopped.network)
    tensors = safetensors.torch.load(content)
    assert tuple(tensors["conv2.weight"].shape) == (20, 10, 5, 5)
    assert 8490 * 4 < len(content) < 8490 * 4 + 1000


@pytest.mark.parametrize("content", [b"", b"\x80\x04pickle", b"\xff" * 64])
def test_a_file_that_is_no_safetensors_is_refused(tmp_path: Path, content: bytes) -> None:
    """A pickle, above all, is never run: it is only a broken file."""
    (tmp_path / "w").write_bytes(content)
    with pytest.raises(DataError, match="cannot be read"):
        load_weights(build(TrainConfig().network, 0), tmp_path / "w")


def test_a_missing_file_is_explained(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        load_weights(build(TrainConfig().network, 0), tmp_path / "nowhere")


def test_a_file_that_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    """The sparse gigabyte is refused by its size, which the sentence names."""
    with (tmp_path / "w").open("wb") as file:
        file.truncate(10**9)
    with pytest.raises(DataError, match="has 1,000,000,000 bytes, more than the 133,960 that"):
        load_weights(build(TrainConfig().network, 0), tmp_path / "w")


def test_another_networks_weights_are_refused(tmp_path: Path, stopped: Training) -> None:
    """Names and shapes must be the same; a network is filled whole or not at all."""
    (tmp_path / "w").write_bytes(weights_bytes(stopped.network))
    wide = layer("fc", "Linear", in_features=784, out_features=10)
    network = build((layer("flatten", "Flatten"), wide), 0)
    with pytest.raises(DataError, match="another network"):
        load_weights(network, tmp_path / "w")


def test_settings_that_are_broken_are_explained(tmp_path: Path, stopped: Training) -> None:
    """A run.json edited by hand gives a sentence, not a traceback."""
    folder = save_stopped(tmp_path, stopped)
    description = json.loads((folder / "run.json").read_text("utf-8"))
    for settings in ({"network": [{}]}, {**description["settings"], "optimiser": "Adam"}, None):
        (folder / "run.json").write_text(json.dumps({**description, "settings": settings}))
        with pytest.raises(DataError, match="holds no saved run: settings"):
            load_run(folder)
