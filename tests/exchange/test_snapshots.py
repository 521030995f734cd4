"""What a run's folder keeps of its epochs, and what of them goes."""

from pathlib import Path

import pytest

from explorer.core import limits
from explorer.exchange.snapshots import PREDICTED, SNAPSHOTS, keep_snapshot


def kept(folder: Path, name: str) -> list[int]:
    """The epochs whose weights, or predictions, are there."""
    return sorted(int(path.stem.split("-")[1]) for path in (folder / name).glob("*"))


def test_snapshots_thin_out_evenly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the bound every second, then every fourth one stays, and always the newest."""
    monkeypatch.setattr(limits, "MAX_SNAPSHOT_BYTES", 1000)
    for epoch in range(1, 51):
        keep_snapshot(tmp_path, epoch, b"x" * 100, None)
        assert kept(tmp_path, SNAPSHOTS)[-1] == epoch
        assert len(kept(tmp_path, SNAPSHOTS)) <= 10
    assert [8, 16, 24, 32, 40, 48, 50] == kept(tmp_path, SNAPSHOTS)
    assert [] == kept(tmp_path, PREDICTED)


def test_predictions_go_with_their_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both count, and of each epoch both are there or neither."""
    monkeypatch.setattr(limits, "MAX_SNAPSHOT_BYTES", 1000)
    for epoch in range(1, 51):
        keep_snapshot(tmp_path, epoch, b"x" * 60, b"p" * 40)
        assert kept(tmp_path, SNAPSHOTS) == kept(tmp_path, PREDICTED)
    assert [8, 16, 24, 32, 40, 48, 50] == kept(tmp_path, PREDICTED)
