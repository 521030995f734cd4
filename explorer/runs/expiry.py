"""How long runs are kept that have ended: ``limits.EXPIRE_DAYS`` from their start on, or for ever."""

import time
from datetime import UTC, datetime, timedelta

from explorer.core import limits

LOOK_SECONDS = 3600.0  # between two looks: each reads every run.json, some 0.1 s for 200 runs


def kept_since() -> datetime | None:
    """Ended runs that began before this are to go; None where all are kept."""
    return datetime.now(UTC) - timedelta(days=limits.EXPIRE_DAYS) if limits.EXPIRE_DAYS else None


class ExpiryClock:
    """When it is time to look for such runs, beside each time that a run ends."""

    def __init__(self) -> None:
        self._looked_at = -LOOK_SECONDS

    def is_due(self) -> bool:
        """Whether to look now; then not again for LOOK_SECONDS."""
        due = bool(limits.EXPIRE_DAYS) and time.monotonic() - self._looked_at >= LOOK_SECONDS
        self._looked_at = time.monotonic() if due else self._looked_at
        return due
