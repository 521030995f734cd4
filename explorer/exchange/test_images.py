"""A data set's test images for pages to show: read where a run would find them, without torch; never fetched."""

import zipfile
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

from explorer.core import limits
from explorer.core.data.data_sets import SOURCES, DataSource
from explorer.core.data.offline_file import offline_file
from explorer.core.errors import DataError
from explorer.exchange.find_files import homes
from explorer.exchange.folders import cache_folder
from explorer.exchange.idx import read_images, read_labels
from explorer.exchange.published_files import FILES, fetched_folder, named_folder

MOST_TRIED = 12  # places with all four files of which the test's are read: each takes 8 MB for a moment


class LabelledImages(NamedTuple):
    """Images uint8 (N, 28, 28), 255 is ink; labels uint8 (N,), 0 … 9. 7.8 MB of a published set."""

    images: np.ndarray
    labels: np.ndarray


def read_test_images(data: str) -> LabelledImages | None:
    """The test images of the set ``data``; None where no run has fetched or drawn them and no folder has them."""
    source = SOURCES[data]
    return _published(source) if source.published else _offline(limits.OFFLINE_DIGITS)


def _published(source: DataSource) -> LabelledImages | None:
    """From the place that training takes, unless what is beside it there is broken: then training has its sentence."""
    folder = Path(named_folder(source) or fetched_folder(source)).expanduser()
    images, labels = FILES[2:]
    try:
        for paths in islice(homes(folder, [file.name for file in FILES], source), MOST_TRIED):
            try:
                return LabelledImages(read_images(paths[2], images.shape), read_labels(paths[3], labels.shape))
            except DataError:
                continue
    except DataError:  # no such folder, or not all files
        pass
    return None


def _offline(count: int) -> LabelledImages | None:
    try:
        with np.load(cache_folder() / offline_file(count), allow_pickle=False) as file:
            return LabelledImages(file["arr_2"], file["arr_3"].astype(np.uint8))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
