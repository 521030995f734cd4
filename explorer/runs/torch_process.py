"""Torch for a moment: a process of its own answers one question, and ends when its time is over or nobody waits."""

import json
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable

from explorer.bounded.start import start
from explorer.core.errors import DataError, SettingError
from explorer.exchange.answers import EXPLAINED, read_progress

LAST_LINES = 3  # of what it said, where it ended badly


class Ended(Exception):
    """The process was ended by ``TorchProcess.end``."""


class TorchProcess:
    """``python -m MODULE ARGUMENTS``, once, for ``seconds`` at most; takes some 300 MB and 2 s for importing torch.

    One thread asks for the answer, any other may end it.
    """

    def __init__(self, module: str, *arguments: str, seconds: float) -> None:
        self._command = [sys.executable, "-m", module, *arguments]
        self._seconds = seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = self._late = False

    def answer(self, on_progress: Callable[[int, int], None] = lambda done, total: None) -> bytes:
        """What it writes; ``on_progress`` gets (so far, in all).

        Raises what it explains as a SettingError, DataError where it fails or takes too long, and Ended.
        """
        clock = threading.Timer(self._seconds, self._end_late)
        try:
            with tempfile.TemporaryFile() as output:
                process = self._start(output.fileno())
                clock.start()
                last = self._follow(process, on_progress)
                output.seek(0)
                written = output.read()
        except OSError as error:
            raise DataError("The server has no room for this just now: {reason}.", reason=error.strerror) from error
        finally:
            clock.cancel()
        return self._understood(process.returncode, written, last)

    def end(self) -> None:
        """Ends it now, or as soon as it begins."""
        with self._lock:
            self._ended = True
            if self._process:
                self._process.kill()

    def _end_late(self) -> None:
        self._late = True
        self.end()

    def _start(self, output: int) -> "subprocess.Popen[bytes]":
        with self._lock:
            if self._ended:
                raise Ended
            self._process = start(self._command, subprocess.DEVNULL, output, subprocess.PIPE)
            return self._process

    def _follow(self, process: "subprocess.Popen[bytes]", on_progress: Callable[[int, int], None]) -> str:
        """Until it ends; the last lines of what it said beside its progress."""
        last: deque[str] = deque(maxlen=LAST_LINES)
        with process:  # which closes the pipe, and waits
            for said in process.stderr or ():
                line = said.decode(errors="replace")
                if progress := read_progress(line):
                    on_progress(*progress)
                else:
                    last.append(line.strip())
        return " ".join(filter(None, last))

    def _understood(self, status: int, written: bytes, last: str) -> bytes:
        if status == 0:
            return written
        if self._late:
            raise DataError("This took longer than the {seconds} s that it may.", seconds=self._seconds)
        if self._ended:
            raise Ended
        if status == EXPLAINED:
            text, numbers = json.loads(written)
            raise SettingError(text, **numbers)
        raise DataError("This could not be computed: {reason}.", reason=last or status)
