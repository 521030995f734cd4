"""Where the four files of a data set lie, however they were unpacked, renamed by a program or put into folders.

``train-images-idx3-ubyte`` is also written ``train-images.idx3-ubyte``, in capitals, with one .gz or two, or ``(1)``
by a browser, and may lie in a folder of its own name. The name says where to look; the content, what the file is.
"""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from explorer.core.data.data_sets import SOURCES, DataSource
from explorer.core.errors import DataError

DEEPEST, MOST_FOLDERS = 3, 2000  # of folders that are looked into: torchvision's root has the files in MNIST/raw
# What else these data sets are spread as: packed folders, and formats that are not read here.
OTHER_FORMS = (".zip", ".tar", ".tgz", ".tar.gz", ".7z", ".rar", ".npz", ".npy", ".csv", ".parquet", ".pt", ".pkl.gz")
_COPY = re.compile(r"( ?\(\d+\)|( -)? (copy|副本)( ?\(?\d+\)?)?)$")  # a browser's or a desktop's second one


def homes(folder: Path, names: Sequence[str], source: DataSource) -> Iterator[list[Path]]:
    """The paths of the files called ``names``, from each place under ``folder`` that has all of them, likeliest first.

    ``folder`` may also be one of the files. Folders of other data sets, as torchvision calls them, are left out.
    Raises DataError where the folder is none, or no place has all.
    """
    named = folder.name if os.path.isfile(folder) else ""
    folder = folder.parent if named else folder
    if not os.path.isdir(folder):  # os.path's says no where Path's raises: a folder that may not be entered
        raise DataError(
            "There is no folder {folder}. Name the folder that holds the {title} files, or name none and they"
            " are downloaded.",
            folder=str(folder),
            title=source.title,
        )
    fullest: dict[str, Path] = {}
    complete = False
    for place in _places(folder, source):
        found = _files_in(place, names)
        fullest = max(fullest, found, key=len)
        if len(found) == len(names):
            complete = True
            yield [found[name] for name in names]
    if not complete:
        raise _missing(folder, names, fullest, source, _other_forms(folder, named))


def _places(folder: Path, source: DataSource) -> Iterator[Path]:
    """``folder`` and what is under it, level by level; on each the data set's own folder before the others."""
    others = {other.published.lower() for other in SOURCES.values() if other is not source and other.published}
    level, seen = [folder], 0
    for _ in range(DEEPEST + 1):
        below: list[Path] = []
        for place in level:
            yield place
            seen += 1
            if seen >= MOST_FOLDERS:
                return
            below += [path for path in _folders_in(place) if path.name.lower() not in others]
        level = sorted(below, key=lambda path: path.name.lower() not in (source.published.lower(), "raw"))


def _folders_in(place: Path) -> list[Path]:
    try:
        with os.scandir(place) as entries:
            return sorted(Path(entry.path) for entry in entries if entry.is_dir() and not entry.name.startswith("."))
    except OSError:  # not to be entered, or gone
        return []


def _files_in(place: Path, names: Sequence[str]) -> dict[str, Path]:
    """Of ``names`` those that are in the folder, or in folders of their own there; a .gz goes first: it has a sum."""
    found: dict[str, Path] = {}
    candidates = [(path, _plain(path.name)) for path in _entries(place)]
    candidates += [
        (path, plain) for own, plain in candidates if plain in names and own.is_dir() for path in _entries(own)
    ]
    for path, plain in sorted(candidates, key=lambda pair: (not pair[0].name.lower().endswith(".gz"), pair[0])):
        if plain in names and os.path.isfile(path):
            found.setdefault(plain, path)
    return found


def _entries(place: Path) -> list[Path]:
    try:
        with os.scandir(place) as entries:
            return [Path(entry.path) for entry in entries if "ubyte" in entry.name.lower()]
    except OSError:
        return []


def _plain(name: str) -> str:
    """The published name of what a program made of it: no .gz, no capitals, - for every sign in between."""
    name = name.lower()
    while name != (shorter := _COPY.sub("", name.removesuffix(".gz"))):
        name = shorter
    return re.sub(r"[._ ]", "-", name)


def _missing(folder: Path, names: Sequence[str], found: dict[str, Path], source: DataSource, other: str) -> DataError:
    numbers = {
        "folder": str(folder),
        "found": len(found),
        "expected": len(names),
        "title": source.title,
        "missing": ", ".join(name for name in names if name not in found),
    }
    if other:
        return DataError(
            "{folder} holds {found} of the {expected} {title} files; missing: {missing}. What is there instead is not"
            " read: {other}. Unpack an archive first; the files must be the published ones, plain or as .gz.",
            **numbers,
            other=other,
        )
    return DataError(
        "{folder} holds {found} of the {expected} {title} files; missing: {missing}. Put them there, plain"
        " or as .gz, or name no folder and they are downloaded.",
        **numbers,
    )


def _other_forms(folder: Path, named: str) -> str:
    """The file that was named, else up to three in the folder that may be the data in another form."""
    if named:
        return named
    try:
        names = sorted(entry.name for entry in os.scandir(folder) if entry.name.lower().endswith(OTHER_FORMS))
    except OSError:
        return ""
    return ", ".join(names[:3])
