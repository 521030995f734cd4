"""What happens on a server, told to whoever listens: its log has a line an event, its metrics count them.

Names and values stay as they are, for programs read them: docs/operating.md says what each means. None is a learner's:
no cookie, no address, no given name, no file's name. Of a run's id, by which whoever knows it may watch, they have the
beginning.
"""

import logging
from typing import Literal

Event = Literal[
    "server_started",
    "runs_not_saved",
    "server_ending",
    "server_ended",
    "workers_found",
    "workers_lost",
    "worker_died",
    "run_queued",
    "run_refused",
    "run_taken_up",
    "run_started",
    "run_ended",
    "page_failed",
    "upload_refused",
]
Value = str | int | float | None
LOG = logging.getLogger("explorer.events")
TROUBLE: frozenset[Event] = frozenset({"runs_not_saved", "workers_lost", "worker_died", "page_failed"})
LONGEST = 300  # characters of a text
_ID_CHARACTERS = 6  # of twelve


def tell(event: Event, **values: Value) -> None:
    """One event, now. A value that is None is left out; a text is cut at LONGEST."""
    level = logging.WARNING if event in TROUBLE or values.get("state") == "failed" else logging.INFO
    if not LOG.isEnabledFor(level):
        return
    told = {name: value[:LONGEST] if isinstance(value, str) else value for name, value in values.items()}
    LOG.log(level, event, extra={"values": {name: value for name, value in told.items() if value is not None}})


def short_id(run_id: str) -> str:
    """What events call a run: enough to find its lines, not enough to watch it."""
    return run_id[:_ID_CHARACTERS]
