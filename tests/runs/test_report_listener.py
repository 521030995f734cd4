"""Reports are heard one after the other, whatever becomes of one of them."""

import queue
import threading
from typing import Any

import pytest

from explorer.runs import report_listener
from explorer.runs.report_listener import Hearer, ReportListener
from tests.runs.following import SECONDS


class Reports:
    """In the place of Dask's queue."""

    def __init__(self) -> None:
        self._items: queue.Queue[Any] = queue.Queue()

    def get(self, *, batch: bool = False) -> Any:
        return [] if batch else self._items.get()

    def put(self, item: Any) -> None:
        self._items.put(item)


def test_a_disk_that_refuses_once_ends_no_thread(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither in a report nor in a look after the runs: else all runs would be under way for ever."""
    monkeypatch.setattr(report_listener, "TICK_SECONDS", -1.0)  # after each report
    heard, ticks, reports, looked_again = [], [], Reports(), threading.Event()

    def refuse_first(acts: list[object], act: object) -> None:
        acts.append(act)
        if len(acts) == 1:
            raise OSError(24, "Too many open files")

    hearer = Hearer(
        record=lambda item: refuse_first(heard, item),
        count=lambda: None,
        tick=lambda: (refuse_first(ticks, "tick"), looked_again.set()),
        lost=lambda error: heard.append(error),
    )
    listener = ReportListener(reports, hearer, (OSError,))
    for item in (["first"], ["second"]):
        reports.put(item)
    assert looked_again.wait(SECONDS)
    listener.stop()
    reports.put(None)
    listener.join(SECONDS)
    assert [["first"], ["second"]] == heard
    assert "Too many open files" in caplog.text
