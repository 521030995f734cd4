"""MNIST as four tensors: from the learner's own files, or fetched once and kept in the cache folder.

What arrives from the network must have the md5 sum that torchvision knows. The learner's own files may come
from anywhere, so format, counts, sizes and labels are checked, not sums; they are only ever read.
"""

import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from torchvision.datasets import MNIST

from explorer.core.explained import DataError
from explorer.core.folders import cache_folder
from explorer.training.download import Resource, fetch
from explorer.training.idx import read_images, read_labels

DATA_VARIABLE = "CNN_EXPLORER_DATA"
LOG = logging.getLogger(__name__)


class MnistFile(NamedTuple):
    """One of the four: its name without .gz, its shape, and how many bytes its published .gz has."""

    name: str
    shape: tuple[int, ...]
    compressed_size: int


FILES = (
    MnistFile("train-images-idx3-ubyte", (60000, 28, 28), 9912422),
    MnistFile("train-labels-idx1-ubyte", (60000,), 28881),
    MnistFile("t10k-images-idx3-ubyte", (10000, 28, 28), 1648877),
    MnistFile("t10k-labels-idx1-ubyte", (10000,), 4542),
)


class Mnist(NamedTuple):
    """60000 digits to train, 10000 to test: images uint8 (N, 28, 28), 255 is ink; labels int64 (N,)."""

    train_images: torch.Tensor
    train_labels: torch.Tensor
    test_images: torch.Tensor
    test_labels: torch.Tensor


def load_mnist(
    folder: Path | None = None,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
    on_broken: Callable[[DataError], None] = LOG.warning,
) -> Mnist:
    """MNIST from ``folder``, else the one CNN_EXPLORER_DATA names, else the cache, fetching what it lacks.

    The callbacks are ``fetch``'s; nothing is fetched for a folder that the learner named.
    Raises ``DataError`` for files that are missing, broken or not MNIST's, ``Cancelled`` while fetching.
    """
    named = folder or os.environ.get(DATA_VARIABLE, "").strip()
    if named:
        return read_mnist(Path(named).expanduser())
    raw = cache_folder() / "MNIST" / "raw"  # torchvision's own layout, which its download=True goes on from
    fetch(mnist_resources(), MNIST.mirrors, raw, on_progress, cancelled, on_broken)
    return read_mnist(raw)


def mnist_resources() -> list[Resource]:
    """The four files to fetch, with torchvision's md5 sums."""
    md5 = dict(MNIST.resources)
    return [Resource(f"{file.name}.gz", file.compressed_size, md5[f"{file.name}.gz"]) for file in FILES]


def read_mnist(folder: Path, files: Sequence[MnistFile] | None = None) -> Mnist:
    """Read the four files, checked, from ``folder``, its ``raw`` or its ``MNIST/raw``; writes nothing there.

    Each may be plain or .gz; ``folder`` may also be one of the files. Raises ``DataError``.
    """
    files = files or FILES
    folder = folder.parent if os.path.isfile(folder) else folder
    paths = _find(folder, [file.name for file in files])
    readers = (read_images, read_labels, read_images, read_labels)
    return Mnist(*(read(path, file.shape) for read, path, file in zip(readers, paths, files, strict=True)))


def _find(folder: Path, names: Sequence[str]) -> list[Path]:
    """The path of each file, all in one folder. A .gz goes first: it has a checksum, its twin has not."""
    if not os.path.isdir(folder):  # os.path's says no where Path's raises: a folder that may not be entered
        raise DataError(
            "There is no folder {folder}. Name the folder that holds the MNIST files, or name none and they"
            " are downloaded.",
            folder=str(folder),
        )
    fullest: dict[str, Path] = {}
    for place in (folder, folder / "raw", folder / "MNIST" / "raw"):
        paths = [(name, place / (name + ending)) for name in names for ending in ("", ".gz")]
        found = {name: path for name, path in paths if os.path.isfile(path)}
        fullest = max(fullest, found, key=len)
    if len(fullest) < len(names):
        raise DataError(
            "{folder} holds {found} of the {expected} MNIST files; missing: {missing}. Put them there, plain"
            " or as .gz, or name no folder and they are downloaded.",
            folder=str(folder),
            found=len(fullest),
            expected=len(names),
            missing=", ".join(name for name in names if name not in fullest),
        )
    return [fullest[name] for name in names]
