"""The app's side: a process a file, few at once, ended when it has cost too much."""

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import IO

import psutil

from explorer.bounded.start import start

LOOK_SECONDS = 0.01  # between two looks at what a process has cost so far
PATIENCE = 10  # of the clock's seconds for one of the processor's, on a busy server


class NoRoomError(Exception):
    """The server reads as many files as it may, or can start no process: later there may be room."""


class TooCostlyError(Exception):
    """The process did not end by itself and well, within its bounds."""


class BoundedProcess:
    """``python -m module``, which is given a file's bytes and answers with bytes.

    It costs at most ``seconds`` of a processor and ``memory`` bytes; ``at_once`` of them run at a time, and who comes
    then waits. ``module`` bounds itself where the system can (``bound_myself``); here its costs are looked at.
    """

    def __init__(self, module: str, *, seconds: float, memory: int, at_once: int) -> None:
        self.command = [sys.executable, "-m", module]
        self.seconds, self.memory = seconds, memory
        self._places = threading.BoundedSemaphore(at_once)

    def answer_to(self, data: bytes, most_bytes: int) -> bytes:
        """What the process writes about ``data``, up to ``most_bytes``. Raises NoRoomError, TooCostlyError."""
        with self._a_place():
            try:
                with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as taken:
                    given.write(data)
                    given.seek(0)
                    if not self._run(given, taken):
                        raise TooCostlyError
                    taken.seek(0)
                    return taken.read(most_bytes)
            except OSError as error:  # no process, no file: the server has no room
                raise NoRoomError from error

    @contextmanager
    def _a_place(self) -> Generator[None]:
        if not self._places.acquire(timeout=PATIENCE * self.seconds):
            raise NoRoomError
        try:
            yield
        finally:
            self._places.release()

    def _run(self, given: IO[bytes], taken: IO[bytes]) -> bool:
        """Whether the process ended by itself and well, within its bounds."""
        process = start(self.command, given, taken, subprocess.DEVNULL)
        deadline = time.monotonic() + PATIENCE * self.seconds
        try:
            while True:
                try:
                    return process.wait(LOOK_SECONDS) == 0
                except subprocess.TimeoutExpired:
                    if time.monotonic() > deadline or self._cost_too_much(process.pid):
                        return False
        finally:
            process.kill()
            process.wait()

    def _cost_too_much(self, pid: int) -> bool:
        """By the system's count: what no bound of the system's own stops, on macOS and Windows."""
        try:
            process = psutil.Process(pid)
            times, memory = process.cpu_times(), process.memory_info()
        except psutil.Error:  # it has ended meanwhile
            return False
        return times.user + times.system > self.seconds or memory.rss > self.memory
