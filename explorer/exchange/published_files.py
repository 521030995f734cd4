"""The four files that a published data set consists of, and the two folders in which a server has them."""

import os
from pathlib import Path
from typing import NamedTuple

from explorer.core.data.data_sets import SOURCES, DataSource
from explorer.core.environment import environment
from explorer.exchange.folders import cache_folder


class IdxFile(NamedTuple):
    """One of the four: its name without .gz, and its shape."""

    name: str
    shape: tuple[int, ...]


FILES = (
    IdxFile("train-images-idx3-ubyte", (60000, 28, 28)),
    IdxFile("train-labels-idx1-ubyte", (60000,)),
    IdxFile("t10k-images-idx3-ubyte", (10000, 28, 28)),
    IdxFile("t10k-labels-idx1-ubyte", (10000,)),
)


def named_folder(source: DataSource) -> str:
    """The folder of the owner's own files; "" where no variable names one.

    CNN_EXPLORER_DATA may also name a root as torchvision keeps it, with a folder for each set.
    """
    named = environment().text(source.folder_variable)
    if named:
        return named
    shared = environment().text(SOURCES["mnist"].folder_variable)
    own = os.path.join(os.path.expanduser(shared), source.published)
    return own if shared and os.path.isdir(own) else ""


def fetched_folder(source: DataSource) -> Path:
    """Where fetched files are kept: torchvision's own layout, which its download=True goes on from."""
    return cache_folder() / source.published / "raw"
