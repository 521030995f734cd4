"""A data set as tensors on the device, normalised once: an epoch is then a permutation and slices of it."""

import logging
import os
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from explorer.core import limits
from explorer.core.data import digits
from explorer.core.data.data_sets import SOURCES
from explorer.core.data.offline_file import offline_file
from explorer.core.errors import DataError
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.folders import cache_folder
from explorer.training.pixel_order import shuffled
from explorer.training.published import load_published
from explorer.training.transfer import Cancelled

PART = 1000  # offline digits drawn between two looks at ``cancelled``: 0.15 s
TEST_SEEDS = 1_000_000  # the first seed of the test digits, far from the training digits'

OnProgress = Callable[[int, int], None]


class DataSet(NamedTuple):
    """Images float32 (N, 1, 28, 28), normalised; labels int64 (N,); all on one device."""

    train_images: Tensor
    train_labels: Tensor
    test_images: Tensor
    test_labels: Tensor


def load(
    config: TrainConfig,
    device: torch.device,
    on_progress: OnProgress = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
    on_notice: Callable[[DataError], None] = lambda error: None,
) -> DataSet:
    """The data set that ``config`` asks for, on ``device``.

    ``on_progress`` gets (so far, in all) in bytes fetched or digits drawn, ``on_notice`` a sentence for each copy of
    a file that is thrown away and fetched again, and for files that no data set is published as.
    Raises DataError for files that are missing, broken or another set's, Cancelled where ``cancelled()`` became true.
    """
    if config.data == "offline":
        arrays = offline_digits(limits.OFFLINE_DIGITS, cache_folder(), on_progress, cancelled)
        train_images, train_labels, test_images, test_labels = map(torch.from_numpy, arrays)
    else:
        folder = Path(config.data_folder) if config.data_folder else None
        found = load_published(config.data, folder, on_progress, cancelled, on_notice)
        train_images, train_labels, test_images, test_labels = found
    if config.images:
        train_images, train_labels = train_images[: config.images], train_labels[: config.images]
    if config.shuffled_pixels:
        train_images, test_images = shuffled(train_images), shuffled(test_images)
    return DataSet(
        normalised(train_images, device, config.data),
        train_labels.to(device),
        normalised(test_images, device, config.data),
        test_labels.to(device),
    )


def normalised(images: Tensor, device: torch.device, data: str = "mnist") -> Tensor:
    """uint8 (N, 28, 28) as float32 (N, 1, 28, 28), bit for bit what ToTensor and Normalize give for this data set.

    With one channel the two memory formats are the same bytes; the network's weights decide which one is used.
    """
    source = SOURCES[data]
    return images.to(device).unsqueeze(1).float().div_(255).sub_(source.mean).div_(source.std)


def offline_digits(
    count: int, folder: Path, on_progress: OnProgress, cancelled: Callable[[], bool]
) -> tuple[np.ndarray, ...]:
    """``count`` drawn digits to train with and a tenth more to test, always the same; kept in ``folder``.

    Train images uint8 (count, 28, 28) and labels int64 (count,), then the test's. A kept file that is broken, or
    that another version of the generator drew, is drawn again. Raises Cancelled.
    """
    path = folder / offline_file(count)
    tests = max(1, count // 10)
    kept = _read(path, (count, tests))
    if kept:
        return kept
    total = count + tests
    arrays = (
        *_draw(count, 0, lambda done: on_progress(done, total), cancelled),
        *_draw(tests, TEST_SEEDS, lambda done: on_progress(count + done, total), cancelled),
    )
    _keep(path, arrays)
    return arrays


def _draw(count: int, seed: int, on_drawn: Callable[[int], None], cancelled: Callable[[], bool]) -> list[np.ndarray]:
    parts = []
    for start in range(0, count, PART):
        if cancelled():
            raise Cancelled
        size = min(PART, count - start)
        parts.append(digits.draw_digits(size, seed + start // PART))
        on_drawn(start + size)
    return [np.concatenate(part) for part in zip(*parts, strict=True)]


def _read(path: Path, counts: tuple[int, int]) -> tuple[np.ndarray, ...] | None:
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = tuple(file[f"arr_{number}"] for number in range(4))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    shapes = [shape for count in counts for shape in ((count, 28, 28), (count,))]
    return arrays if [array.shape for array in arrays] == shapes else None


def _keep(path: Path, arrays: tuple[np.ndarray, ...]) -> None:
    """Whole or not at all; a disk that refuses costs the drawing next time, not this run."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(prefix=path.name, suffix=".part", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                np.savez(file, *arrays)
            os.replace(part, path)
        finally:
            Path(part).unlink(missing_ok=True)
    except OSError as error:
        logging.getLogger(__name__).warning("the offline digits could not be kept in %s: %s", path, error)
