"""A run that waits or is under way, as other servers find it on disk: how it is doing, and what taking it up needs."""

from dataclasses import asdict, dataclass
from typing import Any

from explorer.core.run.given_name import tidy_name
from explorer.core.run.train_config import TrainConfig
from explorer.exchange.run_folder import NAME
from explorer.runs.run import UNFINISHED, Run

OVER = ("", "stopped", "deleted")


@dataclass(frozen=True)
class Unfinished:
    """A run that is to go on: by itself, or where it was ``paused`` when its learner says so.

    ``taken_up`` counts the servers that were killed while they had it ``dispatched`` to a worker, since its learner
    started or resumed it, at ``queued_at`` (seconds since 1970). ``folder`` is its folder's name, "" before it has one.
    ``state`` is one of UNFINISHED; ``over``, one of OVER, is what its learner wants to become of it.
    """

    id: str
    config: TrainConfig
    owner: str
    name: str = ""
    paused: bool = False
    dispatched: bool = False
    taken_up: int = 0
    queued_at: float = 0.0
    folder: str = ""
    state: str = "queued"
    over: str = ""

    def __post_init__(self) -> None:
        if self.state not in UNFINISHED or self.over not in OVER:
            raise ValueError(f"no unfinished run is {self.state} {self.over}")
        if self.folder and not NAME.fullmatch(self.folder):
            raise ValueError(f"{self.folder} is no run's folder")

    @classmethod
    def of(cls, run: Run, **more: Any) -> "Unfinished":  # noqa: ANN401 - the fields that a run has not
        """How ``run`` is doing."""
        folder = run.folder.name if run.folder else ""
        state = run.state if run.unfinished else "running"  # it ends just now
        return cls(run.id, run.config, run.owner, run.name, folder=folder, state=state, **more)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> "Unfinished":
        """What ``as_dict`` gave, checked again. Raises SettingError, KeyError, TypeError, ValueError."""
        return cls(
            id=str(values["id"]),
            config=TrainConfig.from_dict(values["config"]),
            owner=str(values["owner"]),
            name=tidy_name(str(values["name"])),
            paused=bool(values["paused"]),
            dispatched=bool(values["dispatched"]),
            taken_up=int(values["taken_up"]),
            queued_at=float(values["queued_at"]),
            folder=str(values["folder"]),
            state=str(values["state"]),
            over=str(values["over"]),
        )

    def as_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return asdict(self) | {"config": self.config.as_dict()}

    def as_run(self) -> Run:
        """A run that has begun nowhere yet."""
        return Run(self.id, self.config, self.owner, name=self.name)
