"""The records of a run that another process writes, as they come."""

import json
import os
from pathlib import Path

from explorer.core.run.records import Record, from_message
from explorer.exchange.run_folder import METRICS


class RecordFollower:
    """Reads each line of ``folder``'s metrics.jsonl once; a line that is not whole yet, the next time."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / METRICS
        self._file, self._read = -1, 0  # which file it was, and how many bytes of it

    def read(self) -> tuple[bool, list[Record]]:
        """(whether the run's history begins anew, the new records).

        It does at first, and where the run has gone back to its last saved state: its file is another one then.
        """
        try:
            with self._path.open("rb") as file:
                status = os.fstat(file.fileno())
                anew = status.st_ino != self._file or status.st_size < self._read
                self._file, self._read = status.st_ino, 0 if anew else self._read
                file.seek(self._read)
                whole, end, _ = file.read().rpartition(b"\n")
        except OSError:  # its server has not written anything yet, or it has just been deleted
            return False, []
        self._read += len(whole) + len(end)
        return anew, [record for line in whole.splitlines() if (record := _record(line))]


def _record(line: bytes) -> Record | None:
    try:
        values = json.loads(line)
        return from_message(values.pop("kind"), values)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
