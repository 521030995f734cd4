"""Where files are kept: what can be fetched again in the platform's cache, trained weights in checkpoints/."""

from pathlib import Path
from typing import TYPE_CHECKING

from explorer.core.environment import environment

if TYPE_CHECKING:
    from platformdirs.api import PlatformDirsABC

NAME = "cnn-explorer"
_CHECKPOINTS = Path(__file__).parents[2] / "checkpoints"
SHIPPED = {name: _CHECKPOINTS / name for name in ("simple", "exercise")}  # networks that came trained with the app


def cache_folder(platform: "type[PlatformDirsABC] | None" = None) -> Path:
    """The folder for downloads that survive a restart; it may not exist yet. ``platform``: another than this one."""
    import platformdirs  # here: a page that reads no data need not wait for it

    kind = platform or platformdirs.PlatformDirs
    return kind(NAME, appauthor=False, opinion=False).user_cache_path


def checkpoints_folder() -> Path:
    """Where runs are saved: CNN_EXPLORER_CHECKPOINTS, else the project's checkpoints/."""
    return environment().checkpoints or _CHECKPOINTS
