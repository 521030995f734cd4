"""How a process that torch runs in answers the app: the answer on its standard output, how far it is on the other.

Where there is none, the exit status EXPLAINED says that the output is a sentence: [text, numbers].
"""

import json
import sys

from explorer.core.errors import ExplainedError

EXPLAINED = 3  # exit status
_PROGRESS = "progress "


def answer_or_explain(answer: bytes | ExplainedError) -> int:
    """Writes the bytes, or the sentence that says why there are none; returns the exit status."""
    if isinstance(answer, ExplainedError):
        print(json.dumps(answer.sentence.as_list()))
        return EXPLAINED
    sys.stdout.buffer.write(answer)
    return 0


def report_progress(done: int, total: int) -> None:
    """Tells the app how far it is."""
    print(f"{_PROGRESS}{done} {total}", file=sys.stderr, flush=True)


def read_progress(line: str) -> tuple[int, int] | None:
    """(so far, in all) of a line that ``report_progress`` wrote; None for any other."""
    parts = line.removeprefix(_PROGRESS).split() if line.startswith(_PROGRESS) else []
    return (int(parts[0]), int(parts[1])) if len(parts) == 2 and all(part.isdecimal() for part in parts) else None
