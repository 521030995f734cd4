"""``--data``: each data set by its name, the learner's own files by the name they are taken as."""

from pathlib import Path

import numpy as np
import pytest
import torch
from torchvision import transforms

from explorer.core.data.data_sets import SOURCES
from explorer.core.errors import SettingError
from explorer.core.run.train_config import TrainConfig
from explorer.training import data
from explorer.training.arguments import config_of, parse
from explorer.training.data import load, normalised
from explorer.training.published import Images


@pytest.mark.parametrize(
    ("text", "name", "folder"),
    [
        *((name, name, None) for name in SOURCES),
        ("fashion=files", "fashion", "files"),
        ("kmnist=C:\\data=1", "kmnist", "C:\\data=1"),
        ("mnist=offline", "mnist", "offline"),
        ("README.md", "mnist", "README.md"),
        ("own/files", "mnist", "own/files"),
        ("./fashion", "mnist", "./fashion"),
    ],
)
def test_the_option_names_a_set_or_the_files_of_one(text: str, name: str, folder: str | None) -> None:
    """A folder alone is MNIST's, as ever; the command of such a run says so in full, and means the same again."""
    config = config_of(parse(["--data", text]))
    assert (name, folder) == (config.data, config.data_folder)
    again = config_of(parse(["--data", f"{name}={folder}" if folder else name]))
    assert again == config


@pytest.mark.parametrize("text", ["fashion-mnist", "cifar10", "offline=files"])
def test_a_word_that_is_neither_is_told_what_there_is(text: str) -> None:
    """A typing mistake is no folder."""
    with pytest.raises(
        SettingError, match=rf"The data {text} is unknown\. Choose one of mnist, fashion, kmnist, offline"
    ):
        config_of(parse(["--data", text]))


@pytest.mark.parametrize("name", [name for name, source in SOURCES.items() if source.published])
def test_each_set_is_scaled_by_its_own_numbers(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bit for bit what ToTensor and Normalize give with the set's mean and deviation; nobody else's files are asked."""
    pixels = torch.arange(256, dtype=torch.uint8).repeat(49)[: 16 * 784].view(16, 28, 28)
    asked = []

    def read(data: str, folder: Path | None, *_: object) -> Images:
        asked.append((data, folder))
        return Images(pixels, torch.arange(16) % 10, pixels, torch.arange(16) % 10)

    monkeypatch.setattr(data, "load_published", read)
    found = load(TrainConfig(data=name, data_folder="own"), torch.device("cpu"))
    source = SOURCES[name]
    theirs = transforms.Compose([transforms.ToTensor(), transforms.Normalize((source.mean,), (source.std,))])
    expected = torch.stack([theirs(np.asarray(image)) for image in pixels])
    assert torch.equal(expected, found.train_images)
    assert torch.equal(expected, found.test_images)
    assert [(name, Path("own"))] == asked
    assert torch.equal(expected, normalised(pixels, torch.device("cpu"), name))
