"""What workers report, taken from Dask's queue by a thread of its own: one listener a connection."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from distributed import Queue

LOG = logging.getLogger(__name__)
TICK_SECONDS = 1.0


@dataclass(frozen=True)
class Hearer:
    """What is called on the listener's thread: ``record`` with every report, ``tick`` about once a second.

    Before a tick ``count`` asks Dask for what is to be known then. ``lost`` gets the error of a lost connection.
    """

    record: Callable[[list[Any]], None]
    count: Callable[[], None]
    tick: Callable[[], None]
    lost: Callable[[Exception], None]


class ReportListener:
    """Listens from now on, until it is stopped or one of ``gone`` is raised; ticks where ``wake`` is called often."""

    def __init__(self, reports: "Queue", hearer: Hearer, gone: tuple[type[Exception], ...]) -> None:
        self._reports, self._hearer, self._gone = reports, hearer, gone
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Has it tick, or end, where no report comes."""
        if not self._reports.qsize():
            self._reports.put(None)

    def stop(self) -> None:
        """It ends with the next report, or when it is woken."""
        self._stopped.set()

    def join(self, seconds: float) -> None:
        """Waits for its end, so long at most."""
        self._thread.join(seconds)

    def _listen(self) -> None:
        ticked = time.monotonic()
        while not self._stopped.is_set():
            try:
                # Without a timeout, which the scheduler would put into its log each time.
                items = [self._reports.get(), *self._reports.get(batch=True)]
                if ticks := time.monotonic() - ticked > TICK_SECONDS:
                    self._hearer.count()
            except self._gone as error:
                if not self._stopped.is_set():
                    self._hearer.lost(error)
                return
            for item in filter(None, items):
                _go_on_after(self._hearer.record, item)
            if ticks:
                _go_on_after(self._hearer.tick)
                ticked = time.monotonic()


def _go_on_after(act: Callable[..., None], *given: object) -> None:
    """The thread's edge: whatever happens, the next report is heard."""
    try:
        act(*given)
    except Exception:
        LOG.exception("a report, or a look after the runs, broke off")
