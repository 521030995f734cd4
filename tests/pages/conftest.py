"""What the pages' tests share."""

from pathlib import Path

import pytest

from tests.pages.made_runs import MadeRuns


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> MadeRuns:
    """The server's runs: none at first, and none of them trains."""
    return MadeRuns(tmp_path).install(monkeypatch)
