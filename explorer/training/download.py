"""Files fetched from the first mirror that gives them whole: progress, a cancel, sizes and md5 sums checked.

A body is kept in memory until it is right (the largest published file has 26 MB), and only then written and
renamed into place: a file under its own name is whole, however the process ended.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from explorer.core.data.data_sets import DataSource
from explorer.core.errors import DataError
from explorer.training.mirrors import Mirror, mirrors_in_turn
from explorer.training.transfer import Cancelled, NoAnswer, receive

ATTEMPTS = 2  # a broken body is asked for once more; a host that gave nothing is not


class Resource(NamedTuple):
    """A file to fetch: its name on every mirror, its size in bytes and its md5 sum in hexadecimal."""

    name: str
    size: int
    md5: str


def fetch(
    source: DataSource,
    resources: Sequence[Resource],
    mirrors: Sequence[str],
    folder: Path,
    on_progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
    on_broken: Callable[[DataError], None],
) -> None:
    """Put every resource into ``folder``; files that are there and whole stay, broken ones are replaced.

    ``mirrors`` are addresses of folders, tried in turn after the one that the variable of ``source`` names.
    ``on_progress`` gets (bytes so far, bytes in all), never less; ``on_broken`` gets a sentence for
    each broken file, which is never kept. Raises ``Cancelled`` (whole files stay) and ``DataError``,
    when no mirror gives a whole file or the folder cannot be written.
    """
    in_turn = mirrors_in_turn(source, mirrors)
    progress = _Progress(sum(resource.size for resource in resources), on_progress)
    for resource in resources:
        if cancelled():
            raise Cancelled
        if not _in_place(source, resource, folder, on_broken):
            in_turn, body = _first_whole_body(source, resource, in_turn, progress.receiving, cancelled, on_broken)
            _put_in_place(source, body, resource, folder)
        progress.finish(resource.size)


class _Progress:
    def __init__(self, total: int, on_progress: Callable[[int, int], None]) -> None:
        self.total, self.on_progress = total, on_progress
        self.finished = self.shown = 0

    def receiving(self, received: int) -> None:
        # Never back, not even when a broken file is asked for again: a bar that shrinks looks like a fault.
        self.shown = min(max(self.shown, self.finished + received), self.total)
        self.on_progress(self.shown, self.total)

    def finish(self, size: int) -> None:
        self.finished += size
        self.receiving(0)


def _first_whole_body(
    source: DataSource,
    resource: Resource,
    mirrors: list[Mirror],
    on_received: Callable[[int], None],
    cancelled: Callable[[], bool],
    on_broken: Callable[[DataError], None],
) -> tuple[list[Mirror], bytes]:
    """The mirrors, the good one now first so that the next file need not wait for dead ones; and the file."""
    tried: list[str] = []
    for mirror in mirrors:
        for _ in range(ATTEMPTS):
            try:
                body = receive(mirror.request(resource.name), resource.size, on_received, cancelled)
            except NoAnswer as reason:
                tried.append(f"{mirror.label}: {reason}")
                break
            if _is_whole(body, resource):
                return [mirror, *(other for other in mirrors if other != mirror)], body
            tried.append(f"{mirror.label}: {len(body):,} / {resource.size:,} bytes, md5 {_md5(body)} ≠ {resource.md5}")
            on_broken(_broken(body, resource, mirror.label))
    raise DataError(
        "{name} could not be fetched whole. Tried: {tried}. Check the network, name a mirror in {mirror}, put the four"
        " {title} files in a folder and name it in {folder}, or train on the offline digits.",
        name=resource.name,
        tried="; ".join(tried),
        mirror=source.mirror_variable,
        title=source.title,
        folder=source.folder_variable,
    )


def _md5(body: bytes) -> str:
    return hashlib.md5(body, usedforsecurity=False).hexdigest()


def _is_whole(body: bytes, resource: Resource) -> bool:
    return len(body) == resource.size and _md5(body) == resource.md5


def _broken(body: bytes, resource: Resource, source: str) -> DataError:
    return DataError(
        "{name} from {source} is broken: {found} bytes with the md5 sum {found_md5}, not {expected} bytes"
        " with {expected_md5}. It is thrown away, and a whole one is looked for.",
        name=resource.name,
        source=source,
        found=len(body),
        found_md5=_md5(body),
        expected=resource.size,
        expected_md5=resource.md5,
    )


@contextmanager
def _explaining_the_disk(source: DataSource, resource: Resource, folder: Path) -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise DataError(
            "{name} ({size} bytes) cannot be kept in {folder}: {reason}. Make room there or allow reading and"
            " writing, or put the four {title} files in another folder and name it in {variable}.",
            name=resource.name,
            size=resource.size,
            folder=str(folder),
            reason=error.strerror or type(error).__name__,
            title=source.title,
            variable=source.folder_variable,
        ) from error


def _in_place(source: DataSource, resource: Resource, folder: Path, on_broken: Callable[[DataError], None]) -> bool:
    path = folder / resource.name
    with _explaining_the_disk(source, resource, folder):
        if not path.is_file():
            return False
        body = path.read_bytes()
    if _is_whole(body, resource):
        return True
    on_broken(_broken(body, resource, str(folder)))
    return False


def _put_in_place(source: DataSource, body: bytes, resource: Resource, folder: Path) -> None:
    with _explaining_the_disk(source, resource, folder):
        folder.mkdir(parents=True, exist_ok=True)
        # A name nobody else has: two runs that fetch at once write two files, and either one is whole.
        handle, part = tempfile.mkstemp(prefix=f"{resource.name}.", suffix=".part", dir=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(body)
            os.replace(part, folder / resource.name)
        except PermissionError:
            # Windows does not replace a file that another run is reading; what that run reads is whole.
            if not _in_place(source, resource, folder, on_broken=lambda _: None):
                raise
        finally:
            Path(part).unlink(missing_ok=True)
