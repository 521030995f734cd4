"""The data set as the loop takes it."""

from pathlib import Path

import numpy as np
import pytest
import torch
from torchvision import transforms

from explorer.core import limits
from explorer.core.data import digits
from explorer.core.run.train_config import TrainConfig
from explorer.training import data
from explorer.training.data import load, normalised, offline_digits
from explorer.training.pixel_order import shuffled
from explorer.training.published import Images
from explorer.training.transfer import Cancelled

CPU = torch.device("cpu")


def nothing(*_: int) -> None:
    pass


def never() -> bool:
    return False


def test_images_are_what_the_lectures_transforms_give() -> None:
    """Bit for bit ToTensor and Normalize((0.1307,), (0.3081,)), and not merely 0..1."""
    images = torch.arange(256, dtype=torch.uint8).repeat(49)[: 16 * 784].view(16, 28, 28)
    lectures = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])
    expected = torch.stack([lectures(image.numpy()) for image in images])
    found = normalised(images, CPU)
    assert (16, 1, 28, 28) == tuple(found.shape)
    assert torch.equal(expected, found)
    assert found.min() < -0.42


def test_mnist_comes_from_the_folder_that_the_settings_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The learner's folder is handed on as it is; the labels come back untouched."""
    asked = []

    def read(data: str, folder: Path, *_: object) -> Images:
        asked.append(folder)
        return Images(torch.zeros(6, 28, 28, dtype=torch.uint8), torch.arange(6),
                     torch.zeros(4, 28, 28, dtype=torch.uint8), torch.arange(4))  # fmt: skip

    monkeypatch.setattr(data, "load_published", read)
    found = load(TrainConfig(data_folder=str(tmp_path)), CPU)
    assert [tmp_path] == asked
    assert [0, 1, 2, 3, 4, 5] == found.train_labels.tolist()
    assert (4, 1, 28, 28) == tuple(found.test_images.shape)


def test_offline_digits_come_with_a_tenth_more_to_test(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The bound says how many to train with; nothing but the cache folder is written."""
    monkeypatch.setattr(limits, "OFFLINE_DIGITS", 60)
    monkeypatch.setattr(data, "cache_folder", lambda: tmp_path / "cache")
    found = load(TrainConfig(data="offline"), CPU)
    assert (60, 60, 6, 6) == tuple(len(tensor) for tensor in found)
    assert (torch.float32, torch.int64) == (found.train_images.dtype, found.train_labels.dtype)
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_the_digits_are_drawn_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The second run reads what the first one kept, and gets the same digits."""
    first = offline_digits(30, tmp_path, nothing, never)
    monkeypatch.setattr(digits, "draw_digits", None)
    assert all(map(np.array_equal, first, offline_digits(30, tmp_path, nothing, never)))


def test_another_count_or_generator_is_drawn_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A kept file is only good for the count and the source that drew it."""
    offline_digits(30, tmp_path, nothing, never)
    assert len(offline_digits(40, tmp_path, nothing, never)[0]) == 40
    monkeypatch.setattr(data, "offline_file", lambda count: f"another-{count}.npz")
    offline_digits(30, tmp_path, nothing, never)
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("broken", [b"", b"no archive", "half", "other"])
def test_a_broken_file_is_drawn_again(tmp_path: Path, broken: bytes | str) -> None:
    """Empty, foreign, cut off or of another shape: the digits are the same as the first time, and whole on disk."""
    first = offline_digits(30, tmp_path, nothing, never)
    (path,) = tmp_path.iterdir()
    if broken == "other":
        with path.open("wb") as file:
            np.savez(file, *(array[:7] for array in first))
    else:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2] if broken == "half" else broken)
    assert all(map(np.array_equal, first, offline_digits(30, tmp_path, nothing, never)))
    assert [path] == list(tmp_path.iterdir())
    assert data._read(path, (30, 3))


def test_training_and_test_digits_differ(tmp_path: Path) -> None:
    """No test digit was seen in training."""
    train, _, test, _ = offline_digits(1100, tmp_path, nothing, never)
    assert not {image.tobytes() for image in train} & {image.tobytes() for image in test}


def test_drawing_tells_its_progress_and_can_be_cancelled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Progress counts digits, training and test ones together; cancelled after the first part, nothing is kept."""
    monkeypatch.setattr(data, "PART", 20)
    told: list[tuple[int, int]] = []
    with pytest.raises(Cancelled):
        offline_digits(50, tmp_path, lambda *step: told.append(step), lambda: bool(told))
    assert [(20, 55)] == told
    assert list(tmp_path.iterdir()) == []
    offline_digits(50, tmp_path, lambda *step: told.append(step), never)
    assert [(20, 55), (40, 55), (50, 55), (55, 55)] == told[1:]


def test_a_disk_that_refuses_costs_no_run(tmp_path: Path) -> None:
    """Where the cache folder cannot be made, the digits are there all the same."""
    (tmp_path / "file").write_text("in the way")
    assert len(offline_digits(30, tmp_path / "file", nothing, never)[0]) == 30


def test_shuffled_pixels_are_the_same_pixels_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One order for every image, training and test alike, and at every load: nothing is lost, only neighbours are."""
    monkeypatch.setattr(limits, "OFFLINE_DIGITS", 40)
    monkeypatch.setattr(data, "cache_folder", lambda: tmp_path)
    plain = load(TrainConfig(data="offline"), CPU)
    mixed, again = (load(TrainConfig(data="offline", shuffled_pixels=True), CPU) for _ in range(2))
    assert torch.equal(mixed.train_images, again.train_images)
    marks = shuffled(torch.arange(784, dtype=torch.int32).view(1, 28, 28)).flatten()  # where each pixel came from
    assert not torch.equal(marks, torch.arange(784))
    for before, after in ((plain.train_images, mixed.train_images), (plain.test_images, mixed.test_images)):
        assert torch.equal(before.flatten(1)[:, marks], after.flatten(1))
    assert torch.equal(plain.train_labels, mixed.train_labels)


def test_a_part_of_the_training_images_is_their_beginning(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """All test images stay; a part larger than there are is all."""
    monkeypatch.setattr(limits, "OFFLINE_DIGITS", 40)
    monkeypatch.setattr(data, "cache_folder", lambda: tmp_path)
    whole, part, more = (load(TrainConfig(data="offline", images=count), CPU) for count in (0, 15, 4000))
    assert (15, 15, 4) == (len(part.train_images), len(part.train_labels), len(part.test_labels))
    assert torch.equal(whole.train_images[:15], part.train_images)
    assert len(whole.train_images) == len(more.train_images)
