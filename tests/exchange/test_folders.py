"""Where files are kept."""

from pathlib import Path

import pytest
from platformdirs import windows
from platformdirs.macos import MacOS
from platformdirs.unix import Unix
from platformdirs.windows import Windows

from explorer.exchange.folders import cache_folder, checkpoints_folder


def test_the_cache_folder_is_the_platforms_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As before: the XDG specification's variable, or its default; Windows' known folder, macOS' own place."""
    home = Path.home()
    monkeypatch.delenv("WIN_PD_OVERRIDE_LOCAL_APPDATA")
    monkeypatch.setattr(windows, "_RESOLVE_WIN_FOLDER", {"CSIDL_LOCAL_APPDATA": str(tmp_path / "Local")}.__getitem__)
    assert cache_folder(Windows) == tmp_path / "Local" / "cnn-explorer"
    monkeypatch.setenv("WIN_PD_OVERRIDE_LOCAL_APPDATA", r"C:\chosen")
    assert cache_folder(Windows) == Path(r"C:\chosen") / "cnn-explorer"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder(Unix) == tmp_path / "cnn-explorer"
    for unusable in ("relative", ""):
        monkeypatch.setenv("XDG_CACHE_HOME", unusable)
        assert cache_folder(Unix) == home / ".cache" / "cnn-explorer"
        assert cache_folder(MacOS) == home / "Library" / "Caches" / "cnn-explorer"


def test_runs_are_saved_where_the_server_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else beside the project's own files."""
    monkeypatch.setenv("CNN_EXPLORER_CHECKPOINTS", str(tmp_path))
    assert checkpoints_folder() == tmp_path
    monkeypatch.delenv("CNN_EXPLORER_CHECKPOINTS")
    assert checkpoints_folder() == Path(__file__).parents[2] / "checkpoints"
