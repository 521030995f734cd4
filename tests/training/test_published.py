"""Finding, checking and reading the published files: small ones of the same format, torchvision as the oracle."""

import gzip
import hashlib
import logging
import math
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torchvision.datasets import KMNIST, MNIST, FashionMNIST

from explorer.core.data.data_sets import SOURCES
from explorer.core.errors import DataError
from explorer.exchange import published_files
from explorer.exchange.published_files import FILES, IdxFile
from explorer.training import published
from explorer.training.published import load_published, read_published, resources

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
    """Six images to train and four to test, published as MNIST; no variable, no host, an empty cache."""
    monkeypatch.setattr(published, "FILES", [IdxFile(*file) for file in zip(NAMES, SHAPES, strict=True)])
    publish("mnist", MNIST, PACKED, monkeypatch)
    monkeypatch.setattr(published_files, "cache_folder", lambda: tmp_path / "cache")
    for source in SOURCES.values():
        if source.published:
            monkeypatch.delenv(source.folder_variable, raising=False)
            monkeypatch.delenv(source.mirror_variable, raising=False)
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def publish(data: str, theirs: type[MNIST], packed: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """These files are from now on what torchvision and the table know as that set."""
    sums = [(f"{name}.gz", hashlib.md5(content).hexdigest()) for name, content in packed.items()]
    monkeypatch.setattr(theirs, "resources", sums)
    monkeypatch.setattr(theirs, "mirrors", [])
    monkeypatch.setitem(published.PACKED_SIZES, data, tuple(map(len, packed.values())))


def write_files(folder: Path, packed: bool) -> Path:
    folder.mkdir(parents=True)
    for name in NAMES:
        path, content = (folder / f"{name}.gz", PACKED[name]) if packed else (folder / name, CONTENTS[name])
        path.write_bytes(content)
    return folder


def snapshot(folder: Path) -> dict[Path, tuple[int, int]]:
    return {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*")}


def assert_is_small_mnist(read: published.Images) -> None:
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
    assert_is_small_mnist(load_published("mnist", home))
    assert snapshot(tmp_path) == before


def test_one_of_the_files_stands_for_its_folder(tmp_path: Path):
    """A learner may point at a file instead of the folder around it."""
    folder = write_files(tmp_path / "files", packed=True)
    assert_is_small_mnist(load_published("mnist", folder / f"{TEST_LABELS}.gz"))


def test_plain_and_packed_files_may_be_mixed(tmp_path: Path):
    """Each file is looked for by itself; where both are, the .gz is read, which holds a checksum."""
    folder = write_files(tmp_path / "files", packed=False)
    (folder / TRAIN_LABELS).rename(folder / "elsewhere")
    (folder / f"{TRAIN_LABELS}.gz").write_bytes(PACKED[TRAIN_LABELS])
    (folder / f"{TEST_IMAGES}.gz").write_bytes(PACKED[TEST_IMAGES])
    (folder / TEST_IMAGES).write_bytes(b"an unpacking that was interrupted")
    assert_is_small_mnist(load_published("mnist", folder))


@pytest.mark.parametrize("train", [True, False])
def test_the_tensors_are_torchvisions(tmp_path: Path, train: bool):
    """torchvision.datasets.MNIST, given the same folder, holds the same numbers in the same types."""
    write_files(tmp_path / "MNIST" / "raw", packed=False)
    theirs = MNIST(tmp_path, train=train, download=False)
    ours = load_published("mnist", tmp_path)
    images, labels = ours[:2] if train else ours[2:]
    torch.testing.assert_close(images, theirs.data, rtol=0, atol=0)
    torch.testing.assert_close(labels, theirs.targets, rtol=0, atol=0)


def test_the_variable_names_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """CNN_EXPLORER_DATA is used when no folder is given, and a given folder goes before it."""
    folder = write_files(tmp_path / "files", packed=False)
    monkeypatch.setenv("CNN_EXPLORER_DATA", str(folder))
    assert_is_small_mnist(load_published())
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="holds 0 of the 4"):
        load_published("mnist", tmp_path / "empty")


@pytest.mark.parametrize(
    ("data", "theirs", "total"),
    [("mnist", MNIST, 11_594_722), ("fashion", FashionMNIST, 30_878_645), ("kmnist", KMNIST, 21_240_888)],
)
def test_the_real_files_are_torchvisions(data: str, theirs: type[MNIST], total: int, monkeypatch: pytest.MonkeyPatch):
    """60000 and 10000 images of 28 × 28, in the sizes their publisher lists, with torchvision's sums."""
    monkeypatch.undo()
    assert [file.shape for file in published.FILES] == [(60000, 28, 28), (60000,), (10000, 28, 28), (10000,)]
    assert [(each.name, each.md5) for each in resources(data)] == theirs.resources
    assert sum(each.size for each in resources(data)) == total


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
    "a web page": (TRAIN_LABELS, b"<!DOCTYPE html>", "holds HTML data, not the numbers"),
    "a zip": (TRAIN_IMAGES, b"PK\3\4" + bytes(99), "holds ZIP data, not the numbers"),
    "Git LFS": (TEST_LABELS, b"version https://git-lfs.github.com/spec/v1\noid sha256:12", "holds Git LFS data"),
    "test for train": (TRAIN_IMAGES, CONTENTS[TEST_IMAGES], "holds 4 × 28 × 28 numbers, not 6 × 28 × 28"),
    "train for test": (TEST_LABELS, CONTENTS[TRAIN_LABELS], "holds 6 numbers, not 4"),
    "another size": (TEST_IMAGES, idx((4, 32, 32)), "holds 4 × 32 × 32 numbers, not 4 × 28 × 28"),
    "a letter": (
        TEST_LABELS,
        CONTENTS[TEST_LABELS][:-1] + b"\x1a",
        "holds the label 26; labels go from 0 to 9",
    ),
    "a web page as gz": (f"{TEST_LABELS}.gz", b"<html>", "holds HTML data, not the numbers"),
    "a web page packed": (f"{TEST_LABELS}.gz", gzip.compress(b"<html>"), "holds HTML data, not the numbers"),
    "empty gz": (f"{TEST_LABELS}.gz", b"", "holds 0 bytes, not 12"),
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
        load_published("mnist", folder)
    assert words in str(caught.value)
    assert str(folder / name) in str(caught.value)
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("cut", [2, 3, 9, 10, 11, 30, 1000])
def test_no_cut_of_a_gz_is_ever_used(tmp_path: Path, cut: int):
    """Wherever a download broke off, within the gzip header or the numbers, it is an error."""
    folder = write_files(tmp_path / "files", packed=True)
    (folder / f"{TRAIN_IMAGES}.gz").write_bytes(PACKED[TRAIN_IMAGES][:cut])
    with pytest.raises(DataError, match="cut off or damaged"):
        load_published("mnist", folder)


def test_a_small_gz_that_holds_very_much_is_not_unpacked_whole(tmp_path: Path):
    """Unpacking ends within a chunk of the size that a file should have."""
    folder = write_files(tmp_path / "files", packed=True)
    (folder / f"{TEST_LABELS}.gz").write_bytes(gzip.compress(CONTENTS[TEST_LABELS] + bytes(20_000_000)))
    with pytest.raises(DataError) as caught:
        load_published("mnist", folder)
    assert caught.value.sentence.numbers["found"] < 12 + 2 * 1024 * 1024


def test_missing_files_are_listed(tmp_path: Path):
    """The sentence counts what is there and lists what is not."""
    folder = write_files(tmp_path / "raw", packed=False)
    (folder / TRAIN_LABELS).unlink()
    (folder / TEST_IMAGES).unlink()
    with pytest.raises(DataError, match=f"holds 2 of the 4 MNIST files; missing: {TRAIN_LABELS}, {TEST_IMAGES}. Put"):
        load_published("mnist", tmp_path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path):
    """A typing mistake in the path is not taken for an empty folder, and nothing is downloaded instead."""
    with pytest.raises(DataError, match=r"There is no folder .*nowhere"):
        load_published("mnist", tmp_path / "nowhere")


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The system's reason is passed on."""

    def refuse(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    folder = write_files(tmp_path / "files", packed=False)
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(DataError, match=f"{TRAIN_IMAGES} cannot be read: Permission denied"):
        read_published("mnist", folder)


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
    assert_is_small_mnist(load_published(on_progress=lambda *bar: progress.append(bar)))
    total = sum(map(len, PACKED.values()))
    assert progress[-1] == (total, total)
    cached = {path.name: path.read_bytes() for path in (tmp_path / "cache" / "MNIST" / "raw").iterdir()}
    assert cached == {f"{name}.gz": packed for name, packed in PACKED.items()}
    mirror()
    monkeypatch.delenv("CNN_EXPLORER_MNIST_MIRROR")
    assert_is_small_mnist(load_published())


def test_a_cached_file_that_broke_is_named_and_fetched_again(
    tmp_path: Path, mirror: Callable[[], None], caplog: pytest.LogCaptureFixture
):
    """The cache is verified at every use; what was thrown away stands in the log unless a caller takes it."""
    load_published()
    broken = tmp_path / "cache" / "MNIST" / "raw" / f"{TRAIN_IMAGES}.gz"
    broken.write_bytes(PACKED[TRAIN_IMAGES][:100])
    with caplog.at_level(logging.WARNING):
        assert_is_small_mnist(load_published())
    assert f"{TRAIN_IMAGES}.gz" in caplog.text
    assert "is broken: 100 bytes" in caplog.text
    assert broken.read_bytes() == PACKED[TRAIN_IMAGES]


SPELLINGS = st.sampled_from(["-", ".", "_"])
ENDINGS = st.sampled_from(["", ".gz", ".GZ", ".gz.gz", " (1).gz", ".gz (2)", " - Copy.gz", " - 副本"])
WAYS = {"plain": lambda plain: plain, "gz": gzip.compress, "twice": lambda plain: gzip.compress(gzip.compress(plain))}


@st.composite
def spelled(draw: st.DrawFn, name: str) -> tuple[str, bytes]:
    """The file as some program leaves it: another sign in the name, an untrue ending, a folder of its own."""
    first, second = draw(SPELLINGS), draw(SPELLINGS)
    written = name.replace("-idx", f"{first}idx").replace("-ubyte", f"{second}ubyte")
    written = draw(st.sampled_from([written, written.upper()]))
    own = draw(st.sampled_from(["", written + "/"]))
    return own + written + draw(ENDINGS), draw(st.sampled_from(list(WAYS.values())))(CONTENTS[name])


@given(
    st.tuples(*map(spelled, NAMES)), st.sampled_from(["", "raw/", "MNIST/raw/", "archive/", "a/b/c/", "MNIST 数据/"])
)
def test_the_files_are_found_however_they_are_spelled_packed_or_put(files: tuple, place: str):
    """Dots for dashes, capitals, packed or not whatever the name says, each in a folder of its own, three deep."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files:
            path = Path(folder, place + name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        assert_is_small_mnist(load_published("mnist", Path(folder), on_notice=lambda _: None))


@pytest.mark.parametrize("there", ["archive.zip", "mnist.npz", "mnist_train.csv", "mnist.pkl.gz", "train.parquet"])
def test_the_data_in_another_form_is_named(tmp_path: Path, there: str):
    """Kaggle's archive, Keras' and others' formats: the sentence says what lies there, and what is wanted."""
    (tmp_path / there).write_bytes(b"PK")
    for named in (tmp_path, tmp_path / there):
        with pytest.raises(DataError, match=f"0 of the 4 MNIST files; .* not read: {there}. Unpack an archive first"):
            load_published("mnist", named)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a name is text")
def test_a_folder_whose_name_is_no_text_is_named_all_the_same(tmp_path: Path):
    """An archive with Chinese names, unpacked by a program that took them for another alphabet's."""
    folder = os.path.join(os.fsencode(tmp_path), "数据集".encode("gbk"))
    os.mkdir(folder)
    with pytest.raises(DataError, match=r"\?+ holds 0 of the 4 MNIST files") as caught:
        load_published("mnist", Path(os.fsdecode(folder)))
    assert str(caught.value).encode()
    assert caught.value.sentence.numbers["folder"].encode()


def other_set(shade: int) -> dict[str, bytes]:
    """Four files of the same names and shapes; every pixel has this value, every label is 9."""
    files = {name: bytearray(content) for name, content in CONTENTS.items()}
    for name, shape in zip(NAMES, SHAPES, strict=True):
        count = math.prod(shape)
        files[name][-count:] = bytes([9 if len(shape) == 1 else shade]) * count
    return {name: bytes(content) for name, content in files.items()}


FASHION = other_set(73)  # 73 / 255 = 0.2863
FASHION_PACKED = {name: gzip.compress(content, mtime=0) for name, content in FASHION.items()}


@pytest.fixture
def fashion(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fashion-MNIST is published too, and its training pixels have the mean that the table says."""
    publish("fashion", FashionMNIST, FASHION_PACKED, monkeypatch)
    monkeypatch.setitem(published.SOURCES, "fashion", replace(SOURCES["fashion"], mean=0.2863))


@pytest.mark.usefixtures("fashion")
@pytest.mark.parametrize("packed", [True, False], ids=["as published", "unpacked"])
def test_anothers_files_are_never_taken_for_the_chosen_ones(tmp_path: Path, packed: bool):
    """By the sum, or by the mean of the pixels where they were unpacked; the sentence says whose they are."""
    for name in NAMES:
        path, content = (f"{name}.gz", FASHION_PACKED[name]) if packed else (name, FASHION[name])
        (tmp_path / path).write_bytes(content)
    with pytest.raises(DataError, match=r"is Fashion-MNIST's, not MNIST's, .* Choose Fashion-MNIST as the data"):
        load_published("mnist", tmp_path)
    told: list[DataError] = []
    assert load_published("fashion", tmp_path, on_notice=told.append).train_images.unique().tolist() == [73]
    assert not told


@pytest.mark.usefixtures("fashion")
def test_one_file_of_another_set_among_the_right_ones_is_named(tmp_path: Path):
    """Two downloads into one folder overwrite each other: the names are the same."""
    folder = write_files(tmp_path / "files", packed=True)
    (folder / f"{TEST_IMAGES}.gz").write_bytes(FASHION_PACKED[TEST_IMAGES])
    with pytest.raises(DataError, match=f"{TEST_IMAGES}.gz is Fashion-MNIST's, not MNIST's"):
        load_published("mnist", folder)


@pytest.mark.usefixtures("fashion")
@pytest.mark.parametrize("names", [("MNIST/raw", "FashionMNIST/raw"), ("b", "a"), ("a", "b")])
def test_in_a_folder_of_several_sets_each_finds_its_own(tmp_path: Path, names: tuple[str, str], monkeypatch):
    """torchvision's root has a folder a set; in folders of any name it is the content that says which."""
    write_files(tmp_path / names[0], packed=True)
    write_files(tmp_path / names[1], packed=True)
    for name in NAMES:
        (tmp_path / names[1] / f"{name}.gz").write_bytes(FASHION_PACKED[name])
    assert_is_small_mnist(load_published("mnist", tmp_path))
    assert load_published("fashion", tmp_path).train_images.unique().tolist() == [73]
    if names[1] == "FashionMNIST/raw":
        monkeypatch.setenv("CNN_EXPLORER_DATA", str(tmp_path))
        assert load_published("fashion").train_images.unique().tolist() == [73]


def test_a_broken_place_does_not_hide_a_sound_one(tmp_path: Path):
    """A download that broke off lies in the first folder, the whole one in the second; alone it is named."""
    broken = write_files(tmp_path / "a", packed=False)
    (broken / TEST_IMAGES).write_bytes(b"broken")
    with pytest.raises(DataError, match=TEST_IMAGES):
        load_published("mnist", tmp_path)
    write_files(tmp_path / "b", packed=False)
    assert_is_small_mnist(load_published("mnist", tmp_path))


@pytest.mark.usefixtures("fashion")
def test_many_places_with_anothers_files_are_not_all_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The refusal comes after a dozen of them, and names the first."""
    for number in range(published.MOST_TRIED + 5):
        (tmp_path / f"{number:02}").mkdir()
        for name in NAMES:
            (tmp_path / f"{number:02}" / f"{name}.gz").write_bytes(FASHION_PACKED[name])
    tried, ask = [], published._another_sets
    monkeypatch.setattr(published, "_another_sets", lambda data, paths: tried.append(paths) or ask(data, paths))
    with pytest.raises(DataError, match=r"00/.* is Fashion-MNIST's, not MNIST's"):
        load_published("mnist", tmp_path)
    assert len(tried) == published.MOST_TRIED


def test_files_that_nobody_published_are_taken_with_a_word(tmp_path: Path):
    """The learner's own images in the same format are used as what they were chosen for, and that is said."""
    folder = write_files(tmp_path / "files", packed=False)
    told: list[DataError] = []
    assert_is_small_mnist(load_published("kmnist", folder, on_notice=told.append))
    assert [str(error) for error in told] == [
        f"The files in {folder} are none that a data set is published as. They are taken as KMNIST, for it was chosen."
    ]


@pytest.mark.usefixtures("fashion")
def test_each_set_has_its_variables_and_its_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """MNIST's variable does not stand for Fashion-MNIST, whose folder and mirror have variables of their own."""
    monkeypatch.setenv("CNN_EXPLORER_DATA", str(write_files(tmp_path / "mnist", packed=True)))
    with pytest.raises(DataError, match=r"name a mirror in CNN_EXPLORER_FASHION_MIRROR.*CNN_EXPLORER_FASHION_DATA"):
        load_published("fashion")
    own = write_files(tmp_path / "own", packed=True)
    for name in NAMES:
        (own / f"{name}.gz").write_bytes(FASHION_PACKED[name])
    monkeypatch.setenv("CNN_EXPLORER_FASHION_DATA", str(own))
    assert load_published("fashion").train_images.unique().tolist() == [73]
    assert_is_small_mnist(load_published("mnist"))
