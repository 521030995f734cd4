"""Runs are kept as long as the owner says, and looked through now and then, not all the time."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from explorer.core import limits
from explorer.core.run.records import Epoch, Started
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.run_folder import describe, write
from explorer.runs import expiry
from explorer.runs.archive import RunArchive
from explorer.runs.expiry import LOOK_SECONDS, ExpiryClock

STARTED = Started("cpu", 1, 8490, 128, 2, 4, {"torch": "2"})
EPOCH = Epoch(1, 2, 0.5, 0.5, 0.25, 1.0, 128.0, "cpu")


def saved(root: Path, days: float) -> str:
    """The id of a run that began so many days ago."""
    began = datetime.now(UTC) - timedelta(days=days)
    folder = root / f"{began:%Y%m%d-%H%M%S}-offline-0000aa"
    folder.mkdir()
    more = {"id": folder.name, "owner": "me", "seconds": 1.0, "images_per_second": 1.0, "deaths": 0}
    write(folder, describe(TrainConfig(data="offline"), STARTED, [EPOCH], 4, "finished", **more), {})
    return folder.name


@pytest.mark.parametrize(("days", "kept"), [(0, 2), (7, 1)])
def test_a_run_is_kept_as_long_as_the_owner_says(
    days: int, kept: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a week it is on no list any more, and not on disk; where nothing is said runs stay."""
    monkeypatch.setattr(limits, "EXPIRE_DAYS", days)
    _, young = saved(tmp_path, 8), saved(tmp_path, 6)
    archive = RunArchive(tmp_path)
    assert len(archive.runs_of("me")) == 2
    archive.tidy("", ())
    assert [young] == [run.id for run in archive.runs_of("me")][-1:]
    assert kept == len(archive.runs_of("me")) == len(list(tmp_path.glob("*-offline-*")))


def test_they_are_looked_through_once_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking reads every run's description; and where nothing expires nobody looks."""
    now = 1000.0
    monkeypatch.setattr(expiry, "time", type("Clock", (), {"monotonic": staticmethod(lambda: now)}))
    monkeypatch.setattr(limits, "EXPIRE_DAYS", 7)
    clock = ExpiryClock()
    assert [clock.is_due(), clock.is_due()] == [True, False]
    now += LOOK_SECONDS
    assert [clock.is_due(), clock.is_due()] == [True, False]
    monkeypatch.setattr(limits, "EXPIRE_DAYS", 0)
    assert not ExpiryClock().is_due()
