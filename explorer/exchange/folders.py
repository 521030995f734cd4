"""Where files are kept: what can be fetched again in the platform's cache, trained weights in checkpoints/."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

NAME = "cnn-explorer"


def cache_folder(platform: str = sys.platform, environment: Mapping[str, str] = os.environ) -> Path:
    """The folder for downloads that survive a restart; it may not exist yet.

    ``platform`` is a ``sys.platform``. Sources: the XDG base directory specification (which has a relative
    path ignored), Apple's file system guide, Windows' known folder FOLDERID_LocalAppData.
    """
    if platform == "win32":
        local = environment.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / NAME
    if platform == "darwin":
        return Path.home() / "Library" / "Caches" / NAME
    chosen = Path(environment.get("XDG_CACHE_HOME", ""))
    return (chosen if chosen.is_absolute() else Path.home() / ".cache") / NAME


def checkpoints_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where runs are saved: CNN_EXPLORER_CHECKPOINTS, else the project's checkpoints/."""
    named = environment.get("CNN_EXPLORER_CHECKPOINTS")
    return Path(named) if named else Path(__file__).parents[2] / "checkpoints"
