"""Finding, checking and reading MNIST's files: small ones of the same format, torchvision as the oracle."""

import gzip
import hashlib
import logging
import math
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
import torch
from torchvision.datasets import MNIST

from explorer.core.explained import DataError
from explorer.core.folders import cache_folder
from explorer.training import mnist
from explorer.training.mnist import FILES, MnistFile, load_mnist, mnist_resources, read_mnist

SHAPES = ((6, 28, 28), (6,), (4, 28, 28), (4,))
NAMES = [file.name for file in FILES]
TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS = NAMES
IMAGES_SIZE = 16 + 6 * 28 * 28


def idx(shape: tuple[int, ...]) -> bytes:
    """A file of random numbers from 0 to 9 in LeCun's format."""
    numbers = np.random.default_rng(math.prod(shape)).integers(0, 10, shape, dtype=np.uint8)
    header = (0x0800 + len(shape), *shape)
    return b"".join(number.to_bytes(4, "big") for number in header) + numbers.tobytes()


CONTENTS = {name: idx(shape) for name, shape in zip(NAMES, SHAPES, strict=True)}
PACKED = {name: gzip.compress(content, mtime=0) for name, content in CONTENTS.items()}


@pytest.fixture(autouse=True)
def small_mnist(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Six images to train and four to test; no variable of the learner's, no host, an empty cache."""
    small = [MnistFile(name, shape, len(PACKED[name])) for name, shape in zip(NAMES, SHAPES, strict=True)]
    monkeypatch.setattr(mnist, "FILES", small)
    sums = [(f"{name}.gz", hashlib.md5(packed).hexdigest()) for name, packed in PACKED.items()]
    monkeypatch.setattr(MNIST, "resources", sums)
    monkeypatch.setattr(MNIST, "mirrors", [])
    monkeypatch.setattr(mnist, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.delenv("CNN_EXPLORER_DATA", raising=False)
    monkeypatch.delenv("CNN_EXPLORER_MNIST_MIRROR", raising=False)
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def write_files(folder: Path, packed: bool) -> Path:
    folder.mkdir(parents=True)
    for name in NAMES:
        path, content = (folder / f"{name}.gz", PACKED[name]) if packed else (folder / name, CONTENTS[name])
        path.write_bytes(content)
    return folder


def snapshot(folder: Path) -> dict[Path, tuple[int, int]]:
    return {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*")}


def assert_is_small_mnist(read: mnist.Mnist) -> None:
    for tensor, name, shape in zip(read, NAMES, SHAPES, strict=True):
        assert tensor.numpy().astype(np.uint8).tobytes() == CONTENTS[name][-math.prod(shape) :]
        assert tuple(tensor.shape) == shape
        assert tensor.dtype == (torch.int64 if len(shape) == 1 else torch.uint8)


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gz"])
@pytest.mark.parametrize("layout", ["MNIST/raw", "raw", "."])
def test_every_layout_is_read_and_left_as_it_was(tmp_path: Path, layout: str, packed: bool):
    """torchvision's root, a folder with raw, or the files themselves; nothing is written anywhere."""
    home = tmp_path / "home"
    write_files(home / layout, packed)
    before = snapshot(tmp_path)
    assert_is_small_mnist(load_mnist(home))
    assert snapshot(tmp_path) == before


def test_one_of_the_files_stands_for_its_folder(tmp_path: Path):
    """A learner may point at a file instead of the folder around it."""
    folder = write_files(tmp_path / "files", packed=True)
    assert_is_small_mnist(load_mnist(folder / f"{TEST_LABELS}.gz"))


def test_plain_and_packed_files_may_be_mixed(tmp_path: Path):
    """Each file is looked for on its own; where both are, the .gz is read, which holds a checksum."""
    folder = write_files(tmp_path / "files", packed=False)
    (folder / TRAIN_LABELS).rename(folder / "elsewhere")
    (folder / f"{TRAIN_LABELS}.gz").write_bytes(PACKED[TRAIN_LABELS])
    (folder / f"{TEST_IMAGES}.gz").write_bytes(PACKED[TEST_IMAGES])
    (folder / TEST_IMAGES).write_bytes(b"an unpacking that was interrupted")
    assert_is_small_mnist(load_mnist(folder))


@pytest.mark.parametrize("train", [True, False])
def test_the_tensors_are_torchvisions(tmp_path: Path, train: bool):
    """torchvision.datasets.MNIST, given the same folder, holds the same numbers in the same types."""
    write_files(tmp_path / "MNIST" / "raw", packed=False)
    theirs = MNIST(tmp_path, train=train, download=False)
    ours = load_mnist(tmp_path)
    images, labels = ours[:2] if train else ours[2:]
    torch.testing.assert_close(images, theirs.data, rtol=0, atol=0)
    torch.testing.assert_close(labels, theirs.targets, rtol=0, atol=0)


def test_the_variable_names_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """CNN_EXPLORER_DATA is used when no folder is given, and a given folder goes before it."""
    folder = write_files(tmp_path / "files", packed=False)
    monkeypatch.setenv("CNN_EXPLORER_DATA", str(folder))
    assert_is_small_mnist(load_mnist())
    with pytest.raises(DataError, match="holds 0 of the 4"):
        load_mnist(tmp_path)


def test_the_real_files_are_mnists(monkeypatch: pytest.MonkeyPatch):
    """60000 and 10000 images of 28 × 28, in the sizes their publisher lists, with torchvision's sums."""
    monkeypatch.undo()
    assert [file.shape for file in mnist.FILES] == [(60000, 28, 28), (60000,), (10000, 28, 28), (10000,)]
    assert [(each.name, each.md5) for each in mnist_resources()] == MNIST.resources
    assert sum(each.size for each in mnist_resources()) == 11_594_722


# What a learner's own file may be instead of what its name says: the file, its bytes, words of the sentence.
BROKEN = {
    "cut off": (
        TRAIN_IMAGES,
        CONTENTS[TRAIN_IMAGES][:-1],
        f"holds {IMAGES_SIZE - 1} bytes, not {IMAGES_SIZE}",
    ),
    "too long": (
        TRAIN_IMAGES,
        CONTENTS[TRAIN_IMAGES] + b"1",
        f"holds {IMAGES_SIZE + 1} bytes, not {IMAGES_SIZE}",
    ),
    "empty": (TRAIN_LABELS, b"", "holds 0 bytes, not 14"),
    "header cut off": (TRAIN_IMAGES, CONTENTS[TRAIN_IMAGES][:15], f"holds 15 bytes, not {IMAGES_SIZE}"),
    "header only": (TRAIN_IMAGES, CONTENTS[TRAIN_IMAGES][:16], f"holds 16 bytes, not {IMAGES_SIZE}"),
    "labels for images": (TRAIN_IMAGES, CONTENTS[TRAIN_LABELS] * 2, "begins with the number 2049, not 2051"),
    "images for labels": (TRAIN_LABELS, CONTENTS[TRAIN_IMAGES], "begins with the number 2051, not 2049"),
    "a web page": (TRAIN_LABELS, b"<!DOCTYPE html>", "begins with the number 1008813135, not 2049"),
    "test for train": (TRAIN_IMAGES, CONTENTS[TEST_IMAGES], "holds 4 × 28 × 28 numbers, not 6 × 28 × 28"),
    "train for test": (TEST_LABELS, CONTENTS[TRAIN_LABELS], "holds 6 numbers, not 4"),
    "another size": (TEST_IMAGES, idx((4, 32, 32)), "holds 4 × 32 × 32 numbers, not 4 × 28 × 28"),
    "a letter": (
        TEST_LABELS,
        CONTENTS[TEST_LABELS][:-1] + b"\x1a",
        "holds the label 26; MNIST's labels go from 0 to 9",
    ),
    "plain as gz": (f"{TEST_LABELS}.gz", CONTENTS[TEST_LABELS], "begins with the bytes 00 00, not 1f 8b"),
    "a web page as gz": (f"{TEST_LABELS}.gz", b"<html>", "begins with the bytes 3c 68, not 1f 8b"),
    "empty gz": (f"{TEST_LABELS}.gz", b"", "begins with the bytes (none), not 1f 8b"),
    "gz cut off": (
        f"{TRAIN_IMAGES}.gz",
        PACKED[TRAIN_IMAGES][:-9],
        f" of {IMAGES_SIZE} bytes could be unpacked",
    ),
    "gz without its end": (f"{TEST_LABELS}.gz", PACKED[TEST_LABELS][:-4], "12 of 12 bytes could be unpacked"),
    "gz damaged": (
        f"{TEST_LABELS}.gz",
        PACKED[TEST_LABELS][:-8] + b"\0\0\0\0" + PACKED[TEST_LABELS][-4:],
        "12 of 12 bytes could be unpacked",
    ),
    "gz too long": (
        f"{TEST_LABELS}.gz",
        gzip.compress(CONTENTS[TEST_LABELS] + b"12"),
        "holds 14 bytes, not 12",
    ),
    "gz of images": (f"{TEST_LABELS}.gz", PACKED[TEST_IMAGES], "begins with the number 2051, not 2049"),
}


@pytest.mark.parametrize(("name", "content", "words"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_named_with_its_numbers(tmp_path: Path, name: str, content: bytes, words: str):
    """What was found, what was expected and the file's path; the file itself stays as it is."""
    folder = write_files(tmp_path / "files", packed=name.endswith(".gz"))
    (folder / name).write_bytes(content)
    before = snapshot(tmp_path)
    with pytest.raises(DataError) as caught:
        load_mnist(folder)
    assert words in str(caught.value)
    assert str(folder / name) in str(caught.value)
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("cut", [2, 3, 9, 10, 11, 30, 1000])
def test_no_cut_of_a_gz_is_ever_used(tmp_path: Path, cut: int):
    """Wherever a download broke off, within the gzip header or the numbers, it is an error."""
    folder = write_files(tmp_path / "files", packed=True)
    (folder / f"{TRAIN_IMAGES}.gz").write_bytes(PACKED[TRAIN_IMAGES][:cut])
    with pytest.raises(DataError, match="cut off or damaged"):
        load_mnist(folder)


def test_a_small_gz_that_holds_very_much_is_not_unpacked_whole(tmp_path: Path):
    """Unpacking ends within a chunk of the size that a file should have."""
    folder = write_files(tmp_path / "files", packed=True)
    (folder / f"{TEST_LABELS}.gz").write_bytes(gzip.compress(CONTENTS[TEST_LABELS] + bytes(20_000_000)))
    with pytest.raises(DataError) as caught:
        load_mnist(folder)
    assert caught.value.numbers["found"] < 12 + 2 * 1024 * 1024


def test_missing_files_are_listed(tmp_path: Path):
    """The sentence counts what is there and lists what is not."""
    folder = write_files(tmp_path / "raw", packed=False)
    (folder / TRAIN_LABELS).unlink()
    (folder / TEST_IMAGES).unlink()
    with pytest.raises(DataError, match=f"holds 2 of the 4 MNIST files; missing: {TRAIN_LABELS}, {TEST_IMAGES}. Put"):
        load_mnist(tmp_path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path):
    """A typing mistake in the path is not taken for an empty folder, and nothing is downloaded instead."""
    with pytest.raises(DataError, match=r"There is no folder .*nowhere"):
        load_mnist(tmp_path / "nowhere")


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The system's reason is passed on."""

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    folder = write_files(tmp_path / "files", packed=False)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(DataError, match=f"{TRAIN_IMAGES} cannot be read: Permission denied"):
        read_mnist(folder)


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """A mirror of the small files, named in the learner's variable; call it to stop it."""
    handler = partial(QuietHandler, directory=write_files(tmp_path / "published", packed=True))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        monkeypatch.setenv("CNN_EXPLORER_MNIST_MIRROR", f"http://127.0.0.1:{server.server_port}/")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.shutdown
        server.shutdown()
        thread.join()


def test_the_first_use_fetches_and_the_second_needs_no_network(
    tmp_path: Path, mirror: Callable[[], None], monkeypatch: pytest.MonkeyPatch
):
    """The cache holds the four .gz files where torchvision would look for them, and suffices from then on."""
    progress: list[tuple[int, int]] = []
    assert_is_small_mnist(load_mnist(on_progress=lambda *bar: progress.append(bar)))
    total = sum(map(len, PACKED.values()))
    assert progress[-1] == (total, total)
    cached = {path.name: path.read_bytes() for path in (tmp_path / "cache" / "MNIST" / "raw").iterdir()}
    assert cached == {f"{name}.gz": packed for name, packed in PACKED.items()}
    mirror()
    monkeypatch.delenv("CNN_EXPLORER_MNIST_MIRROR")
    assert_is_small_mnist(load_mnist())


def test_a_cached_file_that_broke_is_named_and_fetched_again(
    tmp_path: Path, mirror: Callable[[], None], caplog: pytest.LogCaptureFixture
):
    """The cache is verified at every use; what was thrown away stands in the log unless a caller takes it."""
    load_mnist()
    broken = tmp_path / "cache" / "MNIST" / "raw" / f"{TRAIN_IMAGES}.gz"
    broken.write_bytes(PACKED[TRAIN_IMAGES][:100])
    with caplog.at_level(logging.WARNING):
        assert_is_small_mnist(load_mnist())
    assert f"{TRAIN_IMAGES}.gz" in caplog.text
    assert "is broken: 100 bytes" in caplog.text
    assert broken.read_bytes() == PACKED[TRAIN_IMAGES]


def test_the_cache_folder_is_the_platforms_own(tmp_path: Path):
    """Windows and the XDG specification have a variable for it, with a default; macOS has a place."""
    home, chosen = Path.home(), str(tmp_path)
    assert cache_folder("win32", {"LOCALAPPDATA": chosen}) == tmp_path / "cnn-explorer"
    assert cache_folder("win32", {}) == home / "AppData" / "Local" / "cnn-explorer"
    assert cache_folder("darwin", {"XDG_CACHE_HOME": chosen}) == home / "Library" / "Caches" / "cnn-explorer"
    assert cache_folder("linux", {"XDG_CACHE_HOME": chosen}) == tmp_path / "cnn-explorer"
    assert cache_folder("linux", {"XDG_CACHE_HOME": "relative"}) == home / ".cache" / "cnn-explorer"
    assert cache_folder("linux", {}) == home / ".cache" / "cnn-explorer"
