"""Decoding from the app's side: a file goes to a process of its own, bounded, and pixels come back. No Pillow here."""

import json
from math import prod
from typing import Any, NamedTuple

import numpy as np

from explorer.bounded.process import BoundedProcess, NoRoomError, TooCostlyError
from explorer.core import limits
from explorer.core.errors import DataError

DECODER = BoundedProcess(
    "explorer.pictures",
    seconds=limits.MAX_UPLOAD_SECONDS,
    memory=limits.MAX_UPLOAD_MEMORY,
    at_once=limits.MAX_DECODERS,
)
MOST_HEAD_BYTES = 2000


class Decoded(NamedTuple):
    """``pixels`` (C, H, W) in 0 … 1, C 1 or 3; ``kind`` names the file's format; ``damaged``: not all could be read."""

    pixels: np.ndarray
    kind: str
    damaged: bool


def decode_image(data: bytes) -> Decoded:
    """The picture in a file's bytes, upright, on white, its sides at most MAX_INPUT_SIZE.

    Costs at most MAX_UPLOAD_SECONDS of a processor and MAX_UPLOAD_MEMORY, whatever the file holds. Raises DataError for
    what is too large, too costly, of another kind, or broken.
    """
    if len(data) > limits.MAX_UPLOAD_BYTES:
        raise DataError(
            "The file has {size} MB, more than the {most} MB that are taken. Save the image smaller.",
            size=f"{len(data) / 1e6:.1f}",
            most=f"{limits.MAX_UPLOAD_BYTES / 1e6:g}",
        )
    if not data:
        raise DataError("The file is empty. Choose another.")
    try:
        answer = DECODER.answer_to(data, MOST_HEAD_BYTES + 3 * limits.MAX_INPUT_SIZE**2)
    except NoRoomError as error:
        raise _busy() from error
    except TooCostlyError:
        raise _too_costly() from None
    head, _, body = answer.partition(b"\n")
    try:
        answered = _understood(json.loads(head), body)
    except (ValueError, LookupError, TypeError):  # not what that process says when it is itself
        raise _too_costly() from None
    if isinstance(answered, DataError):
        raise answered
    return answered


def _understood(head: dict[str, Any], body: bytes) -> Decoded | DataError:
    if "sentence" in head:
        text, numbers = head["sentence"]
        return DataError(text, **numbers)
    channels, height, width = shape = tuple(map(int, head["shape"]))
    most = limits.MAX_INPUT_SIZE
    if channels not in (1, 3) or not 0 < height <= most or not 0 < width <= most or len(body) != prod(shape):
        raise ValueError(f"{len(body)} bytes are no pixels of {shape}")
    pixels = np.frombuffer(body, np.uint8).reshape(shape) / 255
    return Decoded(pixels, str(head["kind"]), bool(head["damaged"]))


def _busy() -> DataError:
    return DataError("The server is reading many images just now. Choose the file again in a moment.")


def _too_costly() -> DataError:
    return DataError(
        "Reading the file takes more than the {seconds} s or {memory} MB that one may cost. Save the image again,"
        " smaller, as a plain PNG or JPEG.",
        seconds=limits.MAX_UPLOAD_SECONDS,
        memory=f"{limits.MAX_UPLOAD_MEMORY / 1e6:g}",
    )
