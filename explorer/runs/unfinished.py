"""The runs that wait or are under way, on disk too: the next server takes them up, however the one before it ended."""

import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

from explorer.core.errors import DataError
from explorer.core.run.given_name import tidy_name
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.json_text import json_text
from explorer.exchange.run_folder import explaining_the_disk, remove_parts, replace_file

LOG = logging.getLogger(__name__)
FILE = "unfinished.json"  # in the folder of the runs' folders


@dataclass(frozen=True)
class Unfinished:
    """A run that is to go on: by itself, or where it was ``paused`` when its learner says so.

    ``taken_up`` counts the servers that had it from one before them since its learner started or resumed it.
    """

    id: str
    config: TrainConfig
    owner: str
    name: str = ""
    paused: bool = False
    taken_up: int = 0

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> "Unfinished":
        """What ``as_dict`` gave, checked again. Raises SettingError, KeyError, TypeError, ValueError."""
        return cls(
            id=str(values["id"]),
            config=TrainConfig.from_dict(values["config"]),
            owner=str(values["owner"]),
            name=tidy_name(str(values["name"])),
            paused=bool(values["paused"]),
            taken_up=int(values["taken_up"]),
        )

    def as_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return asdict(self) | {"config": self.config.as_dict()}


class UnfinishedRuns:
    """The file in ``root``: written whole or not at all, and only where something has changed; 2 kB a run.

    One server writes it. What the disk refuses is told in the log: no run is worse off for it while this server lives.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._kept: list[Unfinished] = []
        self._closed = False

    def keep(self, runs: list[Unfinished]) -> None:
        """These, in the order in which they are to be taken up."""
        if self._closed or runs == self._kept:
            return
        self._kept = runs
        try:
            with explaining_the_disk(self._root):
                self._root.mkdir(parents=True, exist_ok=True)
                text = json_text([run.as_dict() for run in runs], indent=1)
                replace_file(self._root / FILE, text.encode())
        except DataError as error:
            LOG.warning("the next server will not know which runs were under way: %s", error)

    def close(self) -> None:
        """What is kept now stays: how runs end after this, with the server, is no end."""
        self._closed = True


def read_unfinished(root: Path) -> list[Unfinished]:
    """Those that the server before left, in their order; what cannot be read is passed over, and told in the log."""
    remove_parts(root, FILE)
    try:
        listed = json.loads((root / FILE).read_text("utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        LOG.warning("which runs were under way cannot be read: %s", error)
        return []
    found: list[Unfinished] = []
    for values in cast("list[Any]", listed) if isinstance(listed, list) else []:
        try:
            found.append(Unfinished.from_dict(values))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            LOG.warning("a run that was under way cannot be read: %s: %s", type(error).__name__, error)
    return found
