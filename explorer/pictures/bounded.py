"""Decoding from the app's side: a process a file, few at once, ended when it has cost too much. No Pillow here."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from math import prod
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
import psutil

from explorer.core import limits
from explorer.core.errors import DataError

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "explorer.pictures"]
LOOK_SECONDS = 0.01  # between two looks at what a process has cost so far
PATIENCE = 10  # of the clock's seconds for one of the processor's, on a busy server
MOST_HEAD_BYTES = 2000
_places = threading.BoundedSemaphore(limits.MAX_DECODERS)


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
    with _a_place():
        try:
            ended_well, answer = _answer_to(data)
        except OSError as error:  # no process, no file: the server has no room
            raise _busy() from error
    if not ended_well:
        raise _too_costly()
    head, _, body = answer.partition(b"\n")
    try:
        answered = _understood(json.loads(head), body)
    except (ValueError, LookupError, TypeError):  # not what that process says when it is itself
        raise _too_costly() from None
    if isinstance(answered, DataError):
        raise answered
    return answered


@contextmanager
def _a_place() -> Iterator[None]:
    if not _places.acquire(timeout=PATIENCE * limits.MAX_UPLOAD_SECONDS):
        raise _busy()
    try:
        yield
    finally:
        _places.release()


def _answer_to(data: bytes) -> tuple[bool, bytes]:
    """Whether the process ended well, and what it wrote, up to the largest picture."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as taken:
        given.write(data)
        given.seek(0)
        ended_well = _run(given, taken)
        taken.seek(0)
        return ended_well, taken.read(MOST_HEAD_BYTES + 3 * limits.MAX_INPUT_SIZE**2)


def _run(given: IO[bytes], taken: IO[bytes]) -> bool:
    """Whether the process ended by itself and well, within its bounds."""
    process = subprocess.Popen(
        COMMAND,
        stdin=given,
        stdout=taken,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    deadline = time.monotonic() + PATIENCE * limits.MAX_UPLOAD_SECONDS
    try:
        while True:
            try:
                return process.wait(LOOK_SECONDS) == 0
            except subprocess.TimeoutExpired:
                if time.monotonic() > deadline or _cost_too_much(process.pid):
                    return False
    finally:
        process.kill()
        process.wait()


def _cost_too_much(pid: int) -> bool:
    """By the system's count: what no bound of the system's own stops, on macOS and Windows."""
    try:
        process = psutil.Process(pid)
        times, memory = process.cpu_times(), process.memory_info()
    except psutil.Error:  # it has ended meanwhile
        return False
    return times.user + times.system > limits.MAX_UPLOAD_SECONDS or memory.rss > limits.MAX_UPLOAD_MEMORY


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
