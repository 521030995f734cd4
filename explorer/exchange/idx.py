"""One file in LeCun's IDX format, packed or not, checked before it is an array; nothing is written.

Its content says what it is, not its name: a .gz that was unpacked on the way, or packed twice, is read like any other.
torchvision's reader goes by names and stops at a broken file with a bare assert; here each fault has its sentence.
A test holds the two to the same numbers.
"""

import gzip
import io
import math
import zlib
from pathlib import Path

import numpy as np

from explorer.core.errors import DataError
from explorer.core.file_kinds import HEAD_BYTES, file_kind

# The number a file begins with: 8 for unsigned bytes, then how many dimensions (yann.lecun.com/exdb/mnist).
IMAGES_MAGIC, LABELS_MAGIC = 0x0803, 0x0801
LARGEST_LABEL = 9
CHUNK_BYTES = 1024 * 1024
GZIP = b"\x1f\x8b"
MOST_PACKINGS = 3  # a .gz in a .gz happens; more is a riddle


def read_images(path: Path, shape: tuple[int, ...]) -> np.ndarray:
    """uint8 (N, H, W) as ``shape`` says. Raises ``DataError``."""
    return _read(path, shape, IMAGES_MAGIC)


def read_labels(path: Path, shape: tuple[int, ...]) -> np.ndarray:
    """uint8 (N,), all from 0 to 9. Raises ``DataError``."""
    labels = _read(path, shape, LABELS_MAGIC)
    if labels.max() > LARGEST_LABEL:
        raise DataError(
            "{path} holds the label {found}; labels go from 0 to {largest}. Copy the file again from its source.",
            path=str(path),
            found=int(labels.max()),
            largest=LARGEST_LABEL,
        )
    return labels


def _read(path: Path, shape: tuple[int, ...], magic: int) -> np.ndarray:
    header_size = 4 + 4 * len(shape)
    size = header_size + math.prod(shape)
    content = _bytes(path, size)
    for _ in range(MOST_PACKINGS):
        if content.startswith(GZIP):
            content = _unpacked(content, path, size)
    _check(content, path, shape, magic)
    return np.frombuffer(content, dtype=np.uint8, offset=header_size).reshape(shape)


def _bytes(path: Path, size: int) -> bytearray:
    """The file's bytes; of one that is far too large, no more than it takes to say so."""
    try:
        with path.open("rb") as file:
            return bytearray(file.read(size + size // 100 + CHUNK_BYTES))  # packing adds a thousandth at worst
    except OSError as error:
        raise DataError(
            "{path} cannot be read: {reason}. Allow reading it, or copy it to another folder and name that one.",
            path=str(path),
            reason=error.strerror or type(error).__name__,
        ) from error


def _unpacked(packed: bytearray, path: Path, size: int) -> bytearray:
    """What the .gz holds; no more than a chunk beyond ``size``, for a small .gz can hold very much."""
    content = bytearray()
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as file:
            while len(content) <= size + CHUNK_BYTES and (chunk := file.read1(CHUNK_BYTES)):
                content += chunk
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DataError(
            "{path} is cut off or damaged: {found} of {expected} bytes could be unpacked. Copy the file again"
            " from its source.",
            path=str(path),
            found=len(content),
            expected=size,
        ) from error
    return content


def _check(content: bytearray, path: Path, shape: tuple[int, ...], magic: int) -> None:
    """Raise ``DataError`` unless the header is this shape's and the bytes are as many as it says."""
    found_magic, *found_shape = (int.from_bytes(content[4 * i : 4 * i + 4], "big") for i in range(1 + len(shape)))
    header_size = 4 + 4 * len(shape)
    if found_magic not in (IMAGES_MAGIC, LABELS_MAGIC) and (kind := file_kind(bytes(content[:HEAD_BYTES]))):
        raise DataError(
            "{path} holds {kind} data, not the numbers that its name promises. Copy the file again from its source.",
            path=str(path),
            kind=kind,
        )
    if found_magic != magic and len(content) >= header_size:
        raise DataError(
            "{path} begins with the number {found}, not {expected}: images begin with {images}, labels with {labels}."
            " Put the right file there.",
            path=str(path),
            found=found_magic,
            expected=magic,
            images=IMAGES_MAGIC,
            labels=LABELS_MAGIC,
        )
    if tuple(found_shape) != shape and len(content) >= header_size:
        raise DataError(
            "{path} says that it holds {found} numbers, not {expected}. Put the published file of that name there.",
            path=str(path),
            found=" × ".join(map(str, found_shape)),
            expected=" × ".join(map(str, shape)),
        )
    if len(content) != header_size + math.prod(shape):
        raise DataError(
            "{path} holds {found} bytes, not {expected}. Copy the file again from its source.",
            path=str(path),
            found=len(content),
            expected=header_size + math.prod(shape),
        )
