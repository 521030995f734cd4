"""A published data set as four tensors: from the learner's own files, or fetched once and kept in the cache folder.

What arrives from the network must have the md5 sum that torchvision knows. The learner's own files may come
from anywhere, so format, counts, sizes and labels are checked, and that they are not another set's; they are only
ever read.
"""

import hashlib
import logging
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import torch
from torchvision import datasets  # pyright: ignore[reportMissingTypeStubs]

from explorer.core.data.data_sets import SOURCES
from explorer.core.errors import DataError
from explorer.exchange.find_files import homes
from explorer.exchange.idx import read_images, read_labels
from explorer.exchange.published_files import FILES, fetched_folder, named_folder
from explorer.training.download import Resource, fetch

LOG = logging.getLogger(__name__)
MOST_TRIED = 12  # places with all four files whose files are read: each may take 55 MB, and half a second
SAME_MEAN = 0.00006  # two means of four digits that are this near are one


PACKED_SIZES = {  # of the four published .gz files, in bytes; their md5 sums are torchvision's
    "mnist": (9912422, 28881, 1648877, 4542),
    "fashion": (26421880, 29515, 4422102, 5148),
    "kmnist": (18165135, 29497, 3041136, 5120),
}


class Images(NamedTuple):
    """60000 images to train, 10000 to test: uint8 (N, 28, 28), 255 is ink; labels int64 (N,)."""

    train_images: torch.Tensor
    train_labels: torch.Tensor
    test_images: torch.Tensor
    test_labels: torch.Tensor


def load_published(
    data: str = "mnist",
    folder: Path | None = None,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
    on_notice: Callable[[DataError], None] = LOG.warning,
) -> Images:
    """The set ``data`` from ``folder``, else the one its variable names, else the cache, fetching what it lacks.

    CNN_EXPLORER_DATA may also name a root as torchvision keeps it, with a folder for each set. The callbacks are
    ``fetch``'s; nothing is fetched for a folder that the learner named. Raises ``DataError`` for files that are
    missing, broken or another set's, ``Cancelled`` while fetching.
    """
    source = SOURCES[data]
    if named := folder or named_folder(source):
        return read_published(data, Path(named).expanduser(), on_notice)
    raw = fetched_folder(source)
    fetch(source, resources(data), _torchvisions(data).mirrors, raw, on_progress, cancelled, on_notice)
    return read_published(data, raw, on_notice)


def resources(data: str) -> list[Resource]:
    """The four files to fetch, with torchvision's md5 sums."""
    md5 = dict(_torchvisions(data).resources)
    names = [f"{file.name}.gz" for file in FILES]
    return [Resource(name, size, md5[name]) for name, size in zip(names, PACKED_SIZES[data], strict=True)]


def read_published(data: str, folder: Path, on_notice: Callable[[DataError], None] = LOG.warning) -> Images:
    """Read the four files, checked, from ``folder`` or what lies under it; writes nothing there.

    The first place whose files are right is taken, of the MOST_TRIED likeliest that have all four. ``on_notice`` gets a
    sentence where they are nobody's that is known. Raises ``DataError``, what is wrong at the likeliest place.
    """
    refusals: list[DataError] = []
    for paths in islice(homes(folder, [file.name for file in FILES], SOURCES[data]), MOST_TRIED):
        try:
            images, owner = _read_own(data, paths)
        except DataError as error:
            refusals.append(error)
            continue
        if not owner and not all(map(_owner_by_sum, paths)):
            on_notice(_unknown(data, paths[0].parent))
        return images
    raise refusals[0]


def _read_own(data: str, paths: Sequence[Path]) -> tuple[Images, str]:
    """The files' images, and whose they are by their mean. Raises DataError for broken ones and another set's."""
    if refusal := _another_sets(data, paths):
        raise refusal
    images = _read(paths)
    owner = _owner_by_mean(images)
    if owner and owner != data:
        raise _belongs_to(owner, data, paths[0])
    return images, owner


def _read(paths: Sequence[Path]) -> Images:
    readers = (read_images, read_labels, read_images, read_labels)
    tensors = (torch.as_tensor(read(path, file.shape)) for read, path, file in zip(readers, paths, FILES, strict=True))
    train_images, train_labels, test_images, test_labels = tensors
    return Images(train_images, train_labels.long(), test_images, test_labels.long())


def _torchvisions(data: str) -> type[datasets.MNIST]:
    return getattr(datasets, SOURCES[data].published)


def _another_sets(data: str, paths: Sequence[Path]) -> DataError | None:
    owners = ((owner, path) for path in paths if (owner := _owner_by_sum(path)) and owner != data)
    return next((_belongs_to(owner, data, path) for owner, path in owners), None)


def _owner_by_sum(path: Path) -> str:
    """The set that published this very file; "" for any other. Only files of a published size are read for it."""
    known = {(one.size, one.md5): data for data in PACKED_SIZES for one in resources(data)}
    try:
        size = path.stat().st_size
        if size not in {known_size for known_size, _ in known}:
            return ""
        return known.get((size, hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()), "")
    except OSError:
        return ""


def _owner_by_mean(images: Images) -> str:
    """The set whose training pixels have this mean: it tells the three apart where the files were unpacked."""
    mean = images.train_images.sum(dtype=torch.int64).item() / 255 / images.train_images.numel()
    return next((data for data in PACKED_SIZES if abs(SOURCES[data].mean - mean) < SAME_MEAN), "")


def _belongs_to(owner: str, data: str, path: Path) -> DataError:
    return DataError(
        "{path} is {owner}'s, not {title}'s, though its name is the same. Choose {owner} as the data, or put {title}'s"
        " own file there.",
        path=str(path),
        owner=SOURCES[owner].title,
        title=SOURCES[data].title,
    )


def _unknown(data: str, folder: Path) -> DataError:
    return DataError(
        "The files in {folder} are none that a data set is published as. They are taken as {title}, for it was chosen.",
        folder=str(folder),
        title=SOURCES[data].title,
    )
