"""The server's log: a line an event, ``name=value`` with spaces between, times in UTC; log readers call it logfmt."""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import TextIO

_PLAIN = re.compile(r'[^\s"=\\\x00-\x1f\x7f]+')


class EventLines(logging.Formatter):
    """An event's line is its name and its values; any other message of this project's is the event "message"."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever the values hold."""
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        values: dict[str, object] = {"time": time, "level": record.levelname.lower()}
        if (told := getattr(record, "values", None)) is not None:
            values |= {"event": record.msg, **told}
        else:
            values |= {"event": "message", "logger": record.name, "text": record.getMessage()}
            if record.exc_info:
                values["traceback"] = self.formatException(record.exc_info)
        return " ".join(f"{name}={_spelled(value)}" for name, value in values.items())


def start_log(stream: TextIO = sys.stderr) -> None:
    """From now on this project's own messages go to ``stream``, and to nobody else; libraries' stay where they were."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(EventLines())
    log = logging.getLogger("explorer")
    log.handlers = [handler]
    log.propagate = False
    log.setLevel(logging.INFO)


def _spelled(value: object) -> str:
    text = f"{value:.6g}" if isinstance(value, float) else str(value)
    return text if _PLAIN.fullmatch(text) else json.dumps(text)
